"""Where stock predicts badly or not at all, and what Skua shows instead. F1 to F18 in docs/PREDICTION.md.

The server is held (held.py), so what is seen is prediction and nothing else. A case that shows stock's fault runs
stock's own programs. What Skua is to show may need one more echo on a slow machine: such a case is tried again.
"""

import os
import shutil
import subprocess

import pytest

import programs
from held import Held

SERVERS = ["skua", "stock"]
TRIES = 4

LEFT, RIGHT = "\x1b[D", "\x1b[C"
CTRL_LEFT = "\x1b[1;5D"
BACKSPACE = "\x7f"


def ctrl(letter):
    return chr(ord(letter) & 31)


@pytest.fixture(params=SERVERS)
def session(request, surroundings):
    """Our client at a shell that has echoed some lines."""
    if reason := programs.why_not(programs.SKUA, programs.BY_MAKER[request.param]):
        pytest.skip(reason)
    with Held(surroundings, "skua", request.param) as made:
        made.clear()
        made.teach()
        yield made


@pytest.fixture
def stock_session(surroundings, stock):
    """Stock's client and server there."""
    with Held(surroundings, "stock", "stock") as made:
        made.clear()
        made.teach()
        yield made


def held_row(session, keys):
    """What the row of the shell's cursor shows when keys are typed and not answered; then they are answered and the
    line is thrown away."""
    session.hold()
    at = session.cursor[0]
    row = session.painted(keys)[at - 1]
    session.let_go()
    session.end_commands()
    session.settle()
    abandon(session)
    return row


def abandon(session):
    session.send(ctrl("c"))
    session.wait_row("$ ")
    session.settle()


def shows(session, text, keys, before=""):
    """Whether the row comes to show text at once. Before each try something is typed and answered."""
    rows = []
    for _ in range(TRIES):
        if before:
            for i in range(len(before)):
                session.send(before[i])
                session.settle_short()
            session.wait_row("$ " + before)
        rows.append(held_row(session, keys))
        if rows[-1] == text:
            return True
    raise AssertionError(f"{text!r} is not shown: {rows}")


def eventually(session, attempt):
    """Try again, from an empty line, until attempt() is true."""
    for _ in range(TRIES - 1):
        if attempt():
            return
        if session.is_held:
            session.let_go()
            session.end_commands()
            session.settle()
        session.send(ctrl("c"))
        session.settle()
    assert attempt(), session.terminal.describe()


# F2: the first key of a line

def test_first_key_of_a_line(session):
    assert shows(session, "$ l", "l")


def test_stock_hides_the_first_key(stock_session):
    assert held_row(stock_session, "l") == "$"


def test_first_key_where_lines_come_back(session):
    """A program without a prompt, which gives back each line, is known by that toward a server that says nothing."""
    session.teach_copies("cat")
    session.hold()
    at = session.cursor[0]
    assert session.painted("l")[at - 1] == "l"


def test_stock_hides_the_first_key_where_lines_come_back(stock_session):
    stock_session.teach_copies("cat")
    stock_session.hold()
    at = stock_session.cursor[0]
    assert stock_session.painted("l")[at - 1] == ""


# F5, F6: the bottom row

def fill(session):
    session.send("printf '\\n%.0s' {1..30}\r")
    session.wait(lambda: session.cursor[0] == 23 and session.row == "$", "a prompt in the bottom row")
    session.settle()


def test_enter_at_the_bottom_keeps_the_text(session):
    fill(session)

    def keeps():
        session.hold()
        return "$ ls -l" in session.painted("ls -l\r")

    eventually(session, keeps)


def test_stock_hides_the_text_at_the_bottom(stock_session):
    fill(stock_session)
    for i, key in enumerate("ls"):
        stock_session.send(key)
        stock_session.wait_row("$ ls"[:3 + i])
        stock_session.settle_short()
    stock_session.hold()
    assert "$ ls -l" not in stock_session.painted(" -l\r")


def type_answered(session, keys):
    for i, key in enumerate(keys):
        session.send(key)
        session.wait_row("$ " + keys[:i + 1])
        session.settle_short()


def test_type_ahead_of_a_scroll_is_shown(session):
    """Behind Enter in the bottom row: the line moves up, and the next one is typed under it."""
    fill(session)

    def is_shown():
        type_answered(session, "echo a")
        session.hold()
        return session.painted("\recho b")[-2:] == ["$ echo a", "$ echo b"]

    eventually(session, is_shown)


def test_stock_shows_nothing_ahead_of_a_scroll(stock_session):
    fill(stock_session)
    type_answered(stock_session, "echo a")
    stock_session.hold()
    assert not any("echo b" in row for row in stock_session.painted("\recho b"))


# F7, F12: keys that edit a line

EDITS = [
    ("beginning", ctrl("a") + "X", "$ Xone two three"),
    ("end", ctrl("a") + ctrl("e") + "X", "$ one two threeX"),
    ("kill the line", ctrl("u"), "$"),
    ("kill a word", ctrl("w"), "$ one two"),
    ("kill the rest", ctrl("a") + ctrl("k"), "$"),
    ("a word to the left", CTRL_LEFT + "X", "$ one two Xthree"),
    ("left", LEFT + LEFT + "X", "$ one two thrXee"),
]


