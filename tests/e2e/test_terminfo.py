"""What the server promises with TERM: each string that terminfo has for xterm-256color does what it is
named for, or is swallowed without a trace."""

import curses
import re
import shutil
import subprocess

import pytest

import emulation
import pairs
from conftest import require

TERM = "xterm-256color"
COLUMNS, ROWS = 10, 5

# Before each: rows abcd, efgh, ijkl; the cursor on the g.
SCREEN = b"abcd\r\nefgh\r\nijkl\x1b[2;3H"
# And what an X leaves that comes after something unseen.
UNSEEN = "abcd/efXh/ijkl"
HOME = "Xbcd/efgh/ijkl"

# name: (parameters, what is written after it, rows[, attributes and modes])
EFFECTS = {
    "cr": ((), "X", "abcd/Xfgh/ijkl"),
    "bel": ((), "X", UNSEEN, "bell=1"),
    "blink": ((),
    "X", UNSEEN, "sgr 2;3=5 pen=5"),
    "bold": ((),
    "X", UNSEEN, "sgr 2;3=1 pen=1"),
    "dim": ((),
    "X", UNSEEN, "sgr 2;3=2 pen=2"),
    "invis": ((),
    "X", UNSEEN, "sgr 2;3=8 pen=8"),
    "rev": ((),
    "X", UNSEEN, "sgr 2;3=7 pen=7"),
    "sitm": ((),
    "X", UNSEEN, "sgr 2;3=3 pen=3"),
    "smso": ((),
    "X", UNSEEN, "sgr 2;3=7 pen=7"),
    "smul": ((),
    "X", UNSEEN, "sgr 2;3=4 pen=4"),
    "smxx": ((),
    "X", UNSEEN, "sgr 2;3=9 pen=9"),
    "cbt": ((), "X", "abcd/Xfgh/ijkl"),
    "civis": ((), "X", UNSEEN, "hidden"),
    "clear": ((), "X", "X"),
    "csr": ((1, 2), "\n\n\n\rX", "abcd/ijkl/X"),
    "cub": ((2,), "X", "abcd/Xfgh/ijkl"), "cub1": ((), "X", "abcd/eXgh/ijkl"),
    "cud": ((2,), "X", "abcd/efgh/ijkl/  X"), "cud1": ((), "X", "abcd/efgh/ijXl"),
    "cuf": ((2,), "X", "abcd/efghX/ijkl"), "cuf1": ((), "X", "abcd/efgX/ijkl"),
    "cup": ((3, 4), "X", "abcd/efgh/ijkl/    X"),
    "cuu": ((2,), "X", "abXd/efgh/ijkl"), "cuu1": ((), "X", "abXd/efgh/ijkl"),
    "dch": ((2,), "X", "abcd/efX/ijkl"), "dch1": ((), "X", "abcd/efX/ijkl"),
    "dl": ((1,), "X", "abcd/Xjkl"), "dl1": ((), "X", "abcd/Xjkl"),
    "ech": ((2,), "", "abcd/ef/ijkl"), "ed": ((), "", "abcd/ef"), "el": ((), "", "abcd/ef/ijkl"),
    "el1": ((), "", "abcd/   h/ijkl"),
    "home": ((), "X", "Xbcd/efgh/ijkl"), "hpa": ((3,), "X", "abcd/efgX/ijkl"),
    "ht": ((), "X", "abcd/efgh    X/ijkl"), "hts": ((), "\r\tX", UNSEEN),
    "tbc": ((), "\r\tX", "abcd/efgh     X/ijkl"),
    "ich": ((2,), "X", "abcd/efX gh/ijkl"),
    "il": ((1,), "X", "abcd/X/efgh/ijkl"), "il1": ((), "X", "abcd/X/efgh/ijkl"),
    "ind": ((), "X", "abcd/efgh/ijXl"), "indn": ((1,), "X", "efgh/ijXl"),
    "ri": ((), "X", "abXd/efgh/ijkl"), "rin": ((1,), "X", "/abXd/efgh/ijkl"),
    "nel": ((), "X", "abcd/efgh/Xjkl"),
    "rep": ((ord("X"), 3), "", "abcd/efXXX/ijkl"),
    "setaf": ((1,), "X", UNSEEN, "sgr 2;3=31 pen=31"), "setab": ((2,), "X", UNSEEN, "sgr 2;3=42 pen=42"),
    "smacs": ((), "q", "abcd/ef─h/ijkl"),
    "smam": ((), "\x1b[5;10HXY", "efgh/ijkl//         X/Y"),
    "rmam": ((), "\x1b[5;10HXY", "abcd/efgh/ijkl//         Y"),
    "smir": ((), "X", "abcd/efXgh/ijkl"),
    "smcup": ((), "X", "/  X", "alt"),
    "smglr": ((1, 2), "WXYZ", "WXYd/eZgh/ijkl"),
    "smglp": ((2,), "\x1b[4GX\rY", "abYX/efgh/ijkl"),
    "smgrp": ((3,), "\x1b[2;3HXYZ", "abcd/efXY/Zjkl"),
    "vpa": ((3,), "X", "abcd/efgh/ijkl/  X"),
    "sgr": ((0, 1, 1, 0, 0, 1, 0, 0, 0), "X", UNSEEN, "sgr 2;3=1;4;7 pen=1;4;7"),
    "smkx": ((), "X", UNSEEN, "appcur keypad"),
    "BE": ((), "X", UNSEEN, "2004"),
    "XM": ((1,), "X", UNSEEN, "mouse=1000 enc=1006"),
    "Ss": ((3,), "X", UNSEEN, "style=3"), "Se": ((), "X", UNSEEN, "style=2"),
    "flash": ((), "X", UNSEEN), "cvvis": ((), "X", UNSEEN),
    "rs1": ((), "X", "X"), "is2": ((), "X", "X"), "rs2": ((), "X", "X"),  # ?3l clears
    "rc": ((), "X", HOME),
}
SWALLOWED = ("E3", "mc0", "mc4", "mc5", "meml", "memu", "mgc", "smm", "rmm", "oc", "Cr", "PS", "PE")

