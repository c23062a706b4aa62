"""Keys: the table, the presets, what a reader may do to them, and how they are dispatched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.app.key_dispatch import Dispatch
from tui.keys import notation
from tui.keys.actions import ACTIONS, BY_ID, TITLES, Context
from tui.keys.keymap import Binding, Keymap, build, preset_names
from tui.keys.notation import LETTER, InvalidKey, parse

MEANT_UNBOUND = {("less", "page.select-lines")}


@pytest.mark.parametrize("preset", preset_names())
def test_in_each_preset_a_key_does_one_thing_in_a_place(preset: str) -> None:
    keymap, faults = build(preset, ())
    assert not faults
    seen: dict[tuple[str, notation.Keys], str] = {}
    for action in ACTIONS:
        assert keymap.keys[action.id] or not action.keys or (preset, action.id) in MEANT_UNBOUND, (
            action.id
        )
        for keys in keymap.keys[action.id]:
            for length in range(1, len(keys) + 1):
                assert (action.context, keys[:length]) not in seen, (action.id, keys)
            seen[action.context, keys] = action.id
    for where, keys in seen:
        longer = [k for w, k in seen if w == where and k != keys and k[: len(keys)] == keys]
        assert not longer, (where, keys, longer)


def test_ids_are_unique_and_every_place_has_a_title() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert {action.context for action in ACTIONS} == set(TITLES)
    assert all(action.help for action in ACTIONS)


@pytest.mark.parametrize("preset", preset_names())
def test_one_can_always_get_out(preset: str) -> None:
    keymap, _ = build(preset, ())
    for action in ("app.quit", "dialog.quit", "notebook.quit", "typing.quit"):
        assert ("ctrl+c",) in keymap.keys[action]
    for action in (
        "app.leave",
        "dialog.close",
        "notebook.leave",
        "select.leave",
        "typing.leave",
        "writing.leave",
    ):
        assert any(keys != ("escape",) for keys in keymap.keys[action])


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("j", ("j",)),
        ("gg", ("g", "g")),
        ("]e", ("]", "e")),
        ("G", ("G",)),
        ("ctrl+d", ("ctrl+d",)),
        ("Ctrl+D", ("ctrl+d",)),
        ("shift+g", ("G",)),
        ("shift+tab", ("shift+tab",)),
        ("ctrl+w >", ("ctrl+w", ">")),
        ("space q", ("space", "q")),
        ("esc", ("escape",)),
        ("comma", (",",)),
        ("+", ("+",)),
        ("'<letter>", ("'", LETTER)),
    ],
)
def test_how_keys_are_written(written: str, keys: notation.Keys) -> None:
    assert parse(written) == keys
    assert parse(notation.written(keys)) == keys


@pytest.mark.parametrize(
    ("written", "hint"),
    [("entr", "enter"), ("cntrl+d", "ctrl"), ("pagedwn", "pagedown"), ("ctrl+entr", "enter"), ("", "no key"), ("a b c d e", "too long")],
)  # fmt: skip
def test_what_is_no_key_says_what_may_be_meant(written: str, hint: str) -> None:
    with pytest.raises(InvalidKey, match=hint):
        parse(written)


_KEYS = st.sampled_from(
    ["j", "G", "]", ",", "+", "é", "日", "up", "enter", "space", "escape", "f7", "ctrl+d", "shift+tab", "alt+x"]
)  # fmt: skip


@given(st.lists(_KEYS, min_size=1, max_size=3), st.sampled_from([(), (LETTER,)]))
def test_keys_are_read_as_they_are_written(keys: list[str], letter: notation.Keys) -> None:
    assert parse(notation.written((*keys, *letter))) == (*keys, *letter)


@given(st.lists(_KEYS | st.text(max_size=3) | st.just(" "), max_size=6).map("".join))
def test_whatever_is_written_is_keys_or_refused(written: str) -> None:
    try:
        keys = parse(written)
    except InvalidKey:
        return
    assert 1 <= len(keys) <= 4
    assert parse(notation.written(keys)) == keys


def test_rebinding_takes_the_key_and_says_whom_it_took_it_from() -> None:
    keymap, faults = build("dateline", [Binding("page.note", ("r",), 5)])
    assert keymap.keys["page.note"] == (("r",),)
    assert keymap.keys["page.account"] == ()
    assert [(fault.line, fault.what) for fault in faults] == [
        (5, "page.note takes the only key of page.account: r")
    ]


def test_clashes_and_unknown_names_are_told_with_their_lines() -> None:
    keymap, faults = build(
        "dateline",
        [
            Binding("page.keep", ("K",), 2),
            Binding("page.note", ("K", "a"), 3),
            Binding("page.select", ("gg", "v"), 4),
            Binding("page.raw", ("g",), 5),
            Binding("page.acount", ("x",), 6),
            Binding("page.why", (), 7),
        ],
    )
    told = {fault.line: fault.what for fault in faults}
    assert told[3] == "page.note: K is taken by page.keep (line 2)"
    assert "page.account" in told[6]
    assert 7 not in told
    assert keymap.keys["page.why"] == ()
    assert keymap.keys["page.note"] == (("a",),)
    # Another place may have a key that begins something here.
    assert keymap.keys["page.raw"] == (("g",),)


def test_clashes_with_other_places_of_the_same_moment() -> None:
    _, faults = build(
        "dateline",
        [
            Binding("move.down", ("J", "x"), 2),
            Binding("page.keep", ("j",), 3),
            Binding("app.undo", ("gg",), 4),
            Binding("page.note", ("5",), 5),
            Binding("select.leave", ("v", "x"), 6),
        ],
    )
    told = [(fault.line, fault.what) for fault in faults]
    assert told == [
        (2, "move.down: J is page.justify too (on the page); page.justify has it"),
        (2, "move.down: x is page.raw too (anywhere); move.down has it"),
        (4, "app.undo: gg is move.top too (moving); move.top has it"),
        (5, "page.note: 5 begins a count"),
    ]


def test_several_keys_and_sequences_for_one_action() -> None:
    keymap, faults = build("dateline", [Binding("page.next-event", ("]e", "f7"), 1)])
    assert not faults
    dispatch = Dispatch(keymap)
    assert dispatch.take("]", ("page", "rows", "anywhere")) is True
    assert dispatch.take("e", ("page", "rows", "anywhere")) == "navigate.event(1)"
    assert dispatch.take("f7", ("page", "rows", "anywhere")) == "navigate.event(1)"


@pytest.fixture
def dispatch() -> Dispatch:
    """The keys of the table itself."""
    return Dispatch(Keymap({a.id: notation.parse_all(a.keys) for a in ACTIONS}))


PAGE: tuple[Context, ...] = ("page", "rows", "anywhere")


def test_counts(dispatch: Dispatch) -> None:
    assert dispatch.take("1", PAGE) is True
    assert dispatch.take("0", PAGE) is True
    assert dispatch.pending == "10"
    assert dispatch.take("j", PAGE) == "down(10)"
    assert dispatch.take("j", PAGE) == "down(1)"
    assert dispatch.take("0", ("select",)) == "motion('line_start', 1)"
    for _ in range(9):
        dispatch.take("9", PAGE)
    assert dispatch.take("]", PAGE) == "navigate.event(9999)"


def test_other_digits_are_no_counts(dispatch: Dispatch) -> None:
    for key in ("²", "٣"):
        assert dispatch.take(key, PAGE) is False
    assert dispatch.take("7", ("writing",)) is False


def test_a_key_that_ends_nothing_is_swallowed_with_what_it_ends(dispatch: Dispatch) -> None:
    assert dispatch.take("f", PAGE) is True
    assert {key for key, _ in dispatch.following(PAGE)} == {"u", "b", "n", "d", "t", "x", "X"}
    assert dispatch.take("q", PAGE) is True
    assert dispatch.pending == ""
    assert dispatch.take("q", PAGE) == "screen.leave"


def test_the_nearest_place_wins(dispatch: Dispatch) -> None:
    assert dispatch.take("enter", ("list", "rows", "anywhere")) == "opening.read"
    assert dispatch.take("g", ("select",)) is True
    assert dispatch.take("g", ("select",)) == "motion('top', 1)"
    assert dispatch.take("g", PAGE) == "top"


def test_letters_of_places(dispatch: Dispatch) -> None:
    assert dispatch.take("'", PAGE) is True
    assert dispatch.take("q", PAGE) == "navigate.go_to_place('q')"
    assert dispatch.take("'", PAGE) is True
    assert dispatch.take("'", PAGE) == "navigate.back"
    assert dispatch.take("'", PAGE) is True
    assert dispatch.take("7", PAGE) is True
    assert dispatch.pending == ""


def test_what_is_typed_is_left_alone(dispatch: Dispatch) -> None:
    for key in "7fjq'?":
        assert dispatch.take(key, ("typing",)) is False
    assert dispatch.take("enter", ("typing",)) == "screen.accept"
    assert dispatch.take("enter", ("writing",)) is False
