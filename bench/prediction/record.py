#!/usr/bin/python3
"""Record how real programs answer a person's keys: one .trace file a program, for prediction_sim.

    bench/prediction/record.py [NAME]...      writes tests/sim/prediction/NAME.trace

Each key is typed when the program has gone quiet, so the answer is that of a link without delay. A
trace is text, one record a line:

    size ROWS COLS
    key GAP_MS HEX [secret]    what was typed, so long after the key before it
    out DELAY_MS HEX           what the program wrote, so long after the key
    tty ECHO CANONICAL         the terminal driver's mode once the program was quiet

Keys come with a typist's rhythm and a typist's errors, from a fixed seed.
"""

import contextlib
import os
import pathlib
import pty
import random
import select
import shutil
import struct
import sys
import tempfile
import termios
import time
import fcntl

import postgres

ROWS, COLS = 24, 80
QUIET_S, QUIET_MAX_S = 0.12, 3.0
TRACES = pathlib.Path(__file__).resolve().parents[2] / "tests/sim/prediction"

ESC = "\033"
LEFT, RIGHT, UP, DOWN = ESC + "OD", ESC + "OC", ESC + "OA", ESC + "OB"
HOME, END, DELETE = ESC + "OH", ESC + "OF", ESC + "[3~"
CTRL_LEFT, CTRL_RIGHT = ESC + "[1;5D", ESC + "[1;5C"
ENTER, BACKSPACE, TAB = "\r", "\x7f", "\t"


# zsh asks for it before each prompt, and so before the first that is recorded.
BRACKETED_PASTE = b"\033[?2004h"


def ctrl(letter):
    return chr(ord(letter) & 31)


