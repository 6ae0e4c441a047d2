"""Superset's settings: one person's server on the loopback interface that asks nothing of the network."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_FOLDER = Path(os.environ["SUPERSET_HOME"])

SECRET_KEY = (_FOLDER / "secret_key").read_text(encoding="utf-8")
SQLALCHEMY_DATABASE_URI = f"sqlite:///{_FOLDER / 'superset.db'}"
# Charts ask for the latest month unless the dashboard's filter names another, which takes a template.
FEATURE_FLAGS = {"ENABLE_TEMPLATE_PROCESSING": True}
# As `participants_text` prints numbers.
D3_FORMAT = {"decimal": ".", "thousands": "\N{NO-BREAK SPACE}", "grouping": [3], "currency": ["", ""]}

TALISMAN_CONFIG: dict[str, Any] = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "connect-src": ["'self'"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}

# Superset's pages hold a picture by which a company counts visits. SCARF_ANALYTICS=false leaves it out only of pages
# that one builds oneself, so that its address is replaced in the scripts as they are served, by an empty picture's.
_PIXEL = b"https://apachesuperset.gateway.scarf.sh/pixel/"
_EMPTY = b"data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=#"


def _without_pixel(response: Response) -> Response:
    if request.path.endswith(".entry.js") and response.status_code == 200:
        response.direct_passthrough = False
        script = response.get_data()
        if _PIXEL in script:
            response.set_data(script.replace(_PIXEL, _EMPTY))
    return response


def FLASK_APP_MUTATOR(app: Flask) -> None:  # noqa: N802 - the name is Superset's
    """Let each answer pass `_without_pixel`."""
    app.after_request(_without_pixel)