@pytest.mark.parametrize("keys,row", [edit[1:] for edit in EDITS], ids=[edit[0] for edit in EDITS])
def test_keys_that_edit(surroundings, skua, keys, row):
    """With a server that says who reads."""
    with Held(surroundings, "skua", "skua") as session:
        session.clear()
        session.teach(2)
        assert shows(session, row, keys, before="one two three")


def test_stock_moves_a_word_by_a_column(stock_session):
    def moves():
        stock_session.type("one two", "$ one two")
        stock_session.hold()
        row = stock_session.cursor[0]
        stock_session.painted(CTRL_LEFT)
        return stock_session.cursor == (row, len("$ one two") - 1)

    eventually(stock_session, moves)


def test_stock_knows_no_such_key(stock_session):
    for key in "one two three":
        stock_session.send(key)
        stock_session.settle_short()
    stock_session.wait_row("$ one two three")
    assert held_row(stock_session, ctrl("u")) == "$ one two three"


# F8: the prompt

def test_backspace_stops_at_the_prompt(session):
    def stops():
        session.type("a", "$ a")
        return held_row(session, BACKSPACE * 3) == "$"

    eventually(session, stops)


def test_stock_erases_the_prompt(stock_session):
    def erases():
        stock_session.type("a", "$ a")
        return held_row(stock_session, BACKSPACE * 3) == ""

    eventually(stock_session, erases)


# F11: wide characters and clusters

WORDS = {"japanese": "日本語テスト", "chinese": "中文输入", "emoji": "🎉🚀", "accents": "naïve café"}


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS.keys())
def test_wide_characters_are_predicted(session, word):
    assert shows(session, f"$ echo {word} ok", f"echo {word} ok")


def test_stock_predicts_no_wide_character(stock_session):
    stock_session.type("a", "$ a")
    stock_session.settle()
    assert held_row(stock_session, "日本") == "$ a"


# F13: the last column

def test_a_long_line_folds(session):
    text = "echo " + "abcdefghi " * 9

    def folds():
        session.hold()
        at = session.cursor[0]
        rows = session.painted(text)
        return rows[at - 1] + rows[at] == ("$ " + text).rstrip()

    eventually(session, folds)


def test_stock_stops_at_the_last_column(stock_session):
    text = "echo " + "abcdefghi " * 9
    stock_session.type("e", "$ e")
    stock_session.settle()
    stock_session.hold()
    at = stock_session.cursor[0]
    assert stock_session.painted(text[1:])[at] == ""


# F1: what stands to the right

@pytest.fixture
def panes(surroundings, tmp_path):
    """A function that starts two panes side by side, the right one with text."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    name = f"skua-{os.getpid()}-{tmp_path.name}"
    shell = "env PS1=\"$ \" bash --norc --noprofile"
    right = "for i in 1 2 3 4 5 6 7 8; do echo RIGHT; done; exec cat"
    made = []

    def start(client, server):
        session = Held(surroundings, client, server,
                       ["tmux", "-L", name, "-f", "/dev/null", "new", shell, ";", "set", "status", "off", ";",
                        "split-window", "-h", right, ";", "select-pane", "-L"])
        made.append(session)
        session.wait(lambda: left_of(session) == "$" and sum("RIGHT" in line for line in session.lines) == 8,
                     "two panes")
        # The client's own row at the top is to cover none of them.
        session.send("echo; echo\r")
        session.wait(lambda: session.cursor[0] == 3 and left_of(session) == "$", "a prompt further down")
        session.settle()
        return session

    yield start
    for session in made:
        session.close()
    subprocess.run(["tmux", "-L", name, "kill-server"], check=False, capture_output=True)


def left_of(session, row=None):
    """The left pane's part of a row."""
    text = session.row if row is None else row
    return text.partition("│")[0].rstrip()


def type_in_pane(session, keys, answered):
    for i, key in enumerate(keys):
        session.send(key)
        session.wait(lambda n=i: left_of(session) == "$ " + keys[:n + 1], "an echo")
        if answered:
            session.settle_short()


@pytest.mark.parametrize("server", SERVERS)
def test_a_pane_beside_another(panes, skua, server):
    session = panes("skua", server)
    right = [line.partition("│")[2] for line in session.lines]

    def is_predicted():
        type_in_pane(session, "echo", True)
        session.hold()
        at = session.cursor[0]
        rows = session.painted(" left")
        assert [line.partition("│")[2] for line in rows] == right[1:]
        return left_of(session, rows[at - 1]) == "$ echo left"

    eventually(session, is_predicted)


def test_stock_disturbs_the_pane_beside(panes, stock):
    session = panes("stock", "stock")
    type_in_pane(session, "echo", True)
    right = [line.partition("│")[2] for line in session.lines]
    session.hold()
    rows = session.painted(" left")
    is_predicted = left_of(session, rows[2]) == "$ echo left"
    is_undisturbed = [line.partition("│")[2] for line in rows] == right[1:]
    assert not (is_predicted and is_undisturbed)


