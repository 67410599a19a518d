#!/usr/bin/python3
"""Record the part of the corpus that was unseen until it was looked at, and belongs to the tuned half since.

    bench/prediction/earlier.py [NAME]...      writes tests/sim/prediction/earlier/NAME.trace

The same programs as in record.py and some more, with other texts, another typist and other prompts.
"""

import pathlib
import sys
import tempfile

import record
from record import BACKSPACE, CTRL_LEFT, END, ENTER, ESC, HOME, LEFT, RIGHT, TAB, UP, ctrl

TRACES = record.TRACES / "earlier"

COMMANDS = [
    "pwd", "ls -a src", "date -u +%Y", "tail -n 1 notes.txt", "cp notes.txt copy.txt", "diff notes.txt copy.txt",
    "sed -e s/first/1st/ notes.txt", "find . -name '*.c'", "test -f copy.txt; echo $?", "rm copy.txt",
    "printf '%s\\n' a b c | tac", "tr a-z A-Z < notes.txt", "du -s .", "env | grep -c HOME",
]
PROSE = ("It was a bright cold day in April, and the clocks were striking. Nobody had thought of asking "
         "why they struck thirteen; one simply got used to it, as one does. ")


def shell(s, emacs=True, commands=COMMANDS):
    for command in commands:
        s.line(command)
    s.type("tail -n 3 notse.txt")
    s.keys([LEFT] * 4 + [BACKSPACE, BACKSPACE] + list("es") + [ENTER])
    s.type("cho begun without its first letter")
    s.keys([ctrl("a") if emacs else HOME, "e", ctrl("e") if emacs else END, ENTER])
    s.type("echo one two three four")
    s.keys([ctrl("w"), ctrl("w")] + list("3 4") + [ENTER])
    s.keys([UP, BACKSPACE, "5", ENTER])
    s.type("echo " + PROSE[:110].replace(";", ","), typos=0.03)
    s.keys([ENTER])
    s.type("false start")
    s.keys([ctrl("u")])
    s.line("ls no", typos=0)
    s.type("cat no")
    s.keys([TAB, ENTER])
    for command in commands[:6]:
        s.line(command)


def record_bash(s):
    shell(s)
    s.type("echo a-b c_d e.f")
    s.keys([ESC + "b", CTRL_LEFT, "x", ctrl("k"), ctrl("y"), ENTER])
    s.keys([ctrl("r")] + list("tac") + [ENTER])


def record_zsh(s):
    shell(s)


def record_fish(s):
    # It refuses "$?", and keeps the line for correction: nobody would type the next command behind it.
    shell(s, emacs=False, commands=[command.replace("$?", "$status") for command in COMMANDS])


def record_python(s):
    for text in ["total = 0", "names = ['ann', 'bob']", "total += len(names)", "total", "sorted(names)[-1]",
                 "f'{total:04d}'", "import os.path", "os.path.join('a', 'b')", "sum(range(10))"]:
        s.line(text)
    s.type("print(total ** 2, 'done')")
    s.keys([ctrl("a")] + [RIGHT] * 6 + ["1", "+", END, ENTER])


def record_cat(s):
    for i in range(5):
        s.line(PROSE[i * 13:i * 13 + 45].strip())
    s.type("to be erased word by word")
    s.keys([ctrl("w"), ctrl("w")] + list("key") + [BACKSPACE] * 3 + [ENTER])


def record_vim(s):
    s.pause("i")
    s.type(PROSE[:120])
    s.keys([ENTER] + s.typist.text(PROSE[30:85]) + [ENTER, ENTER])
    s.type("- a list item")
    s.key(ESC, gap=400)
    s.keys(list("kkwwb"))
    s.pause("A")
    s.type(" and at its end")
    s.key(ESC, gap=400)
    s.pause("O")
    s.type("above all that, " + PROSE[60:110])
    s.keys([LEFT] * 8 + list("in the middle ") + [BACKSPACE] * 7 + [END, "."])
    s.key(ESC, gap=400)


def record_nano(s):
    s.type(PROSE[:70])
    s.keys([ENTER])
    s.type("Second line of the letter")
    s.keys([ENTER, ENTER] + s.typist.text("With regards") + [ENTER])
    s.keys([UP, UP, UP, END] + list(" we write") + [HOME] + [RIGHT] * 7 + list("long ") + [BACKSPACE] * 5)


def record_less(s):
    s.line("less src/long.c")
    for key in " jjjkb":
        s.key(key, gap=500)
    s.pause("/")
    s.type("line 40", typos=0)
    s.keys([ENTER, "q"])
    s.line("echo read")


def record_tmux(s):
    for command in COMMANDS[:7]:
        s.line(command)
    s.keys([ctrl("b"), "o"])
    for command in COMMANDS[2:11]:
        s.line(command)
    s.type("echo some words more")
    s.keys([ctrl("w")] + list("less") + [LEFT] * 4 + ["x", ENTER])


