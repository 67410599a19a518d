"""The user's own terminal: what it is asked, what becomes of its answers, and that it is given back."""

import re
import signal

import pytest

import pairs
from session_scripts import ENTER, run
from waiting import outage

# What a terminal answers, by what it is asked. The device attributes end the questions.
FENCE = b"\x1b[c"
ANSWERS = {
    b"\x1b[>q": b"\x1bP>|foot(1.16.2)\x1b\\",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?2027$p": b"\x1b[?2027;2$y",
    b"\x1b[?1016$p": b"\x1b[?1016;2$y",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b]10;?\x1b\\": b"\x1b]10;rgb:eeee/dddd/cccc\x1b\\",
    b"\x1b]11;?\x1b\\": b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    b"\x1bP+q524742;536D756C78;536574756C63\x1b\\":
        b"\x1bP1+r524742=382f382f38\x1b\\\x1bP1+r536d756c78=1b5b343a\x1b\\\x1bP0+r536574756c63\x1b\\",
    b"\x1b[16t": b"\x1b[6;21;11t",
    FENCE: b"\x1b[?62;22c",
}
ASKED = b"".join(ANSWERS)
ALL_ANSWERS = b"".join(ANSWERS.values())

# A program that writes what it asks, then what arrives, to files of its home.
RECORD = ["/bin/sh", "-c", "stty raw -echo; : >typed; printf ready; exec tee typed >/dev/null"]

MODES_ON = (r"\e[?1000h\e[?1002h\e[?1003h\e[?1006h\e[?1004h\e[?2004h\e[?1007h\e[?1016h\e[?5h\e[?25l\e[?1h"
            r"\e[?1049h\e[5 q\e[>1u\e[>4;2m\e[4:3;31m\e]8;;http://x.invalid/\e\\link\r\n")


@pytest.fixture
def session(surroundings, terminals, skua):
    """Call it to start a session in a terminal that answers nothing by itself: (server, terminal).
    Variables go to the client; None takes one away."""
    def start(command=(), **changed):
        env = {**surroundings.env(), **changed}
        server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK], command)
        env["MOSH_KEY"] = server.key
        terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)],
                             {name: value for name, value in env.items() if value is not None},
                             answers=False)
        return server, terminal
    return start


@pytest.fixture
def recorded(session, surroundings):
    """Call it to start a session that records what is typed: (terminal, read())."""
    def start(**changed):
        _, terminal = session(RECORD, **changed)
        terminal.wait_text("ready")
        return terminal, lambda: (surroundings.home / "typed").read_bytes()
    return start


def wait_typed(terminal, read, wanted):
    terminal.wait_for(lambda: len(read()) >= len(wanted), what=lambda: f"{read()!r} becomes {wanted!r}")
    assert read() == wanted


def test_asked_once_before_the_first_paint(session):
    _, terminal = session()
    terminal.wait_text("$ ")  # and it does not wait for answers
    assert terminal.output.count(ASKED) == 1
    assert terminal.output.index(ASKED) < terminal.output.index(b"\x1b[2J")
    assert terminal.output.index(b"\x1b[?1h") < terminal.output.index(ASKED)


@pytest.mark.parametrize("term,asked", [
    ("xterm-256color", ASKED), ("linux", FENCE), ("dumb", None),
    ("screen", ASKED.replace(b"\x1bP+q524742;536D756C78;536574756C63\x1b\\", b"")),
    ("tmux-256color", ASKED.replace(b"\x1bP+q524742;536D756C78;536574756C63\x1b\\", b"")),
    ("", None),
], ids=["xterm", "linux", "dumb", "screen", "tmux", "empty"])
def test_what_is_asked_of_whom(session, term, asked):
    _, terminal = session(TERM=term)
    terminal.wait_text("$ ")
    if asked is None:
        assert FENCE not in terminal.output and b"\x1b[>q" not in terminal.output
    else:
        assert asked in terminal.output
        assert terminal.output.count(FENCE) == 1
        assert len([q for q in ANSWERS if q in terminal.output]) == len([q for q in ANSWERS if q in asked])


def test_user_may_forbid_questions(session):
    _, terminal = session(SKUA_TERM_FEATURES="links,-probe")
    terminal.wait_text("$ ")
    assert FENCE not in terminal.output


@pytest.mark.parametrize("pieces", [len(ALL_ANSWERS), 1, 7], ids=["at once", "by byte", "by seven"])
def test_answers_are_never_typed(recorded, pieces):
    terminal, read = recorded()
    terminal.send(b"before")
    for start in range(0, len(ALL_ANSWERS), pieces):
        terminal.send(ALL_ANSWERS[start:start + pieces])
    terminal.send(b"after\x1b[A")
    wait_typed(terminal, read, b"beforeafter\x1b[A")


@pytest.mark.slow
def test_late_answers_are_never_typed(recorded):
    terminal, read = recorded()
    outage(2, [terminal])
    terminal.send(ALL_ANSWERS + b"typed")
    wait_typed(terminal, read, b"typed")
    terminal.wait_for(lambda: b"\x1b[?2026h" in terminal.output, what="a paint that uses what was learnt")


def test_what_looks_like_an_answer_is_typed_when_not_asked_for(recorded):
    terminal, read = recorded(SKUA_TERM_FEATURES="-probe")
    terminal.send(ALL_ANSWERS)
    wait_typed(terminal, read, ALL_ANSWERS)