# F10: the client's own row

def test_the_clients_row_is_never_copied(session):
    """Typed in the top row: the row of commands goes to the bottom, and leaves what is there behind."""
    session.send("clear\r")
    session.wait(lambda: session.cursor[0] == 0 and session.row == "$", "a prompt at the top")
    session.settle()
    session.hold()
    session.painted("ab")
    assert session.lines[0] in ("$", "$ a", "$ ab") and "suspends" in session.lines[-1]
    session.send("^" + BACKSPACE)
    session.wait(lambda: "suspends" not in session.lines[-1], "the commands are gone")
    assert "suspends" not in "".join(session.lines)
    assert session.lines[0] in ("$", "$ a", "$ ab", "$ ab^^", "$ ab^")


# F17: an editor's modes

@pytest.fixture
def vim(surroundings):
    """A function that starts vim; a line has been typed in three goes, each in a mode of its own."""
    if shutil.which("vim") is None:
        pytest.skip("vim is not installed")
    made = []

    def start(client, server):
        session = Held(surroundings, client, server, ["vim", "-u", "DEFAULTS", "-i", "NONE"])
        made.append(session)
        session.wait(lambda: session.lines[1:3] == ["~", "~"], "vim's screen")
        session.settle()
        session.send("i\r")
        session.wait(lambda: session.cursor == (1, 0), "a second line")
        text = ""
        for word in VIM_WORDS:
            for key in word:
                session.send(key)
                text += key
                session.wait(lambda t=text: session.cursor == (1, len(t)), "a letter")
                session.settle_short()
            change_mode(session)
        return session

    yield start
    for session in made:
        session.close()


VIM_WORDS = ["one ", "two ", "three "]


def change_mode(session):
    """Leave insert mode and enter it again."""
    session.send("\x1b")
    session.wait(lambda: "INSERT" not in session.lines[-1], "normal mode")
    session.settle()
    session.send("A")
    session.wait(lambda: "INSERT" in session.lines[-1], "insert mode")
    session.settle()


@pytest.mark.parametrize("server", SERVERS)
def test_first_key_after_a_change_of_mode(vim, skua, server):
    session = vim("skua", server)

    def is_shown():
        before = session.lines[1]
        column = session.cursor[1]
        session.hold()
        row = session.painted("x")[0]
        if row == before.ljust(column) + "x":
            return True
        session.let_go()
        session.end_commands()
        change_mode(session)
        return False

    assert any(is_shown() for _ in range(TRIES)), session.terminal.describe()


@pytest.mark.parametrize("server", SERVERS)
def test_text_behind_the_key_that_inserts(surroundings, skua, server):
    """Also where nothing is told of the alternate screen: the rows below the text are vim's."""
    if shutil.which("vim") is None:
        pytest.skip("vim is not installed")
    with Held(surroundings, "skua", server, ["vim", "-u", "DEFAULTS", "-i", "NONE"]) as session:
        session.wait(lambda: session.lines[1:3] == ["~", "~"], "vim's screen")
        session.settle()
        session.send("i\r")
        session.wait(lambda: session.cursor == (1, 0), "a second line")

        def is_shown():
            session.send("z")
            session.settle()
            session.send("\x1b")
            session.wait(lambda: "INSERT" not in session.lines[-1], "normal mode")
            session.settle()
            before = session.lines[1]
            session.hold()
            is_there = session.painted("Ax")[0] == before + "x"
            session.let_go()
            session.end_commands()
            session.wait(lambda: "INSERT" in session.lines[-1], "insert mode")
            return is_there

        assert any(is_shown() for _ in range(TRIES)), session.terminal.describe()


@pytest.mark.parametrize("server", SERVERS)
def test_a_pagers_pattern(surroundings, tmp_path, skua, server):
    page = tmp_path / "page"
    page.write_text("".join(f"line {number}\n" for number in range(100)))
    with Held(surroundings, "skua", server, ["less", str(page)]) as session:
        session.wait(lambda: session.lines[2] == "line 2", "a page")

        def is_shown():
            session.send("j")  # the prompt is a colon from now on
            session.settle()
            session.hold()
            is_there = session.painted("/line 4")[-1] == "/line 4"
            session.let_go()
            session.end_commands()
            session.send("\x7f\r")  # without the escape key, which was passed on
            session.wait(lambda: session.lines[-1] == ":", "less has found it")
            return is_there

        assert any(is_shown() for _ in range(TRIES)), session.terminal.describe()


def test_stock_hides_the_first_key_after_a_change_of_mode(vim, stock):
    session = vim("stock", "stock")
    session.hold()
    assert session.painted("x")[0] == "one two three"


# F16: keys whose effect only the program knows

def test_stock_does_not_move_up(stock_session):
    assert held_row(stock_session, "\x1b[A") == "$"


def test_up_brings_back_what_was_sent(session):
    """The lines that were seen being sent, and nothing older."""
    session.send("true one\r")
    session.wait_row("$ ")
    session.settle()
    assert shows(session, "$ true one", "\x1b[A")
    assert shows(session, "$ echo 0", "\x1b[A" * 12)
