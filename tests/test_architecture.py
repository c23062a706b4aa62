"""Rules on the source that no contract of import-linter expresses."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from building import ROOT

MODULES = sorted((ROOT / "tui").rglob("*.py"))
_RUNS_SQL = {"execute", "executemany", "executescript"}


def calls(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }


def may_run_sql(module: Path) -> bool:
    return module.parent.name == "storage" or module.stem.split("_")[-1] == "store"


def test_sql_stands_in_stores_and_in_storage_only() -> None:
    others = [m for m in MODULES if not may_run_sql(m)]
    assert len(others) > 100
    assert [str(m.relative_to(ROOT)) for m in others if calls(m) & _RUNS_SQL] == []


def test_each_store_runs_sql() -> None:
    stores = [m for m in MODULES if m.stem.split("_")[-1] == "store"]
    assert len(stores) > 10
    assert [m.name for m in stores if not calls(m) & _RUNS_SQL] == []


def test_a_file_name_repeats_only_where_the_folder_makes_it_plain() -> None:
    names = Counter(m.stem for m in MODULES if not m.stem.startswith("__"))
    # `model` and `store` are in each subject; `notebook` is a command and what it is about.
    assert {name for name, count in names.items() if count > 1} <= {"model", "store"}
    assert not names.keys() & {"utils", "helpers", "common", "misc"}
