"""vttest's pages in a session look as they do in xterm (vttest/*.txt, recorded by vttest_record.py)."""

import difflib
import re
import shutil
from pathlib import Path

import pytest

import pairs
import vttest_play as vttest
from waiting import DeadlineError

RECORDED = Path(__file__).with_name("vttest")

# Where we are meant to differ from xterm (docs/TERMINAL.md, "Where it differs from xterm"): the screen, what it
# is there, what it is here.
OURS = [
    # DEL is no character, not even in a set of 96.
    ("3.9", "\u00fe\u00ff", "\u00fe"), ("3.11", r"127: \(\u00ff\)", "127: (\u00a9"),
    # Another terminal: its level and features, its version, its unit.
    ("6.4", r"<27> \[ \? 6 4 ; .*?28 = rectangular editing\n", "<27> [ ? 6 4 ; 6 ; 2 2 ; 2 8 ; 5 2 c  VT400 family\n"
     " 10:r 48:.\n|    6 = selective erase\n|    22 = color\n|    28 = rectangular editing\n|    52 = BAD VALUE\n"
     + 8 * "|\n"),
    ("6.5", r"<27> \[ > 4 1 ; .*version 37.9",
     "<27> [ > 1 ; 1 0 ; 0 c\n 9:r 33:.\n|         Pp=1 (VT220)\n|         Pv=10, firmware version 1.0"),
    ("6.6", "0 0 0 0 0 0 0 0", "5 3 4 B 5 5 4 1"),
]


@pytest.mark.parametrize("page", vttest.PAGES)
def test_page(page, surroundings, terminals, skua, tmp_path):
    if shutil.which("vttest") is None:
        pytest.skip("not installed: vttest")
    env = surroundings.env()
    said = tmp_path / "said"
    command = ["script", "-qfc", " ".join(vttest.COMMAND), str(said)]
    server = pairs.Server(skua.server, env, ["-i", pairs.LOOPBACK], command)
    terminal = terminals([skua.client, pairs.LOOPBACK, str(server.port)], {**env, "MOSH_KEY": server.key},
                         columns=vttest.COLUMNS, rows=vttest.ROWS)
    recorded = vttest.read(RECORDED / f"{page}.txt")
    seen = []
    wrong = []

    def shot(name):
        seen.append(name)
        wanted = recorded.get(name, "a screen that xterm does not come to")
        for where, theirs, changed in OURS:
            if where == page:
                wanted = re.sub(theirs, lambda _, to=changed: to, wanted, flags=re.DOTALL)
        try:
            terminal.wait_for(lambda: vttest.dump(terminal.display.cells()) == wanted, 20)
        except DeadlineError:
            ours = vttest.dump(terminal.display.cells())
            wrong.extend(difflib.unified_diff(wanted.split("\n"), ours.split("\n"), f"{name} in xterm", "ours",
                                              n=1, lineterm=""))

    vttest.Walk(terminal, lambda: said.read_bytes() if said.exists() else b"").play(page, shot)
    assert not wrong, "\n" + "\n".join(wrong)
    assert seen == list(recorded)
