"""Packages lean on what they share, and never on each other's commands."""

from __future__ import annotations

import ast

import pytest

from tests.sample import PROJECT

ALLOWED = {
    "warehouse": set[str](),
    "reasoning": {"warehouse"},
    "loaders": {"warehouse"},
    "publishers": {"warehouse"},
    "auditors": {"warehouse", "reasoning", "loaders"},
    "builders": {"warehouse", "loaders", "publishers", "auditors"},
}
"""Packages that each one may import besides itself."""


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_packages_below_it(package: str) -> None:
    imported = set()
    for path in (PROJECT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.partition(".")[0])
    others = {path.parent.name for path in PROJECT.glob("*/__init__.py")} - {package}
    assert {"tests", *ALLOWED} - {package} <= others
    assert imported & others <= ALLOWED[package]
