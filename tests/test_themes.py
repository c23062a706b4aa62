"""Themes: that all of them can be read, by the figures, and that a bad one harms nothing."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from building import SEEDS
from screens import running, shown
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from tui.app import themes as theming
from tui.app.page.page_pane import PagePane
from tui.folders import bundled, config_folder

THEMES = {theme.name: theme for theme in theming.load(bundled("themes")).themes}
COLOURED = [name for name, theme in THEMES.items() if not theme.ansi]

TEXTS = ("foreground", "muted", "accent", "primary", "success", "warning", "error", "person",
         "organisation", "location", "group", "time", "bookmark-bar")  # fmt: skip
GROUNDS = ("background", "surface", "panel", "clause", "bookmark", "cursor-blurred")
PAIRS = [
    *product(TEXTS, GROUNDS),
    *product(("foreground", "muted", "accent"), ("cursor",)),
    ("selected-text", "selected"),
    ("match-text", "match"),
    ("match-here-text", "match-here"),
]


def variables(theme: Theme) -> dict[str, str]:
    generated = theme.to_color_system().generate()
    named = {n: str(v) for n in ("panel", "surface", "background") if (v := getattr(theme, n))}
    return {**generated, **named, **theming.variables_of(theme, generated)}


def luminance(colour: Color) -> float:
    """Relative luminance as WCAG 2 defines it."""
    red, green, blue = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in (part / 255 for part in colour.rgb)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))
    return (high + 0.05) / (low + 0.05)


def test_eight_are_shipped_of_every_kind() -> None:
    assert len(THEMES) >= 8
    assert not theming.load(bundled("themes")).failed
    high = [theme for name, theme in THEMES.items() if "high" in name]
    assert sorted(theme.dark for theme in high) == [False, True]
    plain = [THEMES[name] for name in COLOURED if "high" not in name]
    assert sum(theme.dark for theme in plain) >= 2
    assert sum(not theme.dark for theme in plain) >= 2
    assert {"dateline-terminal", theming.COLOURLESS} <= THEMES.keys()


def test_variables_of_earlier_themes_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'name = "mine"\nprimary = "#8fb3d9"\n[variables]\nplace = "#a3c9a4"\nkept-bar = "#d8ca8a"\n'
    )
    loaded = theming.load(tmp_path)
    assert not loaded.failed
    (theme,) = loaded.themes
    assert theme.variables == {"location": "#a3c9a4", "bookmark-bar": "#d8ca8a"}


@pytest.mark.parametrize("name", COLOURED)
def test_contrast(name: str) -> None:
    least = 7.0 if "high" in name else 4.5
    found = variables(THEMES[name])
    low = {
        (text, ground): round(ratio, 2)
        for text, ground in PAIRS
        if (ratio := contrast(found[text], found[ground])) < least
    }
    assert not low


def test_the_colourless_one_has_no_colour_and_the_terminals_own_sixteen() -> None:
    mono = variables(THEMES[theming.COLOURLESS])
    ours = [*theming.COLOURS, "foreground", "background", "surface", "panel"]
    assert {mono[name] for name in ours} == {"ansi_default"}
    sixteen = variables(THEMES["dateline-terminal"])
    assert all(sixteen[name].startswith("ansi_") for name in ours)


@pytest.mark.parametrize("name", [*THEMES, *sorted(BUILTIN_THEMES)])
async def test_what_is_told_apart_without_colour(name: str) -> None:
    """Styles without their colours: plain text, names or times, events, selection, matches."""
    async with running(SEEDS, size=(100, 30)) as pilot:
        app = pilot.app
        app.theme = name
        await pilot.pause()
        assert "Articles  5" in shown(app)  # type: ignore[arg-type]
        reader = app.screen.query_one(PagePane)

        def look(part: str) -> tuple[bool, ...]:
            style = reader.style_of(f"page--{part}")
            ground = style.bgcolor is not None and not style.bgcolor.is_default
            return (*(bool(getattr(style, a)) for a in ("bold", "italic", "underline", "reverse")),
                    ground)  # fmt: skip

        looks = [look(part) for part in ("time", "trigger", "selected", "match", "match-here")]
        assert len(set(looks[:3])) == 3
        assert looks[3] != looks[4]
        assert all(any(each) for each in looks)
        if name == theming.COLOURLESS:
            looks.append(look("person"))
            assert len(set(looks)) == len(looks)


BAD = {
    "no-name": 'primary = "#fff"',
    "no-primary": 'name = "x"',
    "no-colour": 'name = "x"\nprimary = "#ggg"',
    "number": 'name = "x"\nprimary = 3',
    "unknown": 'name = "x"\nprimary = "#fff"\nbackgroud = "#000"',
    "variable": 'name = "x"\nprimary = "#fff"\n[variables]\nmutd = "#000"',
    "bad-variable": 'name = "x"\nprimary = "#fff"\n[variables]\nmuted = "auto 80%"',
    "style": 'name = "x"\nprimary = "#fff"\n[variables]\ntime-style = "blinking"',
    "none-and-bold": 'name = "x"\nprimary = "#fff"\n[variables]\ntime-style = "none bold"',
    "flag": 'name = "x"\nprimary = "#fff"\ndark = "yes"',
    "toml": "name = ",
    "not-a-table": 'name = "x"\nprimary = "#fff"\nvariables = 3',
    "spread": 'name = "x"\nprimary = "#fff"\nluminosity_spread = "wide"',
}


async def test_a_bad_theme_is_left_out_and_said(home: Path) -> None:
    folder = config_folder() / "themes"
    folder.mkdir(parents=True)
    for name, text in BAD.items():
        (folder / f"{name}.toml").write_text(text)
    (folder / "mine.toml").write_text('name = "mine"\nprimary = "#88aaff"\ndark = true')
    (folder / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    loaded = theming.load(folder)
    assert [theme.name for theme in loaded.themes] == ["mine"]
    assert len(loaded.failed) == len(BAD) + 1
    assert any("background?" in failure for failure in loaded.failed)
    assert any("muted?" in failure for failure in loaded.failed)
    async with running(SEEDS) as pilot:
        pilot.app.theme = "mine"
        await pilot.pause()
        assert "Articles  5" in shown(pilot.app)  # type: ignore[arg-type]
