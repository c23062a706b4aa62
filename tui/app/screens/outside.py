"""Out of the page: the original in a browser, the file in an editor, a text through a command."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from textual import work
from textual.app import SuspendNotSupported
from textual.message import Message

from tui.app.screens.choice import Choice, Line
from tui.app.screens.panes import PanesScreen
from tui.config import Command

# Editors that take the line to go to as +N before the file.
_TAKE_LINE = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ne")
# Browsers that want the terminal for themselves.
_IN_TERMINAL = ("www-browser", "links", "elinks", "lynx", "w3m")
_SECONDS = 30
_MOST = 200_000


class Outside(PanesScreen):
    """`o`, `e`, `!` and `x`. No shell is asked, whatever stands in a text or an address."""

    class Answered(Message):
        """A command has ended."""

        def __init__(self, heading: str, text: str) -> None:
            super().__init__()
            self.heading, self.text = heading, text

    def action_original(self) -> None:
        """Open the original of the article in a browser."""
        page = self.reader.page
        url = page.article.url if page is not None else ""
        if not url.startswith(("http://", "https://")):
            self.status.say("no address of an original is known")
            return
        import webbrowser

        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            self.status.say("no browser is known: $BROWSER names one")
            return
        if getattr(browser, "basename", "") in _IN_TERMINAL:
            self._in_terminal([browser.name, url])
        else:
            self._browse(url)
        self.status.say(f"opened {url}")

    @work(thread=True, exit_on_error=False)
    def _browse(self, url: str) -> None:
        import webbrowser

        webbrowser.open(url)

    def action_edit(self) -> None:
        """Open the file of the article in the reader's editor; what it changed is read again."""
        where = self._library.path_of(self._key) if self._key is not None else None
        if where is None or not where[0].exists():
            self.status.say("there is no file of this article")
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
            self.action_rescan()

    def _in_terminal(self, command: list[str], data: str | None = None) -> bool:
        """Give a command the whole terminal until it ends; whether it could be started."""
        try:
            with self.app.suspend():
                if data is None:
                    subprocess.run(command, check=False)
                else:
                    subprocess.run(command, check=False, input=data.encode())
        except SuspendNotSupported:
            self.status.say("this terminal cannot be lent to another program")
            return False
        except OSError as error:
            self.status.say(f"{command[0]}: {error.strerror or error}")
            return False
        self.refresh(repaint=True, layout=True)
        return True

    def action_rescan(self) -> None:
        """Look for new and changed articles."""
        if self._index and not self._feeder.running:
            self.feed()

    def action_pipe(self) -> None:
        """Pipe the selection, the kept passage or the article to a command of the config."""
        commands = self._config.commands
        page = self.reader.page
        if page is None:
            return
        if not commands:
            self.status.say(
                f'no command is set: {self._config.path.name} takes [commands] wc = "wc -w"'
            )
            return
        whole = f"{page.article.title}\n\n{page.text}\n"
        span, passage = self.reader.selected, self.reader.passage_at_point()
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

        def chosen(number: int | None) -> None:
            if number is not None and number >= 0:
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
        self.app.push_screen(Choice("Pipe", lines), chosen)

    def _pipe(self, command: Command, text: str) -> None:
        if command.terminal:
            self._in_terminal(list(command.run), text)
        else:
            self.status.say(f"{command.name}…")
            self._run(command, text)

    @work(thread=True, exit_on_error=False)
    def _run(self, command: Command, text: str) -> None:
        from tui.reading.decoding import safe

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
            self.post_message(self.Answered(command.name, f"It did not end in {_SECONDS} seconds."))
            return
        except OSError as error:
            said = f"{command.run[0]}: {error.strerror or error}"
            self.post_message(self.Answered(command.name, said))
            return
        heading = command.name + (f" (exit code {done.returncode})" if done.returncode else "")
        shown = safe(done.stdout.decode("utf-8", "replace")[:_MOST]).rstrip()
        self.post_message(self.Answered(heading, shown or "It said nothing."))

    def on_outside_answered(self, message: Answered) -> None:
        """Show what a command said."""
        self.status.say("")
        lines = [Line("", line) for line in message.text.splitlines()]
        self.app.push_screen(Choice(message.heading, lines))

    def action_raw(self) -> None:
        """The raw text of the article, and back."""
        page = self.reader.page
        if page is None or self._key is None:
            return
        if page.raw is not None:
            if not self.show_article(self._key, self._before_raw):
                self._key = None
                self._open_first()
            self.status.say("")
            return
        try:
            raw = self._library.raw(self._key)
        except OSError as error:
            self.status.say(f"the source cannot be read: {error.strerror or error}")
            return
        self._leave_page()
        self._before_raw = self.reader.point
        self.reader.show(type(page)(page.article, raw=raw))
        self.article_shown()
        self.status.say("raw text: x goes back")
