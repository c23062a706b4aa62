"""A small story for tests: three articles on one event, and one on another."""

from __future__ import annotations

from pathlib import Path

VOTE = "The United States abstained on Monday from a Security Council vote on {} in Gaza."

ARTICLES = {
    "council": " date 2024-03-25 A vote at the Council\n\n"
    + VOTE.format("a truce")
    + " The resolution was adopted by fourteen votes.",
    "anger": " date 2024-03-26 Anger after the vote\n\n"
    + VOTE.format("the truce")
    + "\n\nIsrael cancelled a visit to Washington on Tuesday.",
    "later": " date 2024-03-27 What the vote changed\n\nDiplomats met in Cairo on Wednesday.\n\n"
    + VOTE.format("that truce"),
}


def write_story(folder: Path) -> Path:
    """Write the articles into a folder, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
