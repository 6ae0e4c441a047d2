"""The command line `python -m builders`; see `builders.commands`."""

from __future__ import annotations

from warehouse import interrupts

if __name__ == "__main__":
    # Before anything else is imported, which Ctrl-C may interrupt too.
    interrupts.answer_by_ending()
    from warehouse.process import run_as_process

    run_as_process("builders.commands")
