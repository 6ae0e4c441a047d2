"""The command line `python -m loaders`; see `loaders.commands`."""

from warehouse.process import run_as_process

if __name__ == "__main__":
    run_as_process("loaders.commands")
