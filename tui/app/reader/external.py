"""Other programs: the original in a browser, the file in an editor, a text through a command; and
the text as it stands in the file. No shell is used, whatever a text or an address contains."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from textual.app import SuspendNotSupported

from tui.app.dialogs.choice import Line
from tui.app.reader.controller import Controller
from tui.app.reader.opening import Opening
from tui.app.reader.state import ReaderState
from tui.app.reader.view import ReaderView
from tui.config.model import Command, Config
from tui.library import Library
from tui.nlp.document import Document
from tui.safe_text import safe

# Editors that take the line to go to as +N before the file.
_TAKE_LINE = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ne")
# Browsers that run in the terminal.
_IN_TERMINAL = ("www-browser", "links", "elinks", "lynx", "w3m")
_SECONDS = 30
_MOST_CHARACTERS = 200_000


class External(Controller):
    """Programs outside of Dateline.

    Args:
        config: the commands that a text may be piped to.
        opening: what shows the page again after the raw text.
        rescan: reads what an editor has changed.
        answer: hands what a command has printed from its thread to the screen.
    """

    def __init__(
        self,
        state: ReaderState,
        view: ReaderView,
        library: Library,
        *,
        config: Config,
        opening: Opening,
        rescan: Callable[[], None],
        answer: Callable[[str, str], None],
    ) -> None:
        super().__init__(state, view, library)
        self._config = config
        self._opening = opening
        self._rescan = rescan
        self._answer = answer
        self._point_before_raw = 0

    def original(self) -> None:
        """Open the original of the article in a browser."""
        page = self.view.page.page
        url = page.article.url if page is not None else ""
        if not url.startswith(("http://", "https://")):
            self.view.status.say("no address of an original is known")
            return
        import webbrowser

        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            self.view.status.say("no browser is known: $BROWSER names one")
            return
        if getattr(browser, "basename", "") in _IN_TERMINAL:
            self._in_terminal([browser.name, url])
        else:
            self.view.in_thread(partial(_browse, url))
        self.view.status.say(f"opened {url}")

    def edit(self) -> None:
        """Open the file of the article in the reader's editor, and read what has changed."""
        article = self.state.article
        where = self.library.articles.path(article) if article is not None else None
        if where is None or not where[0].exists():
            self.view.status.say("there is no file of this article")
            return
        import shlex

        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        try:
            command = shlex.split(editor)
        except ValueError:
            command = [editor]
        path, line = where
        if line and Path(command[0]).name in _TAKE_LINE:
            command.append(f"+{line}")
        if self._in_terminal([*command, str(path)]):
            self._rescan()

    def _in_terminal(self, command: list[str], data: str | None = None) -> bool:
        """Run a command in the terminal until it ends; returns whether it could be started."""
        try:
            with self.view.suspended():
                if data is None:
                    subprocess.run(command, check=False)
                else:
                    subprocess.run(command, check=False, input=data.encode())
        except SuspendNotSupported:
            self.view.status.say("this terminal cannot be lent to another program")
            return False
        except OSError as error:
            self.view.status.say(f"{command[0]}: {error.strerror or error}")
            return False
        self.view.redraw()
        return True

    def pipe(self) -> None:
        """Pipe the selection, the bookmarked passage or the article to a command."""
        commands = self._config.commands
        page = self.view.page.page
        if page is None:
            return
        if not commands:
            self.view.status.say(
                f'no command is set: {self._config.path.name} takes [commands] wc = "wc -w"'
            )
            return
        whole = f"{page.article.title}\n\n{page.text}\n"
        span, passage = self.view.page.selected, self.view.page.passage_at_point()
        texts = {"article": whole}
        if span is not None:
            texts = {"selection": page.text[span[0] : span[1]] + "\n"}
        elif passage is not None:
            kept = page.text[passage.anchor.start : passage.anchor.end] + "\n"
            texts = {"passage": kept, "article": whole}
        ways = [
            (command, what, whole if command.article else text)
            for command in commands
            for what, text in texts.items()
            if not command.article or what == next(iter(texts))
        ]

        def chosen(number: int) -> None:
            command, _, text = ways[number]
            self._pipe(command, text)

        if len(ways) == 1:
            chosen(0)
            return
        import shlex

        lines = [
            Line(command.name, f"the {what} to {shlex.join(command.run)}", value=number)
            for number, (command, what, _) in enumerate(ways)
        ]
        self.view.choose("Pipe", lines, chosen)

    def _pipe(self, command: Command, text: str) -> None:
        if command.terminal:
            self._in_terminal(list(command.run), text)
        else:
            self.view.status.say(f"{command.name}…")
            self.view.in_thread(lambda: self._answer(*_output(command, text)))

    def show_answer(self, heading: str, text: str) -> None:
        """Show what a command has printed."""
        self.view.status.say("")
        self.view.show_lines(heading, [Line("", line) for line in text.splitlines()])

    def raw(self) -> None:
        """Show the text of the article as it stands in the file, and the page again."""
        page, article = self.view.page.page, self.state.article
        if page is None or article is None:
            return
        if page.raw is not None:
            if not self._opening.show(article, self._point_before_raw):
                self.state.article = None
                self._opening.show_first()
            self.view.status.say("")
            return
        try:
            raw = self.library.articles.raw_text(article)
        except OSError as error:
            self.view.status.say(f"the source cannot be read: {error.strerror or error}")
            return
        self._opening.note_position()
        self._point_before_raw = self.view.page.point
        self.view.page.show(replace(page, raw=raw, document=Document(raw), passages=()))
        self._opening.announce()
        self.view.status.say("raw text: x goes back")


def _browse(url: str) -> None:
    import webbrowser

    webbrowser.open(url)


def _output(command: Command, text: str) -> tuple[str, str]:
    """Run a command with a text on its standard input; returns a heading and what it prints."""
    try:
        done = subprocess.run(
            command.run,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return command.name, f"It did not end in {_SECONDS} seconds."
    except OSError as error:
        return command.name, f"{command.run[0]}: {error.strerror or error}"
    heading = command.name + (f" (exit code {done.returncode})" if done.returncode else "")
    shown = safe(done.stdout.decode("utf-8", "replace")[:_MOST_CHARACTERS]).rstrip()
    return heading, shown or "It said nothing."
