"""A shell in a session beside a shell with nothing between, each in a tmux of its own: what is typed into one is
typed into both, and both must come to show the same. A terminal is attached to each tmux, so that what it paints
is compared: captures of panes lack what was erased in a colour."""

import re
import subprocess

import pairs
import waiting
from comparison import describe
from terminal import Terminal

_DEADLINE_S = 60
_CONFIG = """set -g status off
set -g prefix None
set -g default-terminal tmux-256color
set -as terminal-features ",xterm-256color:RGB"
set -g escape-time 0
"""
# What both shells' programs learn of their terminal, whatever tmux says of itself.
_PROFILE = "export TERM=xterm-256color COLORTERM=truecolor NCURSES_NO_UTF8_ACS=1\nunset TMUX TMUX_PANE\n"
_CURSOR_STYLE = re.compile(rb"\x1b\[(\d*) q")


class _Side:
    """A tmux, and the terminal attached to it."""

    def __init__(self, name, surroundings, argv):
        self.name = name
        self._tmux = ["tmux", "-S", str(surroundings.home / f"tmux-{name}"), "-f", str(surroundings.home / "tmux.conf")]
        self._env = surroundings.env(SIDE=name)
        self.terminal = Terminal([*self._tmux, "new-session", *argv], self._env, cwd=surroundings.home)

    def run(self, *words, **more):
        subprocess.run([*self._tmux, *words], env=self._env, capture_output=True, timeout=_DEADLINE_S, **more)

    def text(self):
        return "\n".join(self.terminal.display.lines()).rstrip()

    def cursor_style(self):
        """The last that was asked for; 0 is the terminal's own."""
        return int((_CURSOR_STYLE.findall(self.terminal.output) or [b"0"])[-1] or 0)

    def close(self):
        self.run("kill-server", check=False)
        self.terminal.close()


class SideBySide:
    """The two. Close it afterwards."""

    def __init__(self, surroundings, programs):
        self.home = surroundings.home
        for name in (".bash_profile", ".bashrc"):
            with open(self.home / name, "a", encoding="utf-8") as file:
                file.write(_PROFILE)
        (self.home / "tmux.conf").write_text(_CONFIG)
        server = pairs.Server(programs.server, surroundings.env(SIDE="ours"), ["-i", pairs.LOOPBACK])
        client = ["env", f"MOSH_KEY={server.key}", programs.client, pairs.LOOPBACK, str(server.port)]
        self.direct = _Side("direct", surroundings, ["/bin/bash", "-l"])
        self.ours = _Side("ours", surroundings, client)
        self._sides = (self.direct, self.ours)
        self.wait_prompt()

    def close(self):
        for side in self._sides:
            side.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # What is done to both

    def type(self, text):
        for side in self._sides:
            side.run("send-keys", "-l", text, check=True)

    def key(self, *names):
        """Keys by tmux's names, sent as each pane's modes want them."""
        for side in self._sides:
            side.run("send-keys", *names, check=True)

    def paste(self, text):
        """From a clipboard, bracketed where the program has asked for it."""
        for side in self._sides:
            side.run("set-buffer", text, check=True)
            side.run("paste-buffer", "-p", "-r", check=True)

    # What both show

    def _wait(self, condition, what):
        by_descriptor = {side.terminal.descriptor: side.terminal for side in self._sides}

        def told():
            screens = "\n".join(side.terminal.describe() for side in self._sides)
            return f"{what}\n{describe(self.direct.terminal.seen(), self.ours.terminal.seen())}\n{screens}"
        waiting.until(condition, _DEADLINE_S, told, by_descriptor, lambda descriptor: by_descriptor[descriptor].read())

    def wait_text(self, text):
        """Wait until both show it."""
        self._wait(lambda: all(text in side.text() for side in self._sides), f"both show {text!r}")

    def wait_no_text(self, text):
        self._wait(lambda: not any(text in side.text() for side in self._sides), f"both lose {text!r}")

    def wait_prompt(self):
        """Wait until both show nothing below the shell's prompt."""
        self._wait(lambda: all(side.text().split("\n")[-1] == "$" for side in self._sides), "both show a prompt")

    def wait_cursor_style(self, style):
        self._wait(lambda: all(side.cursor_style() == style for side in self._sides), f"cursor style {style}")

    def shot(self, what):
        """Both come to look the same: text, renditions and the cursor."""
        self._wait(lambda: self.direct.terminal.seen() == self.ours.terminal.seen(), f"both look the same: {what}")
