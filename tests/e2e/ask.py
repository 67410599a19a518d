"""Ask the terminal that this runs in: each argument is text with \\x escapes to write. What the terminal
answers to them, a list in the order of the questions, is written as JSON to the file that ASK_INTO names.

An answer ends where that to a question of our own begins, which no other question has: whether the terminal
has a mode that no terminal has, each time another one. So no answer is taken for another question's, in
whatever pieces they come; an end that all questions had in common would also be in the answers themselves.
"""

import json
import os
import select
import sys
import termios
import tty

MODE_OF_FIRST = 30000
DEADLINE_S = 60


def ask(question, mode):
    view = question + b"\x1b[?%d$p" % mode
    while view:
        view = view[os.write(1, view):]
    end = b"\x1b[?%d;0$y" % mode
    got = b""
    while not got.endswith(end):
        if not select.select([0], [], [], DEADLINE_S)[0]:
            raise SystemExit(f"no end after {got!r}")
        got += os.read(0, 4096)
    return got[:-len(end)]


def main():
    questions = [word.encode().decode("unicode_escape").encode("latin-1") for word in sys.argv[1:]]
    before = termios.tcgetattr(0)
    tty.setraw(0)
    ask(b"", MODE_OF_FIRST)  # the terminal is there and answers
    answers = [ask(question, mode).decode("latin-1") for mode, question in enumerate(questions, MODE_OF_FIRST + 1)]
    termios.tcsetattr(0, termios.TCSANOW, before)
    with open(os.environ["ASK_INTO"], "w", encoding="ascii") as file:
        json.dump(answers, file)


main()
