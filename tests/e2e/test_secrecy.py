"""No key that the program does not echo is painted, in any mode of prediction, not for one picture.

The letters of the secret are none that escape sequences or the text around use, so that all the client ever wrote can
be searched for them. Each case types before the server can say anything: the server is stopped.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import programs
from held import Held
from sshd import SshServer

SECRET = "WYVQ"

MODES = ["always", "experimental"]
SERVERS = ["skua", "stock"]

_ASK = """#!/bin/sh
stty -echo
printf '[%s] password for ann: ' sudo
read -r answer
stty echo
echo
echo answered
"""


@pytest.fixture(params=[(server, mode) for server in SERVERS for mode in MODES],
                ids=lambda pair: f"{pair[0]}_server-{pair[1]}")
def session(request, surroundings):
    """A shell that has echoed some lines: what is typed there is trusted."""
    server, mode = request.param
    reason = programs.why_not(programs.SKUA, programs.BY_MAKER[server])
    if reason:
        pytest.skip(reason)
    folder = surroundings.home / "bin"
    folder.mkdir()
    (folder / "sudo").write_text(_ASK)
    (folder / "sudo").chmod(0o755)
    path = f"{folder}:{surroundings.env()['PATH']}"
    with Held(surroundings, "skua", server, display=mode, env={"PATH": path}) as made:
        made.clear()
        made.teach()
        yield made


def run(session, command, prompt):
    """Type a command and wait for what it asks."""
    session.settle()
    session.send(command + "\r")
    session.wait(lambda: session.row == prompt.rstrip(), f"the prompt {prompt!r}")


def check_silent(session, keys=SECRET):
    """Type the secret while the server is held, then again while it answers: it is never on the screen."""
    mark = session.mark()
    session.hold()
    session.painted(keys)
    session.let_go()
    session.end_commands()
    session.settle()
    assert session.shown_since(mark, SECRET) == []


def test_a_prompt_that_is_silent(session):
    """The program asks with echo off, as getpass does."""
    run(session, "read -sp 'Password: ' x", "Password: ")
    check_silent(session)


def test_keys_one_by_one_as_the_server_answers(session):
    """Nothing comes up between the keys of a secret either, when the server says each time that it has seen them."""
    run(session, "read -sp 'Password: ' x; echo", "Password: ")
    mark = session.mark()
    for key in SECRET:
        session.send(key)
        session.settle_short()
    session.send("\r")
    session.wait_row("$ ")
    assert session.shown_since(mark, SECRET) == []


def test_sudo_typed_ahead(session):
    """Command, Enter and password in one go, before sudo has even started."""
    mark = session.mark()
    session.hold()
    session.painted("sudo id\r" + SECRET)
    assert session.shown_since(mark, SECRET) == []
    session.let_go()
    session.end_commands()
    session.wait(lambda: any("password for" in line for line in session.lines), "sudo asks")
    check_silent(session)


def test_keys_of_sudo_come_apart(session):
    """The same, each key in a read of its own, sent off when it is typed."""
    mark = session.mark()
    session.hold()
    for key in "sudo id\r" + SECRET:
        session.send(key)
    session.painted("")
    assert session.shown_since(mark, SECRET) == []


def test_a_field_and_then_a_secret(session):
    """Three characters are echoed and the next ones are not, without a control key in between."""
    session.send("read -n3 x; read -s y\r")
    session.wait(lambda: session.row == "", "an empty row")
    session.settle()
    for shown in ("a", "ab"):
        session.send(shown[-1])
        session.wait_row(shown)
        session.settle_short()
    mark = session.mark()
    session.hold()
    session.painted("c" + SECRET)
    assert session.shown_since(mark, SECRET) == []


def test_what_follows_a_program_that_copies(session):
    """The first key of a line is shown where lines come back; not when that program was told to end."""
    session.teach_copies("cat; read -s x")
    session.send("\x04")
    session.settle()
    check_silent(session)


def test_what_follows_a_line_without_end(session):
    """^D flushes a line, and only the second one ends what reads."""
    session.teach_copies("cat; read -s x")
    session.type("and", "and")
    session.settle()
    session.send("\x04")
    session.wait_row("andand")
    session.send("\x04")
    session.settle()
    check_silent(session)


def test_a_prompt_inside_tmux(session, tmp_path):
    """Its server's own terminal asks: the tty that ours sees is tmux's, always without echo."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    name = f"skua-{os.getpid()}-{tmp_path.name}"
    session.send(f"tmux -L {name} -f /dev/null new 'env PS1=\"$ \" bash --norc --noprofile'\r")
    try:
        session.wait(lambda: session.row == "$" and "[0]" in session.lines[-1], "tmux starts")
        for letters in ("echo o", "echo k"):
            session.type(letters, "$ " + letters)
            session.send("\r")
            session.wait_row("$ ")
        run(session, "read -sp 'Password: ' x", "Password: ")
        check_silent(session)
    finally:
        subprocess.run(["tmux", "-L", name, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def password_sshd(tmp_path, surroundings):
    """An sshd that asks for a password, and a shell for who has the key."""
    server = SshServer(tmp_path / "sshd", surroundings)
    config = Path(server.folder / "sshd_config")
    config.write_text(config.read_text().replace("PasswordAuthentication no", "PasswordAuthentication yes")
                      .replace("PermitRootLogin prohibit-password", "PermitRootLogin yes"))
    server.force_command("PS1='far$ ' exec bash --norc --noprofile -i")
    yield server
    server.close()


def test_ssh_asks_inside_the_session(session, password_sshd):
    """ssh itself reads the password from the tty."""
    command = f"ssh -F {password_sshd.client_config} -o BatchMode=no -o PubkeyAuthentication=no skua-test"
    session.send(command + "\r")
    session.wait(lambda: session.row.endswith("password:"), "ssh asks")
    check_silent(session)


def test_a_prompt_on_the_far_side_of_ssh(session, password_sshd):
    """The tty between is raw: only what the prompt says is known."""
    session.send(f"ssh -tF {password_sshd.client_config} skua-test\r")
    session.wait_row("far$ ")
    session.type("echo over there", "far$ echo over there")
    session.send("\r")
    session.wait(lambda: session.lines[session.cursor[0] - 1] == "over there", "an answer")
    session.wait_row("far$ ")
    run(session, "read -sp 'Password: ' x", "Password: ")
    check_silent(session)


def test_echo_goes_off_while_one_types(surroundings, tmp_path):
    """A program that echoes lines switches that off by itself, and says so by a word on the screen: with that picture
    the client knows. What was typed before is seen; nothing later is."""
    if reason := programs.why_not(programs.SKUA):
        pytest.skip(reason)
    script = tmp_path / "turn"
    script.write_text("#!/bin/sh\nread a\nread b </dev/null\n"
                      "while [ ! -e $HOME/off ]; do sleep 0.05; done\nstty -echo\nprintf OFF\nread c\n")
    script.chmod(0o755)
    for mode in MODES:
        (surroundings.home / "off").unlink(missing_ok=True)
        with Held(surroundings, "skua", "skua", [str(script)], display=mode) as session:
            session.settle()
            session.send("one\r")
            session.wait(lambda s=session: "one" in s.lines, "an echo")
            session.type("tw", "tw")
            (surroundings.home / "off").touch()
            session.wait(lambda s=session: s.row == "twOFF", "the word")
            mark = session.mark()
            session.hold()
            session.painted(SECRET)
            session.let_go()
            session.end_commands()
            session.settle()
            assert session.shown_since(mark, SECRET) == [], mode


@pytest.mark.parametrize("mode", ["always", "experimental"])
def test_stock_shows_what_we_do_not(surroundings, stock, mode):
    """The cases above can fail: stock paints a secret behind a field of three characters, and in its experimental mode
    every one."""
    with Held(surroundings, "stock", "stock", display=mode) as session:
        session.clear()
        session.teach(2)
        session.send("read -n3 x; read -s y\r")
        session.wait(lambda: session.row == "", "an empty row")
        session.settle()
        for shown in ("a", "ab"):
            session.send(shown[-1])
            session.wait_row(shown)
            session.settle_short()
        mark = session.mark()
        session.hold()
        session.painted("c" + SECRET)
        assert session.shown_since(mark, SECRET) == list(SECRET)