def record_secrets(s):
    s.line("whoami")
    s.line("./login", typos=0)
    s.line("bob", typos=0)
    s.secret("Tr0ub4dor&3")
    s.line("echo in")
    s.line("read -p 'PIN? ' -s pin; echo", typos=0)
    s.secret("4711")
    s.line("read -n5 a; read -s b; echo", typos=0)
    s.keys(list("abcde"))
    for key in "hidden":
        s.key(key, secret=True)
    s.keys([ENTER])
    s.line("echo out")


def record_unicode(s):
    for text in ["echo \u3053\u3093\u306b\u3061\u306f \u4e16\u754c", "echo \u00fcber \u00e9t\u00e9", "echo \U0001f600 \U0001f680 go",
                 "echo \ud55c\uad6d\uc5b4", "echo \u6f22\u5b57\u304b\u306a"]:
        s.line(text, typos=0)


def record_emacs(s):
    s.line("#include <stdio.h>", typos=0)
    s.line("int main(void)", typos=0)
    s.line("{", typos=0)
    s.type("puts(\"hello there, everybody\");")
    s.keys([ESC + "b", ESC + "b"] + [BACKSPACE] * 6 + list("here") + [ctrl("e"), ENTER])
    s.type("return 1;")
    s.keys([LEFT, BACKSPACE, "0", ctrl("e"), ENTER, "}", ENTER])
    s.keys([ctrl("p")] * 3 + [ctrl("e")] + list(" // done") + [ctrl("a"), ctrl("k"), ctrl("y")])
    s.keys([ctrl("x"), ctrl("s")])
    s.keys([ESC + ">"])
    s.type("/* " + PROSE[:60])


def record_irssi(s):
    for text in ["/echo good evening", "/window new hide", "/window 2", "/echo " + PROSE[:60]]:
        s.line(text)
    s.type("/echo a thing to mend")
    s.keys([CTRL_LEFT, CTRL_LEFT, ctrl("k")] + list("that is right") + [ENTER])
    s.type("/echo wrnog")
    s.keys([BACKSPACE] * 4 + list("rong") + [HOME] + [RIGHT] * 6 + list("not ") + [END, ENTER])
    s.keys([UP, BACKSPACE, "k", ENTER])
    s.line("/window 1")
    s.line("/echo " + PROSE[40:150])


def record_psql(s):
    for text in ["\\dt", "select name from town where people > 1000;", "select avg(people)::int from town;",
                 "create index on town (name);"]:
        s.line(text)
    s.line("select upper(name)")
    s.line("from town")
    s.line("where founded < '1900-01-01';")
    s.type("select people form town;")
    s.keys([LEFT] * 8 + [BACKSPACE] * 2 + list("ro") + [END, ENTER])
    s.keys([UP, BACKSPACE] + list(" limit 1;") + [ENTER])
    s.type("drop table town")
    s.keys([ctrl("w"), ctrl("w"), ctrl("u")])
    s.line("select 'one' as a, 'two' as b, 'three' as c, length('a text that is long enough to fold') as d;")


BASH = record.BASH
PROGRAMS = {
    "bash": (BASH, record_bash),
    "zsh": (["zsh", "-f"], record_zsh),
    "fish": (["fish"], record_fish),
    "python": (["/usr/bin/python3", "-q"], record_python),
    "cat": (["cat"], record_cat),
    "vim": (["vim", "-u", "DEFAULTS", "-i", "NONE"], record_vim),
    "nano": (["nano", "letter.txt"], record_nano),
    "less": (BASH, record_less),
    "tmux": (["tmux", "-f", "tmux.conf", "-L", "skua-unseen", "new", "bash --norc --noprofile", ";",
              "split-window", "-h", "bash --norc --noprofile"], record_tmux),
    "secrets": (BASH, record_secrets),
    "unicode": (BASH, record_unicode),
    "emacs": (["emacs", "-nw", "-Q", "hello.c"], record_emacs),
    "irssi": (["irssi", "--home=irssi"], record_irssi),
    "psql": (["psql", "-q"], record_psql),
}


def record_one(name, programs, folder, typist, prompts):
    """The program of that name into folder/NAME.trace. prompts: of sh, and what zsh is told."""
    argv, play = programs[name]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, record.surroundings_of(name, home) as needed:
        home = pathlib.Path(home)
        record.furnish(home)
        (home / "src/long.c").write_text("".join(f"/* line {n} */\n" for n in range(200)))
        environment = {**record.environment_of(home), "PS1": prompts[0], **needed}
        session = record.Session(name, argv, environment, home, seed=f"{typist} {name}")
        session.path = folder / f"{name}.trace"
        if name == "zsh":
            for line in [prompts[1], "clear"]:
                session.line(line, typos=0)
            session.lines = session.lines[:1] + [f"out 0 {record.BRACKETED_PASTE.hex()}"]
            session.tty = None
            session.key(ctrl("l"))
        play(session)
        session.end()


if __name__ == "__main__":
    for chosen in sys.argv[1:] or PROGRAMS:
        record_one(chosen, PROGRAMS, TRACES, "unseen", ("[bob@box \\W]$ ", "PROMPT='%~ > ' RPROMPT='%T'"))
