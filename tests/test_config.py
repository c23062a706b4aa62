"""`config.toml`: what it may say, and how it is told when it says something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st
from test_commands import dateline

from tui.config.loading import load, path
from tui.config.model import PRESETS, Command
from tui.config.printing import as_toml, toml_value
from tui.keys.keymap import Binding, preset_names
from tui.toml import tomllib

GOOD = """\
[reader]
theme = "dateline-light"
measure = 80
marks = ["names"]
[dates]
style = "iso"
week-start = "sunday"
[keys]
preset = "vim"
page.keep = "K"
"page.note" = ["a", "ctrl+n"]
list.sort = []
[libraries]
gaza = "~/clippings"
both = ["/a", "/b"]
[commands]
count = "wc -w"
page = { run = "less -R", terminal = true, article = true }
"""


@pytest.fixture
def file(home: Path) -> Path:
    """Where the config is looked for."""
    found = path()
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def test_everything_that_can_be_set(file: Path) -> None:
    file.write_text(GOOD)
    found = load()
    assert not found.faults
    assert (found.theme, found.measure, found.marks) == ("dateline-light", 80, ("names",))
    assert (found.date_style, found.first_weekday, found.preset) == ("iso", 6, "vim")
    assert found.keys == (
        Binding("page.keep", ("K",), 10),
        Binding("page.note", ("a", "ctrl+n"), 11),
        Binding("list.sort", (), 12),
    )
    assert found.libraries["gaza"] == (Path.home() / "clippings",)
    assert found.libraries["both"] == (Path("/a"), Path("/b"))
    assert found.commands == (
        Command("count", ("wc", "-w")),
        Command("page", ("less", "-R"), terminal=True, article=True),
    )


def test_what_is_printed_is_the_same_config(file: Path) -> None:
    file.write_text(GOOD)
    first = load()
    file.write_text(as_toml(first))
    again = load()
    assert not again.faults
    assert as_toml(again) == as_toml(first)
    assert again.libraries == first.libraries
    assert again.commands == first.commands
    assert [(b.action, b.keys) for b in again.keys] == [(b.action, b.keys) for b in first.keys]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("[reader]\nmesure = 80", 2, "measure?"),
        ("[reader]\n\nmeasure = 'wide'", 3, "20 to 200"),
        ("[reader]\nmeasure = 9", 2, "20 to 200"),
        ("[reader]\nmeasure = true", 2, "20 to 200"),
        ("[reader]\nmarks = ['names', 'tims']", 2, "times?"),
        ("[dates]\nstyle = 'isso'", 2, "iso?"),
        ("[dates]\nweek-start = 1", 2, "monday"),
        ("[raeder]\nmeasure = 80", 1, "reader?"),
        ("reader = 3", 1, "table"),
        ("[keys]\npreset = 'vi'", 2, "vim?"),
        ("[keys]\npage.keep = 3", 2, '"key"'),
        ("[libraries]\na = []", 2, "path"),
        ("[commands]\na = ''", 2, "names no program"),
        ('[commands]\na = "x \'y"', 2, "a: "),
        ("[commands]\na = { run = 'x', shell = true }", 2, "shell"),
        ("[libraries]\na = '~nobody-x/b'", 2, "a: "),
        ("[reader]\njustify = yes", 2, "texts are in quotes"),
        ("[reader]\nmeasure = = 3", 2, "no TOML"),
        ("\n\n[reader", 3, "no TOML"),
    ],
)
def test_a_fault_has_its_line_and_what_is_allowed(
    file: Path, text: str, line: int, said: str
) -> None:
    file.write_text(text)
    found = load()
    (fault,) = found.faults
    assert fault.line == line
    assert said in fault.what
    assert found.measure == 72
    assert found.locate(fault).startswith(f"config.toml:{line}: ")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"x = " + b"[" * 20_000, b"\x00", b"x = " + b"9" * 5000]
)
def test_what_is_no_text_is_no_config(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    assert len(load().faults) == 1


@settings(max_examples=150, deadline=None)
@given(st.recursive(
    st.one_of(st.integers(), st.booleans(), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["reader", "keys", "libraries", "commands", "dates", "measure", "run", "page", "a b"]),
        inner, max_size=4),
    max_leaves=12,
))  # fmt: skip
def test_no_value_ends_the_start(tmp_path_factory: pytest.TempPathFactory, value: object) -> None:
    if not isinstance(value, dict):
        value = {"reader": value}

    def toml(data: object) -> str:
        if isinstance(data, dict):
            return "{" + ", ".join(f"{toml_value(k)} = {toml(v)}" for k, v in data.items()) + "}"
        if isinstance(data, list):
            return "[" + ", ".join(map(toml, data)) + "]"
        return toml_value(data)

    text = "\n".join(f"{toml_value(k)} = {toml(v)}" for k, v in value.items())
    file = tmp_path_factory.mktemp("config") / "config.toml"
    file.write_text(text)
    tomllib.loads(text)
    found = load(file)
    tomllib.loads(as_toml(found))


def test_the_commands(file: Path) -> None:
    assert dateline("config", "--path").stdout.decode().strip() == str(file)
    assert dateline("config", "--check").returncode == 0
    printed = dateline("config").stdout.decode()
    assert set(tomllib.loads(printed)) == {
        "reader",
        "dates",
        "language",
        "notebook",
        "keys",
        "libraries",
        "commands",
    }
    file.write_text('[reader]\ntheme = "dateline-drak"\nmeasure = 1\n[keys]\npage.kep = "m"\n')
    done = dateline("config", "--check")
    assert done.returncode == 1
    lines = done.stdout.decode().splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"config.toml:{n}" for n in (2, 3, 5)]
    assert "dateline-dark?" in lines[0]
    assert "page.keep?" in lines[2]


def test_the_table_of_keys() -> None:
    done = dateline("keys")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert all(len(row) == 4 for row in rows)
    assert ["On the page", "page.keep", "m", "keep the sentence"] in rows
    for preset in preset_names():
        printed = dateline("keys", "--preset", preset, "--format", "toml")
        assert printed.returncode == 0
        assert "page" in tomllib.loads(printed.stdout.decode())["keys"]


def test_a_library_by_its_name(file: Path) -> None:
    file.write_text(f"[libraries]\nstory = '{SEEDS}'\n")
    assert dateline("search", "Rafah", "story").returncode == 0
    done = dateline("stroy")
    assert done.returncode == 2
    assert b"dateline story?" in done.stderr


def test_presets_are_the_ones_that_the_config_knows() -> None:
    assert set(PRESETS) == set(preset_names())
