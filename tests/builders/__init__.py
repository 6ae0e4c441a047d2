"""Many reports in parts: one release, row for row what one build gives."""

from __future__ import annotations
