"""The commands of `dateline`, each with a line of help; a module of this package runs each."""

from __future__ import annotations

COMMANDS = {
    "index": "Read what is new or changed in a library.",
    "search": "Find articles by words, best first.",
    "timeline": "Print the events of a library in order of time.",
    "entity": "Print what a library knows of a person, organisation, location or group.",
    "export": "Write a library in machine-readable form.",
    "notebook": "Export the bookmarks of a library, or merge those of another notebook.",
    "keys": "List every action with its keys.",
    "config": "Show or check the configuration.",
    "doctor": "Report where files are and what is wrong.",
}