# What takes something back: what it takes back, with parameters, and the rows after both and an X.
UNDOES = {
    "BD": ("BE", (), UNSEEN), "cnorm": ("civis", (), UNSEEN), "mgc": ("smglr", (1, 2), HOME),
    "op": ("setaf", (1,), UNSEEN), "ritm": ("sitm", (), UNSEEN), "rmacs": ("smacs", (), UNSEEN),
    "rmcup": ("smcup", (), UNSEEN), "rmir": ("smir", (), UNSEEN), "rmkx": ("smkx", (), UNSEEN),
    "rmso": ("smso", (), UNSEEN), "rmul": ("smul", (), UNSEEN), "rmxx": ("smxx", (), UNSEEN),
    "sgr0": ("sgr", (0, 1, 1, 0, 0, 1, 0, 0, 0), UNSEEN), "rc": ("sc", (), UNSEEN),
}

# What a program learns by asking: parameters, a question and its answer.
REPORTED = {
    "initc": ((1, 1000, 0, 502), r"\x1b]4;1;?\x07", "\x1b]4;1;rgb:ffff/0000/8080\x07"),
    "Cs": ((b"#123456",), r"\x1b]12;?\x07", "\x1b]12;rgb:1212/3434/5656\x07"),
    "u7": ((), "", "\x1b[1;1R"),
    "u9": ((), "", "\x1b[?64;6;22;28c"),
}

# Not for output: patterns of answers (u6 is u7's), and of what the mouse sends; Ms has a test of its own.
PATTERNS = ("u6", "u8", "xm", "Ms", "acsc")


