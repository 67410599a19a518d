#!/usr/bin/python3
"""Record the half of the corpus that is never looked at while predictions are tuned.

    bench/prediction/unseen.py [NAME]...      writes tests/sim/prediction/unseen/NAME.trace

The same programs as in record.py and earlier.py, with other texts, another typist and other prompts. Tune with
the traces of those only: what these give is reported, not improved. Who has looked at one moves it to earlier.py.
"""

import sys

import earlier
import record
from record import BACKSPACE, CTRL_LEFT, DOWN, END, ENTER, ESC, HOME, LEFT, RIGHT, TAB, UP, ctrl

TRACES = record.TRACES / "unseen"

COMMANDS = [
    "uname -s", "cat src/a.c", "mkdir -p a/b", "cd a/b", "touch one two", "ls", "cd -", "wc -c src/*",
    "for i in 1 2 3; do echo $i; done", "cut -d: -f1 /etc/passwd | head -n 3", "sort -r notes.txt",
    "export EDITOR=vi", "grep -n second *.txt", "mv a/b/one a/b/three", "head -n 2 src/long.c", "which sh",
]
PROSE = ("The train was late again, so she opened her laptop on the platform and finished the letter. Somewhere "
         "behind the hills the connection came and went; the words did not mind. ")


def shell(s, emacs=True):
    for command in COMMANDS[:9]:
        s.line(command)
    s.type("sort nots.txt")
    s.keys([LEFT] * 5 + ["e", END, ENTER])
    for command in COMMANDS[9:]:
        s.line(command)
    s.type("cp notes.txt /tmp/never")
    s.keys([ctrl("w")] + list("kept.txt") + [ENTER])
    s.keys([UP, UP, DOWN] + [BACKSPACE] * 3 + list("log") + [ENTER])
    s.type("rm kept")
    s.keys([TAB, ctrl("u")])
    s.type("echo '" + PROSE[:100] + "'", typos=0.03)
    s.keys([ENTER])
    s.type("two words here")
    s.keys([ctrl("a") if emacs else HOME] + list("echo ") + [ctrl("e") if emacs else END] + list(" ok") + [ENTER])
    s.type("sleep 0.1")
    s.keys([ENTER] + list("echo typed ahead") + [ENTER])
    s.type("not this")
    s.keys([ctrl("c")])
    s.line("ls -l src")


def record_bash(s):
    shell(s)
    s.type("echo alpha beta gamma")
    s.keys([CTRL_LEFT, CTRL_LEFT, ctrl("k")] + list("delta") + [ENTER])


def record_shell(s):
    shell(s)


def record_fish(s):
    for command in [line for line in COMMANDS if not line.startswith("for")]:
        s.line(command)
    s.type("sort nots.txt")
    s.keys([LEFT] * 5 + ["e", END, ENTER])
    s.type("cp notes.txt /tmp/never")
    s.keys([ctrl("w")] + list("kept.txt") + [ENTER])
    s.keys([UP, BACKSPACE, "T", ENTER])
    s.line("ls -l src")
    s.line("echo " + PROSE[:60].replace(",", ""))
    s.type("not this")
    s.keys([ctrl("c")])
    s.line("cat src/a.c")


def record_python(s):
    for text in ["import math", "r = 2.5", "math.pi * r ** 2", "words = 'the quick brown fox'.split()", "len(words)",
                 "words[0].upper()", "{w: len(w) for w in words}", "d = dict(a=1)", "d['b'] = 2", "d"]:
        s.line(text)
    s.type("max(words, key=len")
    s.keys([")", ENTER, UP, LEFT] + list(" ") + [ENTER])
    s.type("x = 'never'")
    s.keys([ctrl("u")])
    s.line("print(r, d)")


def record_cat(s):
    for i in range(6):
        s.line(PROSE[i * 17:i * 17 + 50].strip())
    s.type("a line that goes")
    s.keys([ctrl("u")] + list("and one that stays") + [ENTER])


def record_vim(s):
    s.pause("i")
    s.type(PROSE[:100])
    s.key(ESC, gap=400)
    s.keys(list("0wcw"))
    s.type("bus")
    s.key(ESC, gap=400)
    s.pause("o")
    s.type("  - first point")
    s.keys([ENTER] + s.typist.text("- second point") + [ENTER] + list("- third"))
    s.key(ESC, gap=400)
    s.keys(list("kddGo"))
    s.type(PROSE[90:150])
    s.keys([LEFT] * 5 + list("so ") + [BACKSPACE] * 3)
    s.key(ESC, gap=400)
    s.type(":set number", typos=0)
    s.keys([ENTER, "A"])
    s.type(" The end.")


