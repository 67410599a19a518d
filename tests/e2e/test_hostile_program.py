"""What a program in the session may write: through our server's emulator, the wire and our client, to the
user's terminal. The session stays usable, and the user's terminal hears nothing that our painter does not
compose. docs/SECURITY.md, "Bad inputs", table X; tests/conformance/safety.c has the bounds."""

import random

import pytest

import pairs
import programs
from conftest import require
from evil import FORBIDDEN
from session_scripts import ENTER, run
from surroundings import PROMPT, Surroundings

PATIENCE_S = 120
MIB = 1 << 20

FILES = {
    "counts": b"".join(b"\x1b[2147483647%c\x1b[65535;65535%c" % (final, final) for final in b"@ABCDEFGHILMPSTXZb") +
              b"\x1b[" + b";" * MIB + b"m" + b"\x1b[" + b"1;" * 65535 + b"H",
    "strings that do not end": b"".join(start + b"A" * MIB for start in (b"\x1b]0;", b"\x1b\\\x1b]52;c;", b"\x1b\\\x1bP",
                                                                         b"\x1b\\\x1b_", b"\x1b\\\x1b^")) + b"\x18",
    "questions": b"\x1b]52;c;?\x07\x1b]52;c;no base64!\x07\x1b]50;?\x07\x1b[20t\x1b[21t\x1b[1;1;1;1;9;9*y\x05"
                 b"\x1bP$qnonsense\x1b\\\x1bP+qzz\x1b\\" * 50,
    "clipboards": b"\x1b]52;c;" + b"QUFB" * (MIB // 4) + b"\x07" + b"\x1b]52;c;QUFB\x07" * 1000,
    "titles": "\x1b]0;a\u202eb\u0085c\u2028\x07\x1b]2;".encode() + b"T" * 10_000 + b"\x07\x1b]0;\xff\xfe\x1b\\" +
              b"".join(b"\x1b]0;title %d\x07" % number for number in range(1000)),
    "links": b"\x1b]8;;javascript:alert(1)\x07a\x1b]8;;file:///etc/passwd\x07b\x1b]8;;http://x/\x01\x07c\x1b]8;;http://" +
             b"x" * MIB + b"\x07d\x1b]8;;https://example.org/\x07never closed",
    "text": b"\xc0\x80\xe0\x80\x80\xed\xa0\x80\xf5\x80\x80\x80\x80\x9f\xff" * 1000 + "日本語".encode() * 500,
    "marks": b"e" + "\u0301".encode() * 100_000 + "\u200d\ufe0f👩".encode() * 10_000 + b"\x1b[2J" + "\u0301".encode(),
    "regions": b"\x1b[0;0r\x1b[9;2r\x1b[?6h\x1b[3g\x1b[99Z\x1b[5;5r\x1b[?69h\x1b[9;2s" * 100 + b"\x1b[r\x1b[?6l\x1b[?69l",
    "screens": b"\x1b[?1049h\x1b[?47h\x1b[?1048h\x1b[?1047l\x1b[?1049l" * 100_000 + b"\x1b[?1049h\x1bc\x1b[?1003h",
    "noise": random.Random(11).randbytes(8 * MIB),
}


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """One for all of them: each has to leave it usable for the next."""
    require(programs.why_not(programs.SKUA))
    surroundings = Surroundings(tmp_path_factory.mktemp("hostile") / "home")
    with pairs.Pair(surroundings, programs.SKUA, programs.SKUA) as pair:
        pairs.wait_prompt(pair.terminal, PATIENCE_S)
        yield pair.terminal, surroundings.home
    surroundings.end_strays()


@pytest.mark.parametrize("name", FILES)
def test_hostile_output(session, name):
    terminal, home = session
    works = home / "works"
    lines = works.read_text().split() if works.exists() else []
    (home / "hostile").write_bytes(FILES[name])
    (home / "shown").unlink(missing_ok=True)
    start = len(terminal.output)
    # What answers there are come to cat's terminal and not to the shell: they are thrown away.
    terminal.send("stty -echo; cat hostile && touch shown; printf '\\033\\\\\\033c'; stty echo; read -t 1 -n 100000; "
                  f"clear; echo us''able{len(lines)}." + ENTER)
    terminal.wait_text(f"usable{len(lines)}.", PATIENCE_S)
    terminal.send("\x03")
    terminal.wait_last_line(PROMPT, PATIENCE_S)
    assert (home / "shown").exists()
    run(terminal, f"echo {len(lines)} >>works", f"fine{len(lines)}", PATIENCE_S)
    assert works.read_text().split() == [*lines, str(len(lines))]
    found = FORBIDDEN.search(terminal.output, start)
    assert found is None, found
    for power in ("\u202e", "\u2028"):
        assert power.encode() not in terminal.output[start:]
