"""The client as a process: what it takes and returns, the escape key, suspending, and the terminal that
it gives back as it was."""

import os
import re
import signal
import subprocess

import pytest

import pairs
import waiting
from session_scripts import ENTER, run
from waiting import outage

KEY = "4NeCCgvZFe2RnPgrcU1PQw"
MENU = "\x1e"  # Ctrl-^, the escape key unless another is asked for


def ask(path, *words, env, deadline_s=60):
    """Run a client's command line without a terminal."""
    return subprocess.run([path, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=deadline_s, check=False)


@pytest.fixture
def env(surroundings):
    return surroundings.env()


@pytest.fixture
def session(ours, env, terminals):
    """Call it to start a session of ours: (server, terminal). Variables go to the client."""
    def start(command=(), **more):
        server = pairs.Server(ours.server, env, ["-i", pairs.LOOPBACK], command)
        terminal = terminals([ours.client, pairs.LOOPBACK, str(server.port)],
                             {**env, "MOSH_KEY": server.key, **more})
        if not command:
            pairs.wait_prompt(terminal)
        return server, terminal
    return start


@pytest.fixture
def bytes_typed(session, surroundings):
    """Call it to start a session that records what reaches the far side: (terminal, read())."""
    def start(**more):
        _, terminal = session(["/bin/sh", "-c", "stty raw -echo; : >typed; printf ready; exec tee typed >/dev/null"],
                              **more)
        terminal.wait_text("ready")
        return terminal, lambda: (surroundings.home / "typed").read_bytes()
    return start


def wait_typed(terminal, read, wanted):
    terminal.wait_for(lambda: len(read()) >= len(wanted), what=lambda: f"{read()!r} becomes {wanted!r}")
    assert read() == wanted


# The command line


def test_help(ours, env):
    for words in (["--help"], ["127.0.0.1", "--help", "60001"]):
        done = ask(ours.client, *words, env=env)
        assert done.returncode == 0 and os.path.basename(ours.client) in done.stdout


def test_version(ours, env):
    done = ask(ours.client, "--version", env=env)
    assert done.returncode == 0
    assert done.stdout.startswith(os.path.basename(ours.client) + " (")


@pytest.mark.parametrize("term,colours", [("xterm", "8"), ("xterm-256color", "256"), ("dumb", "-1")])
def test_colours(ours, env, term, colours):
    done = ask(ours.client, "-c", env={**env, "TERM": term})
    assert (done.returncode, done.stdout) == (0, colours + "\n")


@pytest.mark.parametrize("term", ["no-such-terminal", ""], ids=["unknown", "empty"])
def test_colours_of_an_unknown_terminal(ours, env, term):
    done = ask(ours.client, "-c", env={**env, "TERM": term})
    assert done.returncode != 0 and done.stderr.strip()


@pytest.mark.parametrize("words,variables", [
    (["-Z", "127.0.0.1", "60001"], {}),
    ([], {}),
    (["127.0.0.1"], {}),
    (["127.0.0.1", "60001", "more"], {}),
    (["127.0.0.1", "6000x"], {}),
    (["127.0.0.1", "70000"], {}),
    (["127.0.0.1", ""], {}),
    (["localhost", "60001"], {}),
    (["127.0.0.1", "60001"], {"MOSH_KEY": None}),
    (["127.0.0.1", "60001"], {"MOSH_KEY": "short"}),
    (["127.0.0.1", "60001"], {"MOSH_KEY": KEY + "A"}),
    (["127.0.0.1", "60001"], {"MOSH_KEY": KEY[:-1] + "-"}),
    (["127.0.0.1", "60001"], {"MOSH_PREDICTION_DISPLAY": "sometimes"}),
], ids=lambda value: " ".join(value) if isinstance(value, list) else "+".join(value))
def test_refused(ours, env, terminals, words, variables):
    """Status 1, words on the screen, and never the key among them."""
    changed = {**env, "MOSH_KEY": KEY, **variables}
    terminal = terminals([ours.client, *words], {k: v for k, v in changed.items() if v is not None})
    assert terminal.wait_exit() == 1
    assert terminal.text.strip()
    assert KEY[:-1] not in terminal.text
    assert terminal.settings == terminal.settings_before


def test_launchers_note_is_ignored(ours, env, terminals):
    """A launcher tells `ps` its own arguments after -#."""
    server = pairs.Server(ours.server, env, ["-i", pairs.LOOPBACK])
    terminal = terminals([ours.client, "-# user@host |", pairs.LOOPBACK, str(server.port)],
                         {**env, "MOSH_KEY": server.key})
    pairs.wait_prompt(terminal)


def test_no_terminal(ours, env):
    done = ask(ours.client, "127.0.0.1", "60001", env={**env, "MOSH_KEY": KEY})
    assert done.returncode == 1 and done.stderr.strip()


def test_key_is_hidden(session):
    """It leaves the environment when it is read, and was never among the arguments."""
    server, terminal = session()
    folder = f"/proc/{terminal.process.pid}"
    with open(f"{folder}/cmdline", "rb") as file:
        assert server.key.encode() not in file.read()
    if os.access(f"{folder}/environ", os.R_OK):  # only root can, where the client forbids to be looked at
        with open(f"{folder}/environ", "rb") as file:
            assert server.key.encode() not in file.read()


@pytest.mark.slow
def test_server_that_never_answers(ours, env, terminals):
    with_nobody = terminals([ours.client, pairs.LOOPBACK, "60999"], {**env, "MOSH_KEY": KEY})
    assert with_nobody.wait_exit(60) == 1
    assert "60999" in with_nobody.text
    assert with_nobody.settings == with_nobody.settings_before


# The escape key


@pytest.mark.parametrize("typed,arrives", [
    (MENU + "^", b"\x1e"), (MENU + "x", b"\x1ex"), (MENU + MENU, b"\x1e\x1e"),
], ids=["itself", "another", "twice"])
def test_escape_key_sends(bytes_typed, typed, arrives):
    terminal, read = bytes_typed()
    terminal.send("a")
    wait_typed(terminal, read, b"a")
    terminal.send(typed[0])
    terminal.wait_quiet()
    menu = terminal.text
    assert "Ctrl-Z" in menu or "^Z" in menu
    terminal.send(typed[1] + "z")
    wait_typed(terminal, read, b"a" + arrives + b"z")
    terminal.wait_for(lambda: terminal.text.strip() == "ready", what="the menu goes away")


def test_printable_escape_key_only_after_enter(bytes_typed):
    terminal, read = bytes_typed(MOSH_ESCAPE_KEY="~")
    terminal.send("~.a~.\r~~b\r~x")
    wait_typed(terminal, read, b"~.a~.\r~b\r~x")
    terminal.send("\r~.")
    assert terminal.wait_exit() == 0


def test_empty_escape_key_is_none(bytes_typed):
    terminal, read = bytes_typed(MOSH_ESCAPE_KEY="")
    terminal.send("\x1e.\x1e\x1a")
    wait_typed(terminal, read, b"\x1e.\x1e\x1a")


@pytest.mark.parametrize("key", ["\x03", "\r", "ab"], ids=["interrupt", "enter", "two"])
def test_unfit_escape_key_means_the_default(bytes_typed, key):
    terminal, _ = bytes_typed(MOSH_ESCAPE_KEY=key)
    terminal.send(MENU + ".")
    assert terminal.wait_exit() == 0


def test_control_escape_key(bytes_typed):
    terminal, read = bytes_typed(MOSH_ESCAPE_KEY="\x02")
    terminal.send("\x1e.\x02b\x02B!")
    wait_typed(terminal, read, b"\x1e.\x02\x02!")
    terminal.send("\x02.")
    assert terminal.wait_exit() == 0


# Suspending and repainting


def test_suspend_and_resume(ours, env, terminals):
    """Under a shell with jobs, as a user starts it."""
    server = pairs.Server(ours.server, env, ["-i", pairs.LOOPBACK])
    terminal = terminals(["/bin/bash", "--norc", "--noprofile"],
                         {**env, "MOSH_KEY": server.key, "PS1": "local> "}, cwd=env["HOME"])
    terminal.wait_text("local> ")
    terminal.send(f"stty -g >before; {ours.client} {pairs.LOOPBACK} {server.port}{ENTER}")
    pairs.wait_prompt(terminal)
    run(terminal, "echo before", "on")
    before = terminal.seen()
    terminal.send(MENU + "\x1a")
    terminal.wait_for(lambda: not terminal.display.is_alternate, what="the screen from before")
    terminal.send("clear; stty -g | cmp before && echo same modes" + ENTER)
    terminal.wait_line("same modes")
    terminal.send("fg" + ENTER)
    terminal.wait_for(lambda: terminal.seen() == before, 10, "the same screen again")
    run(terminal, "echo after", "on")
    terminal.send("exit" + ENTER)
    terminal.wait_line("local>")


def test_suspend_with_nobody_to_resume(session):
    """A terminal whose only program is the client has no shell that could continue it."""
    _, terminal = session()
    terminal.send(MENU + "\x1a")
    terminal.wait_quiet()
    run(terminal, "echo going on", "on")


def test_repaint_on_demand(session):
    _, terminal = session(["/bin/sh", "-c", "stty raw -echo; printf 'a line\\r\\nand another'; exec cat >/dev/null"])
    terminal.wait_text("and another")
    terminal.wait_quiet()
    before = terminal.seen()
    terminal.display.feed(b"\x1b[H\x1b[7mrubbish")
    terminal.send("\x0c")
    terminal.wait_for(lambda: terminal.seen() == before, 10, "the screen is as before the rubbish")


def test_window_changes_reach_the_shell(session):
    _, terminal = session()
    terminal.resize(91, 27)
    run(terminal, "until [ \"$(stty size)\" = '27 91' ]; do read -t 0.1; done; stty size", "told")
    assert "27 91" in terminal.display.lines()


def test_window_without_a_size(ours, env, terminals):
    server = pairs.Server(ours.server, env, ["-i", pairs.LOOPBACK])
    terminal = terminals(["/bin/sh", "-c", f"stty rows 0 cols 0; exec {ours.client} 127.0.0.1 {server.port}"],
                         {**env, "MOSH_KEY": server.key})
    terminal.wait_text("$ ", 20)
    run(terminal, "stty size", "told")
    assert "24 80" in terminal.display.lines()


# Leaving


def leave_by_exit(terminal):
    terminal.send("exit" + ENTER)


def leave_by_escape(terminal):
    terminal.send(MENU + ".")


def leave_by(number):
    return lambda terminal: terminal.signal(number)


@pytest.mark.parametrize("leave", [
    pytest.param(leave_by_exit, id="exit"), pytest.param(leave_by_escape, id="escape"),
    *(pytest.param(leave_by(number), id=number.name)
      for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)),
])
def test_terminal_is_restored(session, leave):
    server, terminal = session()
    modes_before = {7, 25}  # wrapping, and a cursor to see
    run(terminal, r"printf '\e[?1000h\e[?1002h\e[?1006h\e[?2004h\e[?1h\e[?25l\e[?1049h'", "on")
    leave(terminal)
    assert terminal.wait_exit() == 0
    assert terminal.settings == terminal.settings_before
    assert terminal.display.private_modes == modes_before
    assert not terminal.display.is_alternate
    name = "mosh" if "mosh" in terminal.process.args[0] else "skua"
    assert re.search(rf"\[{name}\S* is exiting\.\]", terminal.text)
    server.wait_gone()


def test_closed_terminal_ends_the_session(session):
    server, terminal = session()
    client = terminal.process
    terminal.hang_up()
    waiting.wait_gone(client.pid, 20)
    server.wait_gone(20)


def test_output_that_nobody_reads(session):
    """The network is served while the terminal stands still; what comes after is the present."""
    _, terminal = session()
    terminal.send("seq 200000; clear; echo over" + ENTER)
    outage(3)
    terminal.wait_line("over", 20)
