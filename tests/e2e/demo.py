"""Play a short session in a terminal of its own and print its screen: scripts/demo where nobody watches.

    demo.py LAUNCHER [ARGUMENT]...
"""

import os
import sys

from terminal import Terminal

_QUIET_S = 0.7
_START_S = 60

_COMMANDS = (
    "echo hello over UDP",
    r"for n in 1 2 3 4 5 6; do printf '\033[3%dmcolour %d\033[0m ' $n $n; done; echo",
    r"printf '\346\227\245\346\234\254 wide, e\314\201 combining, \033[1mbold\033[0m \033[4mlines\033[0m\n'",
    "stty size",
)


def _type(terminal, text):
    terminal.send(text + "\r")
    terminal.wait_quiet(_QUIET_S)


def _colours(terminal):
    return sorted({cell.fg for row in terminal.display.cells() for cell in row} - {"default"})


def play(terminal):
    """The session's script. Shells differ in their prompts, so quiet is what tells that one is there."""
    terminal.wait_for(lambda: terminal.display.is_alternate or not terminal.is_alive, _START_S,
                      "the session's screen")
    terminal.wait_quiet(1.5, _START_S)
    for command in _COMMANDS:
        _type(terminal, command)
    terminal.resize(100, 30)
    terminal.wait_quiet(_QUIET_S)
    _type(terminal, "stty size")
    print(terminal.describe())
    print("foreground colours on it:", ", ".join(_colours(terminal)) or "none")
    terminal.send("exit\r")
    status = terminal.wait_exit(30)
    print("and after the shell's exit:", *filter(None, terminal.display.lines()), sep="\n  ")
    print("exit status", status)
    return status


def main():
    env = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **os.environ}
    if env["TERM"] in ("", "dumb"):
        env["TERM"] = "xterm-256color"
    with Terminal(sys.argv[1:], env) as terminal:
        return play(terminal)


if __name__ == "__main__":
    sys.exit(main())