def record_nano(s):
    s.type(PROSE[:76])
    s.keys([ENTER, ENTER])
    s.type("It is short")
    s.keys([BACKSPACE] * 5 + list("long.") + [ENTER])
    s.keys([UP, UP, HOME] + list("Dear Ann, ") + [END] + list(" Bye") + [DOWN, END, ENTER])
    s.type("Eve")


def record_less(s):
    s.line("less -N src/long.c")
    for key in "  kjG":
        s.key(key, gap=500)
    s.pause("/")
    s.type("line 12", typos=0)
    s.keys([ENTER, "n", "q"])
    s.line("pwd")


def record_tmux(s):
    for command in COMMANDS[:6]:
        s.line(command)
    s.keys([ctrl("b"), "o"])
    for command in COMMANDS[6:12]:
        s.line(command)
    s.type("echo left and right")
    s.keys([ctrl("a")] + [RIGHT] * 5 + list("up ") + [END, ENTER])
    s.keys([ctrl("b"), "o"])
    s.line("ls -a")


def record_secrets(s):
    s.line("echo before")
    s.line("./login", typos=0)
    s.line("eve", typos=0)
    s.secret("correct horse")
    s.line("echo between")
    s.line("stty -echo; read x; stty echo", typos=0)
    s.secret("battery staple")
    s.line("echo after")


def record_unicode(s):
    for text in ["echo \u304a\u306f\u3088\u3046 \u6771\u4eac", "echo na\u00efve caf\u00e9", "echo \U0001f40d \U0001f41f",
                 "echo \u4e2d\u6587\u8f93\u5165\u6cd5", "echo \uc548\ub155", "echo \u0440\u0443\u0441\u0441\u043a\u0438\u0439"]:
        s.line(text, typos=0)


def record_emacs(s):
    s.line("/* " + PROSE[:55], typos=0.03)
    s.line("   and no more. */", typos=0)
    s.type("int twice(int n) { return 2 * n; }")
    s.keys([ctrl("a")] + list("static ") + [ctrl("e"), ENTER, ENTER])
    s.type("int once(int n)")
    s.keys([ESC + "b", LEFT, BACKSPACE] + list("m") + [ctrl("e"), ENTER])
    s.keys([ctrl("x"), ctrl("s"), ctrl("p"), ctrl("p"), ctrl("e")] + list(" // ok"))


def record_irssi(s):
    for text in ["/echo hello", "/set theme", "/echo " + PROSE[:70], "/window new hide", "/window 2"]:
        s.line(text)
    s.type("/echo half a thought")
    s.keys([ctrl("u")])
    s.type("/echo one two three")
    s.keys([LEFT] * 6 + list("and ") + [END, ENTER])
    s.line("/echo bye")


def record_psql(s):
    for text in ["select count(*) from town;", "select name, people from town order by people desc;", "\\d town"]:
        s.line(text)
    s.line("select name")
    s.line("  from town limit 2;")
    s.type("select 1 + 1 as two;")
    s.keys([LEFT] * 2 + [BACKSPACE] * 2 + list("sum") + [END, ENTER])
    s.type("update town set")
    s.keys([ctrl("u")])
    s.line("select current_date is not null;")


BASH = record.BASH
PROGRAMS = {
    "bash": (BASH, record_bash),
    "zsh": (["zsh", "-f"], record_shell),
    "fish": (["fish"], record_fish),
    "python": (["/usr/bin/python3", "-q"], record_python),
    "cat": (["cat"], record_cat),
    "vim": (["vim", "-u", "DEFAULTS", "-i", "NONE"], record_vim),
    "nano": (["nano", "note.txt"], record_nano),
    "less": (BASH, record_less),
    "tmux": (["tmux", "-f", "tmux.conf", "-L", "skua-third", "new", "bash --norc --noprofile", ";",
              "split-window", "-h", "bash --norc --noprofile"], record_tmux),
    "secrets": (BASH, record_secrets),
    "unicode": (BASH, record_unicode),
    "emacs": (["emacs", "-nw", "-Q", "twice.c"], record_emacs),
    "irssi": (["irssi", "--home=irssi"], record_irssi),
    "psql": (["psql", "-q"], record_psql),
}


if __name__ == "__main__":
    for chosen in sys.argv[1:] or PROGRAMS:
        earlier.record_one(chosen, PROGRAMS, TRACES, "third", ("\\[\\e[32m\\]eve\\[\\e[0m\\] \\w \\$ ", "PROMPT='%m%# '"))