def test_answers_change_what_is_painted(session):
    _, terminal = session()
    terminal.wait_text("$ ")
    terminal.send(r"clear; printf '\e[4:3;58:5:9mcurly\e[0m \e]8;;http://x.invalid/\e\\link\e]8;;\e\\ done\n'" + ENTER)
    terminal.wait_line("curly link done")
    assert b"\x1b[4:3" not in terminal.output and b"\x1b]8;" not in terminal.output
    before = len(terminal.output)
    terminal.send(ALL_ANSWERS)
    terminal.wait_for(lambda: b"link" in terminal.output[before:], what="a repaint")
    painted = bytes(terminal.output[before:])
    assert b"\x1b[>0u" in painted.split(b"\x1b[2J")[0]
    assert b"\x1b[?2026h" in painted and b"4:3" in painted and b";http://x.invalid/" in painted


QUERY = (r"import os,sys,termios,tty,select; old=termios.tcgetattr(0); tty.setraw(0); "
         r"os.write(1, sys.argv[1].encode().decode('unicode_escape').encode('latin-1')); got=b''"
         "\nwhile select.select([0],[],[],10)[0]:\n got+=os.read(0,99)\n if got.endswith(b'c'): break\n"
         "termios.tcsetattr(0,0,old); print(repr(got))")


def ask(terminal, surroundings, query):
    """What a program in the session is answered, the closing device attributes left out."""
    (surroundings.home / "ask.py").write_text(QUERY)
    terminal.send(f"clear; /usr/bin/python3 ask.py '{query}\\x1b[c'{ENTER}")
    terminal.wait_for(lambda: any(line.startswith("b'") for line in terminal.display.lines()), 20)
    terminal.wait_last_line("$ ")
    text = "".join(terminal.display.lines()).partition("b'")[2].partition("'")[0]
    return re.sub(r"\\x1b\[\?6[24][0-9;]*c$", "", text)


def test_record_reaches_the_program(session, surroundings):
    """What the terminal answered late is what programs are told from then on."""
    _, terminal = session(COLORTERM=None)
    terminal.wait_text("$ ")
    queries = r"\x1b[?u\x1b]11;?\x07\x1b[16t"
    assert ask(terminal, surroundings, queries) == ""
    terminal.send(ALL_ANSWERS)
    terminal.wait_for(lambda: ask(terminal, surroundings, queries) ==
                      r"\x1b[?0u\x1b]11;rgb:1e1e/1e1e/1e1e\x07\x1b[6;21;11t", 20)


@pytest.mark.parametrize("colorterm,shown", [("truecolor", "truecolor"), (None, "none")], ids=["direct", "unknown"])
def test_shell_is_told(session, colorterm, shown):
    _, terminal = session(COLORTERM=colorterm)
    pairs.wait_prompt(terminal)
    run(terminal, "echo $TERM ${COLORTERM-none}", "told")
    assert f"xterm-256color {shown}" in terminal.display.lines()


# The way out


def modes_left(output):
    """What a program's output leaves switched on in a terminal that knows everything."""
    on = set()
    for match in re.finditer(rb"\x1b\[\?([0-9;]+)([hl])|\x1b\[(>|<|=)([0-9;]*)([um])|\x1b\[(\d*) q"
                             rb"|\x1b\]8;[^;]*;([^\x1b\x07]*)|\x1b\[(2[23]);0t", bytes(output)):
        modes, final, prefix, params, kind, style, link, stack = match.groups()
        for mode in (modes or b"").split(b";"):
            if mode:
                (on.discard if final == b"l" else on.add)(int(mode))
        if kind == b"u" and prefix in (b">", b"<"):
            (on.add if prefix == b">" else on.discard)("keyboard")
        if kind == b"m" and prefix == b">":
            (on.discard if params in (b"4", b"4;0") else on.add)("other keys")
        if style is not None:
            (on.discard if style in (b"", b"0") else on.add)("cursor style")
        if link is not None:
            (on.add if link else on.discard)("link")
        if stack is not None:
            (on.add if stack == b"22" else on.discard)("title")
    return on


LEAVE = [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGSEGV, signal.SIGABRT,
         signal.SIGBUS, signal.SIGFPE, signal.SIGILL, "exit", "escape key"]


@pytest.mark.parametrize("leave", LEAVE, ids=lambda leave: getattr(leave, "name", leave))
def test_everything_is_switched_off(session, leave):
    _, terminal = session(SKUA_TERM_FEATURES="modify-other-keys")
    pairs.wait_prompt(terminal)
    terminal.send(ALL_ANSWERS)
    terminal.wait_for(lambda: b"\x1b[>0u" in terminal.output, what="the answers being put to use")
    run(terminal, f"printf '{MODES_ON}'; sleep 0.1", "on")
    terminal.wait_quiet()
    on = modes_left(terminal.output)
    assert {1, 5, 1003, 1004, 1016, 2004, 1049, "cursor style", "keyboard", "other keys", "title"} <= on
    if leave == "exit":
        terminal.send("exit" + ENTER)
    elif leave == "escape key":
        terminal.send("\x1e.")
    else:
        terminal.signal(leave)
    is_crash = not isinstance(leave, str) and leave not in LEAVE[:4]
    assert terminal.wait_exit() == (128 + leave if is_crash else 0)
    assert modes_left(terminal.output) == {25}
    assert terminal.settings == terminal.settings_before
    assert not terminal.display.is_alternate


def test_answers_to_a_short_session_do_not_reach_the_shell(session):
    """A terminal that is slower than the whole session: what it says then is still taken in."""
    _, terminal = session(["/bin/true"])
    terminal.wait_for(lambda: b"\x1b[?1049l" in terminal.output or not terminal.is_alive, what="the end")
    terminal.send(ALL_ANSWERS)
    assert terminal.wait_exit() == 0
    assert terminal.unread() == 0