def capability(name, parameters=()):
    text = curses.tigetstr(name)
    assert text, f"terminfo has no {name}"
    if parameters and isinstance(parameters[0], bytes):
        text = text.replace(b"%p1%s", parameters[0])
    elif parameters:
        text = curses.tparm(text, *parameters)
    return re.sub(rb"\$<\d+/?\*?>", b"", text)  # waits


def names():
    """What infocmp lists, but for keys."""
    if shutil.which("infocmp") is None:
        return []
    listed = subprocess.run(["infocmp", "-1x", TERM], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\t(\w+)=", listed, re.MULTILINE)


@pytest.fixture(autouse=True, scope="module")
def terminfo():
    require(emulation.why_not())
    if not names():
        pytest.skip(f"no infocmp, or it does not know {TERM}")
    curses.setupterm(TERM, 1)


def look(data, folder):
    """The rows joined by slashes, and what else there is to say of the screen."""
    *rows, _, extras = emulation.shown_bytes(data, folder, columns=COLUMNS, rows=ROWS, attributes=True)
    return "/".join(rows).rstrip("/"), re.sub(r"\boff=\d+ $", "", extras).strip()


def test_every_capability_is_tested():
    known = {*EFFECTS, *SWALLOWED, *UNDOES, *REPORTED, *PATTERNS, *(on for on, _, _ in UNDOES.values())}
    assert [name for name in names() if not name.startswith("k") and name not in known] == []


@pytest.mark.parametrize("name", [*EFFECTS, *SWALLOWED])
def test_effect(name, tmp_path):
    parameters, after, rows, *extras = EFFECTS.get(name, ((), "X", UNSEEN))
    data = SCREEN + capability(name, parameters) + after.encode()
    assert look(data, tmp_path) == (rows, extras[0] if extras else "")


@pytest.mark.parametrize("name", UNDOES)
def test_undoing(name, tmp_path):
    what, parameters, rows = UNDOES[name]
    between = b"\x1b[H" if name == "rc" else b"some text" if name == "rmcup" else b""
    data = SCREEN + capability(what, parameters) + between + capability(name) + b"X"
    assert look(data, tmp_path) == (rows, "")


@pytest.mark.parametrize("name", REPORTED)
def test_reported(name, tmp_path):
    parameters, question, answer = REPORTED[name]
    written = "".join(f"\\x{byte:02x}" for byte in capability(name, parameters))
    assert emulation.ask([written + question], tmp_path) == [answer]


def test_clipboard(tmp_path):
    data = SCREEN + capability("Ms").replace(b"%p1%s", b"c").replace(b"%p2%s", b"aGk=") + b"X"
    rows, extras = look(data, tmp_path)
    assert rows == UNSEEN and "clip" in extras and "aGk=" in extras


def test_line_drawing(tmp_path):
    """acsc: pairs of a VT100 name and the character that draws it after smacs."""
    drawn = "".join(map(chr, capability("acsc")[1::2]))
    shown = emulation.shown_bytes(capability("smacs") + drawn.encode() + capability("rmacs") + b"q", tmp_path)
    assert shown[0] == "◆▒°±␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·q"


def test_keys_reach_the_program(surroundings, terminals, skua):
    """As the terminal sends them after smkx, so does the program get them: it has asked for that as well."""
    keys = b"".join(capability(name) for name in names() if name.startswith("k")) + b"\x1b[200~text\x1b[201~"
    assert len(keys) > 500
    env = surroundings.env()
    smkx = capability("smkx").decode().replace("\x1b", r"\033")
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK], [
        "/bin/sh", "-c", f"stty raw -echo; : >typed; printf '{smkx}ready'; exec tee typed >/dev/null"])
    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**env, "MOSH_KEY": server.key})
    terminal.wait_text("ready")
    terminal.send(keys)
    typed = surroundings.home / "typed"
    terminal.wait_for(lambda: len(typed.read_bytes()) >= len(keys), what="all keys")
    assert typed.read_bytes() == keys
