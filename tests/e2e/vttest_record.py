"""Record what xterm shows of a page of vttest's: run inside a fresh xterm whose printer is a file.

    PRINTED=$(mktemp) && export PRINTED
    xvfb-run xterm -u8 -ti vt420 -geometry 80x24 -xrm '*printerCommand: cat >"$PRINTED"' \\
        -xrm '*printerAutoClose: true' -xrm '*printAttributes: 2' -e python3 vttest_record.py FOLDER PAGE

vttest runs on a pty in between: what it writes is passed on to the xterm, and the xterm's answers are passed
back, so that a shot can be printed (Media Copy) while vttest waits.
"""

import os
import queue
import re
import sys
import termios
import threading
import tty

import vttest_play as vttest
from screen import Display
from terminal import Terminal

# The whole page, then the page; and then an answer, so that we know that it has been printed.
_PRINT = b"\x1b[?19h\x1b[0i\x1b[5n"
# vttest lets 132 columns change the window's width. Here they do not; an xterm that may not widen its window
# does nothing at all then, so what else comes with the change is done in its place.
_MAY_WIDEN = b"\x1b[?40h"
_WIDTH = re.compile(rb"\x1b\[\?3[hl]")
_CLEARED = b"\x1b[r\x1b[H\x1b[2J"
_QUIET_S = 0.4
_ANSWERED = b"\x1b[0n"
# xterm prints what a cell is before the cell, and nothing before those that are plain.
_STYLED = re.compile("(\x1b\\[0;[0-9;]*m.)")


class Between(Terminal):
    """A program on a pty between it and the terminal that this runs in."""

    def __init__(self, *words, **more):
        super().__init__(*words, answers=False, **more)
        self._answers_to_us = queue.Queue()
        self._is_asking = False
        threading.Thread(target=self._pass_back, daemon=True).start()

    def read(self):
        before = len(self.output)
        has_read = super().read()
        _write(_WIDTH.sub(_CLEARED, bytes(self.output[before:]).replace(_MAY_WIDEN, b"")))
        return has_read

    def send(self, data):
        """As the Enter key of a terminal in newline mode."""
        is_newline_mode = self.output.rfind(b"\x1b[20h") > self.output.rfind(b"\x1b[20l")
        super().send(data.replace("\r", "\r\n") if is_newline_mode else data)

    def _pass_back(self):
        while data := os.read(0, 4096):
            if self._is_asking:
                self._answers_to_us.put(data)
            else:
                os.write(self.descriptor, data)

    def printed(self, path):
        """The screen that the xterm prints now."""
        self._is_asking = True
        _write(_PRINT)
        answer = b""
        while not answer.endswith(_ANSWERED):
            answer += self._answers_to_us.get(timeout=20)
        self._is_asking = False
        size = -1
        while size != os.path.getsize(path):  # until its printer has written it all
            size = os.path.getsize(path)
            self.wait_quiet(_QUIET_S, 20)
        with open(path, encoding="utf-8") as file:
            text = _STYLED.sub("\\1\x1b[m", file.read())
        display = Display(vttest.COLUMNS, vttest.ROWS + 1, lambda _: None)
        display.feed(text.replace("\f", "").replace("\r\n", "\n").replace("\n", "\r\n").encode())
        return display.cells()[:vttest.ROWS]


def _write(data):
    while data:
        data = data[os.write(1, data):]


def main():
    folder, page = sys.argv[1:]
    printed = os.environ["PRINTED"]
    before = termios.tcgetattr(0)
    tty.setraw(0)
    shots = {}
    with Between(vttest.COMMAND, dict(os.environ, TERM="xterm-256color"), columns=vttest.COLUMNS,
                 rows=vttest.ROWS) as terminal:
        walk = vttest.Walk(terminal, lambda: terminal.output)

        def shot(title):
            terminal.wait_quiet(_QUIET_S, 20)
            shots[title] = vttest.dump(terminal.printed(printed))
        walk.play(page, shot)
    vttest.write(os.path.join(folder, f"{page}.txt"), shots)
    termios.tcsetattr(0, termios.TCSANOW, before)


try:
    main()
except BaseException as error:
    with open(os.path.join(sys.argv[1], "error"), "w", encoding="utf-8") as file:
        file.write(f"{type(error)} {error}")
    raise
