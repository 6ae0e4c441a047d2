"""Whether what reads scans is installed: the extra `scan`, and Tesseract's data for Norwegian."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

LANGUAGE = "nor"
_MODULES = ("cv2", "tesserocr", "PIL")
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)


def is_installed() -> bool:
    """Return whether scans can be read on this machine."""
    return all(find_spec(module) is not None for module in _MODULES) and data_folder() is not None


def data_folder() -> Path | None:
    """Return the folder with Tesseract's data for Norwegian; None where it is not installed."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [*((Path(named), Path(named) / "tessdata") if named else ()), *map(Path, _FOLDERS)]
    return next((folder for folder in folders if (folder / f"{LANGUAGE}.traineddata").is_file()), None)
