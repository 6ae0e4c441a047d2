"""The command line `python -m publishers`; see `publishers.commands`."""

from warehouse.process import run_as_process

if __name__ == "__main__":
    run_as_process("publishers.commands")
