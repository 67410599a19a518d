"""Faults of stock that a user meets as accidents of timing. Here the order of keys, answers and frames is chosen: by a
gate between client and server (gate.py), and by stopping an end or the program. F9, F10, F14, F15 and F18
in docs/PREDICTION.md.
"""

import os
import shutil
import signal
from contextlib import contextmanager

import pytest

import programs
import waiting
from gate import DOWN, UP
from held import DEADLINE_S, ESCAPE, Held

SERVERS = ["skua", "stock"]
TRIES = 6

# Datagrams: an echo, its acknowledgement, and both again in one as nobody answers.
ANSWERS = 6

# Longer than a server takes to say that a key has had time to be echoed, shorter than we wait for the echo then.
LATE_S = 0.1

# Stock underlines once an answer is overdue by five seconds.
UNDERLINED_S = 6

_FISH = "set -U fish_greeting\nfunction fish_prompt; echo -n '$ '; end\n"


@contextmanager
def taught(surroundings, client, server):
    """At a shell that has echoed some lines."""
    with Held(surroundings, client, server) as made:
        made.clear()
        made.teach()
        yield made


@pytest.fixture(params=SERVERS)
def session(request, surroundings):
    """Our client."""
    if reason := programs.why_not(programs.SKUA, programs.BY_MAKER[request.param]):
        pytest.skip(reason)
    with taught(surroundings, "skua", request.param) as made:
        yield made


@pytest.fixture
def stock_session(surroundings, stock):
    """Stock's client and server."""
    with taught(surroundings, "stock", "stock") as made:
        yield made


def new_line(session):
    session.send("\x03")
    session.wait_row("$ ")
    session.settle()


def type_answered(session, keys):
    for i, key in enumerate(keys):
        session.send(key)
        session.wait_row("$ " + keys[:i + 1])
        session.settle()


def stop(pid):
    os.kill(pid, signal.SIGSTOP)
    waiting.until(lambda: waiting.process_state(pid) == "T", DEADLINE_S, f"process {pid} stops")


def go_on(pid):
    os.kill(pid, signal.SIGCONT)


def wait_answers(session):
    waiting.until(lambda: session.gate.count(DOWN) >= ANSWERS, DEADLINE_S, "the server answers")


# F9: a key and a frame in one turn

def key_with_frame(session, is_together):
    """An "a" is answered while the client hears nothing. Then the client gets the answer, and a "b" in the same turn or
    later; the server has been stopped by then. Returns what the row comes to show."""
    at, client = session.cursor[0], session.terminal.process.pid
    session.gate.shut(DOWN)
    session.send("a")
    wait_answers(session)
    stop(session.server.pid)
    stop(client)
    session.gate.release_last(DOWN)
    if is_together:
        session.send("b" + ESCAPE)
        go_on(client)
    else:
        go_on(client)
        session.wait_row("$ a")
        session.settle()
        session.send("b" + ESCAPE)
    session.wait_commands()
    row = session.lines[at]
    session.gate.open(DOWN)
    go_on(session.server.pid)
    session.end_commands()
    session.settle()
    new_line(session)
    return row


def test_a_key_comes_with_a_frame(session):
    assert "$ ab" in [key_with_frame(session, True) for _ in range(2)]


def test_stock_judges_by_the_picture_before(stock_session):
    """It hides the "b" that it shows where the same frame comes a moment earlier."""
    rows = []
    for _ in range(TRIES):
        rows.append((key_with_frame(stock_session, True), key_with_frame(stock_session, False)))
        if rows[-1] == ("$ a", "$ ab"):
            return
    raise AssertionError(rows)


# F10: the client's own row

def row_under_own(session):
    """Typed in the top row while the client says there that it hears nothing. Then it hears of the server, and of the
    key not yet. Returns the row."""
    session.send("clear\r")
    session.wait(lambda: session.cursor == (0, 2) and session.row == "$" and not any(session.lines[1:]), "a prompt")
    session.settle()
    type_answered(session, "a")
    session.gate.shut(DOWN)
    session.wait(lambda: any("contact" in line for line in session.lines), "the client's row")
    session.gate.shut(UP)
    waiting_before = session.gate.count(UP)
    session.send("b")
    waiting.until(lambda: session.gate.count(UP) > waiting_before, DEADLINE_S, "the key is sent",
                  [session.terminal.descriptor], lambda _: session.terminal.read())
    session.gate.open(DOWN)
    session.wait(lambda: session.lines[0].startswith("$ ab"), "the key alone")
    return session.lines[0]


def test_the_clients_row_is_not_typed(session):
    assert row_under_own(session) == "$ ab"


def test_stock_copies_its_own_row(stock_session):
    row = row_under_own(stock_session)
    assert row != "$ ab" and "contact" in row


# F14: a program that echoes late

def shell_of(session):
    """The program behind the server: the last of its line."""
    pid = session.server.pid
    while children := waiting.children_of(pid):
        pid = children[0]
    return pid


