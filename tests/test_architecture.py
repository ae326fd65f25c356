"""Who may import whom, and no import circles, held by reading the sources."""

from __future__ import annotations

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PURE = {
    "pydantic",
    "babel",
    "phonenumbers",
    "PIL",
    "pillow_heif",
    "pypdfium2",
    "platformdirs",
    "rapidfuzz",
    "zipstream",
}
FILES = [path for package in ("core", "bot", "webhook") for path in sorted((ROOT / package).rglob("*.py"))]


def imports(path: Path) -> set[str]:
    """Return every module that a file imports, lazily or not, except for type checkers alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def module(path: Path) -> str:
    """Return a file's module name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tops(path: Path) -> set[str]:
    """Return the top-level packages that a file imports, without the standard library's."""
    return {name.split(".")[0] for name in imports(path)} - set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", FILES, ids=module)
def test_every_file_imports_only_what_it_may(path: Path) -> None:
    """Core knows no Telegram and no web; bot and webhook never import each other."""
    name = module(path)
    if name.startswith("core.adapters"):
        assert not tops(path) & {"bot", "webhook", "telegram", "aiohttp"}
    elif name.startswith("core"):
        assert tops(path) <= PURE | {"core"}
        assert not any(entry.startswith("core.adapters") for entry in imports(path))
    else:
        assert not tops(path) & ({"bot", "webhook"} - {name.split(".")[0]})


def test_there_are_no_import_circles() -> None:
    """Every module can be imported first."""
    known = {module(path): path for path in FILES}
    graph = {name: (imports(path) & known.keys()) - {name} for name, path in known.items() if path.stem != "__init__"}
    assert list(TopologicalSorter(graph).static_order())


@pytest.mark.parametrize("path", FILES, ids=module)
def test_every_file_keeps_the_house_rules(path: Path) -> None:
    """A sentence first; at most 300 lines a file, 40 a function, and 4 parameters beside self."""
    tree = ast.parse(path.read_text("utf-8"))
    assert (ast.get_docstring(tree) or "").split("\n")[0].endswith((".", "!"))
    assert len(path.read_text("utf-8").splitlines()) <= 300
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            given = [argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]]
            assert len([name for name in given if name not in {"self", "cls"}]) <= 4, node.name
            assert (node.end_lineno or 0) - node.lineno < 40, node.name
