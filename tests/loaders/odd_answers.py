"""A module that a process of `loaders.formats.apart` asks, and that does what a file says: not always answer."""

from __future__ import annotations

import os
import resource
from typing import Any


def answer(content: bytes) -> tuple[dict[str, Any], bytes]:
    match content:
        case b"work for ever":
            while True:
                pass
        case b"take memory":
            bytearray(500_000_000)
        case b"end":
            os._exit(0)
        case b"break":
            raise RuntimeError
        case _:
            limits = [resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_CORE)]
            return {"read": content.decode(), "limits": limits}, b"a line\nand another"
    return {}, b""