class Typist:
    """Turns text into keys with gaps."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def gap(self, key):
        if key == ENTER or key == TAB:
            return int(self.random.lognormvariate(5.6, 0.4))
        return max(30, min(900, int(self.random.lognormvariate(5.0, 0.5))))

    def pause(self):
        """Before a new line: reading what came."""
        return int(self.random.lognormvariate(7.2, 0.4))

    def text(self, text, typos=0.02):
        """Keys of a text, a typo now and then, noticed after a letter or two."""
        keys = []
        i = 0
        while i < len(text):
            if text[i].isalpha() and self.random.random() < typos:
                extra = text[i + 1:i + 1 + self.random.randint(0, 2)]
                wrong = self.random.choice("etaoinsrhl")
                keys += list(wrong + extra) + [BACKSPACE] * (1 + len(extra))
            keys.append(text[i])
            i += 1
        return keys


class Session:
    """A program on a pty, recorded."""

    def __init__(self, name, argv, environment, directory, seed):
        self.typist = Typist(seed)
        self.lines = [f"size {ROWS} {COLS}"]
        self.tty = None
        self.path = TRACES / f"{name}.trace"
        child, self.fd = pty.fork()
        if child == 0:
            os.chdir(directory)
            os.execvpe(argv[0], argv, environment)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLS, 0, 0))
        self.listen(quiet_s=0.6)

    def listen(self, quiet_s=QUIET_S):
        began = last = time.monotonic()
        while time.monotonic() - began < QUIET_MAX_S:
            ready, _, _ = select.select([self.fd], [], [], max(0, last + quiet_s - time.monotonic()))
            if not ready:
                break
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            last = time.monotonic()
            self.lines.append(f"out {int((last - began) * 1000)} {data.hex()}")
        mode = termios.tcgetattr(self.fd)[3]
        tty = (int(bool(mode & termios.ECHO)), int(bool(mode & termios.ICANON)))
        if tty != self.tty:
            self.lines.append("tty %d %d" % tty)
            self.tty = tty

    def key(self, key, gap=None, secret=False):
        gap = self.typist.gap(key) if gap is None else gap
        data = key.encode()
        self.lines.append(f"key {gap} {data.hex()}" + (" secret" if secret else ""))
        os.write(self.fd, data)
        self.listen()

    def keys(self, keys):
        for key in keys:
            self.key(key)

    def type(self, text, typos=0.02):
        self.keys(self.typist.text(text, typos))

    def line(self, text, typos=0.02):
        """One command: think, type, Enter."""
        keys = self.typist.text(text, typos)
        self.key(keys[0], gap=self.typist.pause())
        self.keys(keys[1:])
        self.key(ENTER)

    def pause(self, key):
        self.key(key, gap=self.typist.pause())

    def secret(self, text):
        for i, key in enumerate(text):
            self.key(key, gap=self.typist.pause() if i == 0 else None, secret=True)
        self.key(ENTER)

    def end(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("\n".join(self.lines) + "\n")
        os.close(self.fd)
        print(f"{self.path.name}: {sum(l.startswith('key') for l in self.lines)} keys")


COMMANDS = [
    "ls -l", "cd src", "cat notes.txt", "grep -n main *.c", "cd ..", "echo $HOME", "git status",
    "mkdir -p build/out", "cp notes.txt build/", "rm -r build", "head -n 2 src/a.c", "wc -l src/*",
    "echo one two three > list", "sort list", "for i in 1 2 3; do echo $i; done", "true && echo yes",
]
PROSE = ("The quick brown fox jumps over the lazy dog. Pack my box with five dozen liquor jugs, "
         "and how vexingly quick daft zebras jump! ")


def shell(s, word_keys=True, emacs=True, commands=COMMANDS):
    for command in commands:
        s.line(command)
    # A command to be mended before it is sent.
    s.type("git comit -m 'first version of it'")
    if emacs:
        s.keys([ctrl("a")] + [RIGHT] * 7 + ["m", ctrl("e")])
    else:
        s.keys([HOME] + [RIGHT] * 7 + ["m", END])
    s.keys([LEFT] * 4 + list("that ") + [ENTER])
    s.type("echo wrong words here")
    s.keys([ctrl("w"), ctrl("w")] + list("right") + [ENTER])
    s.type("not this at all")
    s.keys([ctrl("u")] + list("echo this") + [ENTER])
    if word_keys:
        s.type("echo alpha beta gamma")
        s.keys([ESC + "b", ESC + "b", CTRL_LEFT, "x", CTRL_RIGHT, ctrl("k"), ENTER])
    s.keys([UP, UP, ENTER])
    s.type("cat no")
    s.keys([TAB])
    s.type("| wc")
    s.keys([ENTER])
    for command in commands:
        s.line(command)
    # A line longer than the window.
    s.line("echo " + PROSE.replace("!", "."), typos=0.01)
    s.line("echo ok")


def record_bash(s):
    shell(s)


def record_zsh(s):
    shell(s, word_keys=False)


def record_fish(s):
    loop = "for i in 1 2 3; echo $i; end"
    shell(s, word_keys=False, commands=[loop if "do" in c else c for c in COMMANDS])


def record_python(s):
    for text in ["x = 3", "y = x * 14", "print(x, y)", "import math", "math.sqrt(y + x)",
                 "[n for n in range(x)]", "words = 'one two three'.split()", "len(words)"]:
        s.line(text)
    s.type("print('helo', x)")
    s.keys([LEFT] * 6 + ["l", END, ENTER])
    s.keys([UP, ENTER])
    for text in ["d = {'a': 1}", "d['a'] += 2", "d", "sorted(words)", "''.join(words)"]:
        s.line(text)


def record_cat(s):
    for i in range(6):
        s.line(PROSE[i * 11:i * 11 + 50].strip())
    s.type("one two three")
    s.keys([ctrl("w"), BACKSPACE, BACKSPACE] + list("and four") + [ENTER])
    s.type("never mind")
    s.keys([ctrl("u")] + list("this instead") + [ENTER])
    s.line("name:\tvalue")


def record_vim(s):
    s.pause("i")
    s.type(PROSE)
    s.keys([ENTER])
    s.type(PROSE[:60])
    s.key(ESC, gap=400)
    s.keys(list("0wwx") + ["j", "k", "$", "b"])
    s.pause("i")
    s.type("very ")
    s.key(ESC, gap=400)
    s.pause("o")
    s.type("A third line, " + PROSE[:100])
    s.keys([BACKSPACE] * 6 + list("end.") + [LEFT] * 5 + list("the ") + [END, ENTER])
    for i in range(4):
        s.type(PROSE[i * 7:i * 7 + 60])
        s.keys([ENTER])
    s.key(ESC, gap=400)
    s.pause(":")
    s.type("w out.txt", typos=0)
    s.keys([ENTER])
    s.pause("i")
    s.type(PROSE[:70])
    s.key(ESC, gap=400)


def record_tmux(s):
    for command in COMMANDS[:10]:
        s.line(command)
    s.keys([ctrl("b"), "o"])
    for command in COMMANDS[:10]:
        s.line(command)


def record_secrets(s):
    s.line("echo hello")
    s.line("read -sp 'Password: ' p; echo")
    s.secret("hunter2secret")
    s.line("echo fine")
    s.line("./login")
    s.line("ann", typos=0)
    s.secret("correct horse")
    s.line("echo back")
    s.line("read -n3 x; read -s y", typos=0)
    s.keys(list("abc"))
    for key in "silentword":
        s.key(key, secret=True)
    s.keys([ENTER])
    s.line("echo done")
    s.line("read -s z", typos=0)
    s.secret("nothing is shown")
    s.line("ls")


def record_unicode(s):
    for text in ["echo \u4e2d\u6587\u8f93\u5165", "echo na\u00efve caf\u00e9", "echo \u65e5\u672c\u8a9e ok"]:
        s.line(text, typos=0)
    s.type("echo \u4e2d\u6587", typos=0)
    s.keys([BACKSPACE, BACKSPACE] + list("abc") + [ENTER])


def record_emacs(s):
    s.type(PROSE[:70])
    s.keys([ENTER])
    s.type("A second line of text")
    s.keys([ENTER, ENTER] + s.typist.text("the last one") + [ctrl("a")] + list("This is ") + [ctrl("e"), "."])
    s.keys([LEFT] * 5 + list("very ") + [ctrl("a"), ctrl("k")])
    s.type("Or another one")
    s.keys([ESC + "b", ESC + "b"] + list("quite ") + [ctrl("e"), ENTER])
    s.keys([UP, UP, UP, ctrl("e")] + list(" and more") + [BACKSPACE] * 4 + [DOWN, ctrl("a"), ctrl("d"), "a"])
    s.keys([ctrl("x"), ctrl("s")])
    s.keys([ESC + ">"])
    s.type(PROSE[30:100])
    s.keys([ENTER])


def record_irssi(s):
    for text in ["/echo hello there", "/echo how is everyone today?", "/window new hide", "/set theme"]:
        s.line(text)
    s.type("/echo one two three")
    s.keys([ctrl("w")] + list("four") + [ctrl("a")] + [RIGHT] * 6 + list("zero ") + [ctrl("e"), ENTER])
    s.keys([UP, ENTER])
    s.type("/echo not that")
    s.keys([ctrl("u")])
    s.line("/echo " + PROSE[:100])
    s.line("/help echo")
    s.line("/echo see you later")


def record_psql(s):
    for text in ["select * from town;", "select name, people from town order by people desc;", "\\d town",
                 "insert into town values ('Dale', 312, '1970-01-01');", "select count(*) from town;"]:
        s.line(text)
    s.line("select max(people),")
    s.line("  min(founded) from town;")
    s.type("select nme from town;")
    s.keys([ctrl("a")] + [RIGHT] * 8 + ["a", ctrl("e"), ENTER])
    s.type("delete from town where")
    s.keys([ctrl("u")])
    s.type("select 1 + 1 as two")
    s.keys([ctrl("w")] + list("sum;") + [ENTER, UP, UP, ENTER])
    s.line("update town set people = people + 1 where name = 'Berg' returning people;")


LOGIN = "#!/bin/sh\nprintf 'login: '; read n; stty -echo; printf 'Password: '; read p; stty echo; echo\n"


def environment_of(home):
    return {
        "HOME": str(home), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color", "LANG": "C.UTF-8",
        "SHELL": "/bin/bash", "PS1": "ann@host:~$ ", "HISTFILE": "/dev/null", "USER": "ann",
        "PYTHONSTARTUP": "",
    }


BASH = ["bash", "--norc", "--noprofile"]
PROGRAMS = {
    "bash": (BASH, record_bash),
    "zsh": (["zsh", "-f"], record_zsh),
    "fish": (["fish"], record_fish),
    "python": (["/usr/bin/python3", "-q"], record_python),
    "cat": (["cat"], record_cat),
    "vim": (["vim", "-u", "DEFAULTS", "-i", "NONE"], record_vim),
    "tmux": (["tmux", "-f", "tmux.conf", "-L", "skua-record", "new", "bash --norc --noprofile", ";",
              "split-window", "-h", "bash --norc --noprofile"], record_tmux),
    "secrets": (BASH, record_secrets),
    "unicode": (BASH, record_unicode),
    "emacs": (["emacs", "-nw", "-Q", "letter.txt"], record_emacs),
    "irssi": (["irssi", "--home=irssi"], record_irssi),
    "psql": (["psql", "-q"], record_psql),
}


def furnish(home):
    (home / "src").mkdir()
    (home / "src/a.c").write_text("int\nmain(void)\n{\n    return 0;\n}\n")
    (home / "notes.txt").write_text("first\nsecond\nthird\n")
    (home / "login").write_text(LOGIN)
    (home / "login").chmod(0o755)
    (home / "tmux.conf").write_text("set -g status-right ''\nset -g escape-time 10\n")
    (home / ".config/fish").mkdir(parents=True)
    (home / ".config/fish/config.fish").write_text(
        "set -U fish_greeting\nfunction fish_prompt; echo -n 'ann@host ~> '; end\n")


def surroundings_of(name, home):
    """What a program needs beside its files: gives variables for its environment."""
    return postgres.running(home) if name == "psql" else contextlib.nullcontext({})


def record(name):
    argv, play = PROGRAMS[name]
    if shutil.which(argv[0]) is None:
        sys.exit(f"record: {argv[0]} is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, surroundings_of(name, home) as needed:
        home = pathlib.Path(home)
        furnish(home)
        environment = {**environment_of(home), **needed}
        session = Session(name, argv, environment, home, seed=name)
        if name == "zsh":
            for line in ["PROMPT='ann%# ' RPROMPT='[main]'", "clear"]:
                session.line(line, typos=0)
            session.lines = session.lines[:1] + [f"out 0 {BRACKETED_PASTE.hex()}"]
            session.tty = None
            session.key(ctrl("l"))
        play(session)
        session.end()


def main():
    for name in sys.argv[1:] or PROGRAMS:
        record(name)


if __name__ == "__main__":
    main()
