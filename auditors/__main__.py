"""The command line `python -m auditors`; see `auditors.commands`."""

from warehouse.process import run_as_process

if __name__ == "__main__":
    run_as_process("auditors.commands")
