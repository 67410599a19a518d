"""Any server with any client, ours and stock's: the same scripts must leave the same screens.

Where an end is stock the measure is stock's own pair; where both ends are ours it is the program run in
the same terminal with nothing between.
"""

import hashlib
import itertools
import random
import signal

import pytest

import pairs
import programs
from comparison import Comparer, Recorder
from conftest import require
from programs import BY_MAKER
from session_scripts import CTRL_D, ENTER, SCRIPTS, run
from surroundings import Surroundings
from terminal import Terminal

# (script, shot, server's maker, client's maker): what our end does better than stock's pair. There the
# measure is the program with nothing between, as it is where both ends are ours.
BETTER_THAN_STOCK = {
    ("vim", "left", "skua", "stock"): "the screen from before comes back, which stock's server forgets",
    ("less", "left", "skua", "stock"): "the screen from before comes back, which stock's server forgets",
    ("wide", "overwritten halves", "skua", "stock"): "half a wide character goes with its other half",
}

TRIPLES = list(itertools.product(("skua", "stock"), repeat=3))
SIZES = {"80x24": (80, 24), "200x60": (200, 60)}
IN_BOTH_SIZES = ("colours", "vim", "less", "seq_10000")
PLAYED = [pytest.param(script, size, id=f"{script.__name__}-{size}") for script in SCRIPTS for size in SIZES
          if size == "80x24" or script.__name__ in IN_BOTH_SIZES]
_MEASURES = {}  # what the measures of this process showed, by script, size and kind


@pytest.fixture
def pair(makers, surroundings):
    server, client = (BY_MAKER[maker] for maker in makers)
    with pairs.Pair(surroundings, server, client) as made:
        pairs.wait_prompt(made.terminal)
        yield made


def _direct(surroundings, columns, rows):
    return Terminal(["/bin/bash", "-l"], surroundings.env(NCURSES_NO_UTF8_ACS="1"), columns, rows,
                    cwd=surroundings.home)


def _measure(script, size, is_direct, folder):
    """The shots of a script in stock's pair or in no session at all; played once in each process."""
    key = script, size, is_direct
    if key not in _MEASURES:
        surroundings = Surroundings(folder)
        try:
            if is_direct:
                with _direct(surroundings, *SIZES[size]) as terminal:
                    _MEASURES[key] = _record(terminal, script)
            else:
                require(programs.why_not(programs.STOCK))
                columns, rows = SIZES[size]
                with pairs.Pair(surroundings, programs.STOCK, programs.STOCK, columns=columns,
                                rows=rows) as stock:
                    _MEASURES[key] = _record(stock.terminal, script)
        finally:
            surroundings.end_strays()
    return _MEASURES[key]


def _record(terminal, script):
    pairs.wait_prompt(terminal)
    recorder = Recorder(terminal)
    script(terminal, recorder)
    return recorder.shots


@pytest.mark.parametrize("script,size", PLAYED)
def test_screens_are_equal(script, size, makers, surroundings, tmp_path):
    measure = dict(_measure(script, size, makers == ("skua", "skua"), tmp_path / "measure"))
    for (name, shot, *of) in BETTER_THAN_STOCK:
        if name == script.__name__ and tuple(of) == makers:
            measure[shot] = _measure(script, size, True, tmp_path / "direct")[shot]
    server, client = (BY_MAKER[maker] for maker in makers)
    columns, rows = SIZES[size]
    with pairs.Pair(surroundings, server, client, columns=columns, rows=rows) as subject:
        pairs.wait_prompt(subject.terminal)
        comparer = Comparer(subject.terminal, measure)
        script(subject.terminal, comparer)
        assert not comparer.differences, "\n".join(comparer.differences)


def test_top_runs_and_leaves(pair):
    terminal = pair.terminal
    terminal.send("top -d 60" + ENTER)
    terminal.wait_text("PID USER")
    row = next(y for y, line in enumerate(terminal.display.lines()) if "PID USER" in line)
    terminal.wait_for(lambda: terminal.display.cells()[row][10].reverse, what="a reversed head")
    terminal.send("q")
    terminal.wait_last_line("$ ")
    run(terminal, "echo alive", "after")


def test_paste_arrives_whole(pair):
    generator = random.Random(7)
    text = "".join("".join(generator.choices("abcdefghijklmnopqrstuvwxyz0123456789 ", k=63)) + "\n"
                   for _ in range(1600))
    run(pair.terminal, "stty -echo", "ready")
    pair.terminal.send("cat >paste; sha256sum paste" + ENTER)
    pair.terminal.wait_quiet()
    pair.terminal.send(text + CTRL_D)
    pair.terminal.wait_text(hashlib.sha256(text.encode()).hexdigest(), 60)


def test_shell_exit_ends_the_client(pair):
    pair.terminal.send("exit" + ENTER)
    assert pair.terminal.wait_exit() == 0
    pair.server.wait_gone()


def test_escape_key_quits(pair):
    pair.terminal.send("\x1e.")
    assert pair.terminal.wait_exit() == 0
    pair.server.wait_gone()


def test_client_tells_of_a_dead_server(pair):
    pair.server.signal(signal.SIGKILL)
    pair.terminal.wait_for(lambda: "last contact" in pair.terminal.text.lower(), 30,
                           "a notice of the last contact")
    assert pair.terminal.is_alive
    pair.terminal.send("\x1e.")
    assert pair.terminal.wait_exit(30) == 1  # nobody acknowledged


@pytest.mark.parametrize("triple", TRIPLES, ids=lambda t: f"{t[0]}_launcher-{t[1]}_client-{t[2]}_server")
def test_launchers_start_sessions(triple, surroundings, sshd):
    launcher, client, server = (BY_MAKER[maker] for maker in triple)
    require(programs.why_not(launcher, client, server))
    with pairs.launch(surroundings, sshd, launcher, client, server) as terminal:
        pairs.wait_prompt(terminal, 30)
        run(terminal, "seq 30; stty size; echo $TERM", "launched")
        assert "24 80" in terminal.display.lines() and "xterm-256color" in terminal.display.lines()
        terminal.send("exit" + ENTER)
        assert terminal.wait_exit() == 0
        assert "is exiting.]" in terminal.text