@contextmanager
def late_echo(session):
    """Of a "z" that is painted at once: the shell stands still meanwhile."""
    type_answered(session, "ab")
    shell = shell_of(session)
    stop(shell)
    try:
        session.send("z")
        session.wait_row("$ abz")
        yield
    finally:
        go_on(shell)
    session.wait_row("$ abz")
    session.settle()


def test_a_late_echo_is_waited_for(surroundings, skua):
    """With a server that says how the keys are read: nothing flashes."""
    with taught(surroundings, "skua", "skua") as session:
        writes = []
        for _ in range(TRIES):
            mark = session.mark()
            with late_echo(session):
                waiting.outage(LATE_S, [session.terminal])
            writes.append(bytes(session.terminal.output[mark:]).count(b"z"))
            if writes[-1] == 1:
                return
            new_line(session)
        raise AssertionError(f"the z was written so often: {writes}")


def next_after_late(session):
    """What the row shows at once for a key behind a late echo."""
    at = session.cursor[0]
    with late_echo(session):
        waiting.outage(LATE_S, [session.terminal])
    session.hold()
    row = session.painted("y")[at - 1]
    session.let_go()
    session.end_commands()
    session.settle()
    new_line(session)
    return row


def test_a_late_echo_costs_no_trust(session):
    """Toward a stock server the key is hidden while its echo is overdue, since nothing tells it from a secret; those
    behind it are shown all the same."""
    assert any(next_after_late(session) == "$ abzy" for _ in range(TRIES))


def test_stock_takes_a_late_echo_for_none(stock_session):
    """The key is painted, taken back, and painted again; the next one has to be proved anew."""
    with late_echo(stock_session):
        stock_session.wait_row("$ ab")
    stock_session.hold()
    at = stock_session.cursor[0]
    assert stock_session.painted("y")[at - 1] == "$ abz"


# F15: one mistake

def row_after_mistake(session):
    """A "q" comes out as "Q", and the client hears so when "cdef" has been painted behind it and sent to nobody.
    Returns the row then."""
    session.send("bind '\"q\": \"Q\"'; clear; echo; echo\r")
    session.wait(lambda: session.cursor == (2, 2) and session.row == "$" and not any(session.lines[:2]), "a prompt")
    session.settle()
    type_answered(session, "ab")
    session.gate.shut(DOWN)
    session.send("q")
    wait_answers(session)
    session.gate.shut(UP)
    session.send("cdef")
    session.wait_row("$ abqcdef")
    session.gate.open(DOWN)
    session.wait(lambda: session.row.startswith("$ abQ"), "the answer to one key")
    session.settle()
    row = session.row
    session.gate.open(UP)
    session.wait_row("$ abQcdef")
    return row


def test_a_mistake_stays_alone(session):
    assert row_after_mistake(session) == "$ abQcdef"


def test_stock_forgets_all_at_one_mistake(stock_session):
    assert row_after_mistake(stock_session) == "$ abQ"


# F18: a suggestion

@pytest.fixture
def fish(surroundings):
    """A function that starts fish, with a line in its history to suggest."""
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    folder = surroundings.home / ".config/fish"
    folder.mkdir(parents=True)
    (folder / "config.fish").write_text(_FISH)
    made = []

    def start(client, server):
        session = Held(surroundings, client, server, ["fish"])
        made.append(session)
        session.wait_row("$ ")
        session.send("clear\r")
        session.settle()
        session.send("echo hello world\r")
        session.wait(lambda: session.row == "$" and "hello world" in session.lines, "an answer")
        session.settle()
        for key in "echo ":
            session.send(key)
            session.settle()
        session.wait_row("$ echo hello world")
        return session

    yield start
    for session in made:
        session.close()


def underlined_after_suggestion(session):
    """Two keys that end a suggestion; when the first one's answer comes, late, the second is still unanswered.
    Returns the columns that are underlined, once the second is, and the row."""
    at = session.cursor[0]
    session.gate.shut(DOWN)
    session.send("x")
    wait_answers(session)
    session.gate.shut(UP)
    session.send("e")
    waiting.outage(UNDERLINED_S, [session.terminal])
    session.gate.open(DOWN)

    def columns():
        return [x for x, cell in enumerate(session.terminal.display.cells()[at]) if cell.underscore]

    session.wait(lambda: len("$ echo x") in columns(), "the second key is underlined")
    session.settle()
    return columns(), session.lines[at]


@pytest.mark.parametrize("server", SERVERS)
def test_a_suggestion_is_not_underlined(fish, skua, server):
    assert underlined_after_suggestion(fish("skua", server)) == ([len("$ echo x")], "$ echo xe")


def test_stock_underlines_what_was_suggested(fish, stock):
    columns, row = underlined_after_suggestion(fish("stock", "stock"))
    assert row == "$ echo xehello world" and len(columns) > 1
