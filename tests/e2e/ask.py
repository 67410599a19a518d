"""Ask the terminal that this runs in: each argument is text with \\x escapes to write; what the terminal
answers to it, up to the answer to a status report that ends it, is printed as one line of JSON to the file
that ASK_INTO names. A line is a list of answers, in the order of the questions."""

import json
import os
import select
import sys
import termios
import tty

FENCE, FENCED = b"\x1b[5n", b"\x1b[0n"
DEADLINE_S = 10


def read_answer():
    got = b""
    while not got.endswith(FENCED):
        if not select.select([0], [], [], DEADLINE_S)[0]:
            raise SystemExit(f"no end after {got!r}")
        got += os.read(0, 4096)
    return got[:-len(FENCED)]


def main():
    questions = [word.encode().decode("unicode_escape").encode("latin-1") for word in sys.argv[1:]]
    before = termios.tcgetattr(0)
    tty.setraw(0)
    answers = []
    for question in questions:
        view = question + FENCE
        while view:
            view = view[os.write(1, view):]
        answers.append(read_answer().decode("latin-1"))
    termios.tcsetattr(0, termios.TCSANOW, before)
    with open(os.environ["ASK_INTO"], "w", encoding="ascii") as file:
        json.dump(answers, file)


main()
