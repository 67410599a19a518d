"""The server as a process: what it takes, prints and returns, what it gives its shell, when it ends."""

import os
import re
import signal
import socket
import subprocess

import pytest

import pairs
import waiting
from conftest import require
from programs import tool
from session_scripts import ENTER, run
from waiting import outage

CONNECT_LINE = re.compile(r"\AMOSH CONNECT (\d{1,5}) [A-Za-z0-9/+]{22}\n\Z")
NOBODY_COMES_S = 60


def ask(path, *words, env, deadline_s=60):
    """Run a server's command line without a terminal: exit status and outputs."""
    return subprocess.run([path, *words], env=env, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=deadline_s, check=False)


@pytest.fixture
def env(surroundings):
    return surroundings.env()


@pytest.fixture
def session(ours, env, terminals):
    """Call it to start a session of ours: (server, terminal). Options go to the server."""
    def start(options=(), command=(), prefix=(), **more):
        server = pairs.Server(ours.server, {**env, **more}, ["-i", pairs.LOOPBACK, *options], command,
                              prefix)
        terminal = terminals([ours.client, pairs.LOOPBACK, str(server.port)],
                             {**env, "MOSH_KEY": server.key})
        return server, terminal
    return start


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["new", "--help"], ["new", "-i", "-h"],
                                   ["new", "-p", "60001", "--help", "--", "ls"]], ids=" ".join)
def test_help(ours, env, words):
    done = ask(ours.server, *words, env=env)
    assert done.returncode == 0
    assert "-p" in done.stdout and "CONNECT" not in done.stdout


def test_version(ours, env):
    done = ask(ours.server, "--version", env=env)
    assert done.returncode == 0
    assert done.stdout.startswith(os.path.basename(ours.server) + " (")


@pytest.mark.parametrize("words", [
    ["new", "-p", "65536"], ["new", "-p", "-1"], ["new", "-p", "60001x"],
    ["new", "-p", "60010:60001"], ["new", "-p", "0:5"], ["new", "-p", "60001:"], ["new", "-p", ":"],
    ["new", "-p", "1:70000"], ["new", "-p", "a:b"], ["new", "-c", "many"], ["new", "-c", "2x"],
    ["127.0.0.1", "60001", "more"],
], ids=" ".join)
def test_refused(ours, env, words):
    done = ask(ours.server, *words, env=env)
    assert done.returncode == 1
    assert done.stderr.strip() and "CONNECT" not in done.stdout


@pytest.mark.parametrize("words", [
    ["new"], ["new", "-@", "new", "-c", "256"], ["new", "-v", "-@", "new", "-c", "0"], ["new", "-s"],
    ["new", "-i", "127.0.0.1"], ["new", "-i", "192.0.2.77"], ["new", "-i", "nonsense"],
    ["new", "-p", "0"], ["new", "-p", "60100:60200"], ["new", "-s", "-i", "127.0.0.1", "-p", "60300:60399"],
    ["new", "-Q"], ["new", "-l", "LANG=C.UTF-8", "-l", "FOO=bar", "-l", "nonsense"],
    ["new", "--", "true"], [], ["127.0.0.1"], ["127.0.0.1", "0"],
], ids=lambda words: " ".join(words) or "nothing")
def test_started(ours, env, words):
    """Also with an address that is not ours, an unknown option, or nothing: a session is better."""
    if "-v" in words:
        with subprocess.Popen([ours.server, *words], env=env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as verbose:
            assert CONNECT_LINE.match(verbose.stdout.readline())
            assert verbose.wait(10) == 0
            verbose.stdout.close()
        return
    done = ask(ours.server, *words, env=env)
    assert done.returncode == 0
    assert CONNECT_LINE.match(done.stdout)
    assert re.search(r"^\[\S+-server detached, pid = \d+\]$", done.stderr, re.MULTILINE)


def test_port_range_is_obeyed(ours, env):
    ports = {int(CONNECT_LINE.match(ask(ours.server, "new", "-p", "60710:60719", env=env).stdout).group(1))
             for _ in range(3)}
    assert len(ports) == 3 and all(60710 <= port <= 60719 for port in ports)


def test_all_ports_taken(ours, env):
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as six, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as four:
        six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        six.bind(("::", 0))
        port = six.getsockname()[1]
        four.bind(("0.0.0.0", port))
        done = ask(ours.server, "new", "-p", str(port), env=env)
    assert done.returncode == 1
    assert str(port) in done.stderr and not done.stdout


def test_address_of_the_ssh_connection(ours, env):
    done = ask(ours.server, "new", "-s", env={**env, "SSH_CONNECTION": "127.0.0.9 1 ::ffff:127.0.0.3 22"})
    port = CONNECT_LINE.match(done.stdout).group(1)
    listening = subprocess.run([tool("ss"), "-Hnlu", f"sport = :{port}"], capture_output=True, text=True,
                               check=True).stdout
    assert f"127.0.0.3:{port}" in listening


def test_connect_line_begins_a_line_after_type_ahead(ours, env, terminals):
    """The terminal echoes what is typed before the server has started."""
    terminal = terminals(["/bin/sh", "-c", f"read -r go; exec {ours.server} new -i {pairs.LOOPBACK}"], env)
    terminal.send("go\rtyped ahead")
    terminal.wait_text("detached, pid = ")
    assert re.search(rb"typed ahead[^\n]*\n", bytes(terminal.output))
    assert re.search(rb"^MOSH CONNECT \d+ [A-Za-z0-9/+]{22}\r?$", bytes(terminal.output), re.MULTILINE)
    assert terminal.wait_exit() == 0


@pytest.mark.parametrize("colours,term", [("256", "xterm-256color"), ("8", "xterm"), ("0", "xterm")])
def test_environment_of_the_shell(session, surroundings, colours, term):
    told = ["/bin/sh", "-c", "env >environment.new; stty -a >modes; mv environment.new environment; cat"]
    _, terminal = session(["-c", colours], told, STY="1.screen", TMUX="/tmp/tmux", SSH_TTY="/dev/pts/99",
                          PASSED="through")
    told_at = surroundings.home / "environment"
    terminal.wait_for(told_at.exists, 15, "the command runs")
    variables = dict(line.split("=", 1) for line in told_at.read_text().splitlines() if "=" in line)
    assert variables["TERM"] == term
    assert variables["NCURSES_NO_UTF8_ACS"] == "1"
    assert variables["PWD"] == variables["HOME"] == str(surroundings.home)
    assert variables["PASSED"] == "through"
    assert not {"STY", "TMUX", "SSH_TTY", "MOSH_KEY"} & set(variables)
    assert " iutf8" in (surroundings.home / "modes").read_text()


def test_login_shell(session):
    _, terminal = session()
    pairs.wait_prompt(terminal)
    run(terminal, "echo $0; shopt login_shell", "asked")
    assert "-bash" in terminal.display.lines()
    assert re.search(r"login_shell\s+on", terminal.text)


def test_command_is_no_shell(session, env):
    """argv as given, not read by a shell; nothing is said before it."""
    env["MOSH_NO_TERM_INIT"] = "1"  # what it said stays when the session is over
    server, terminal = session(command=["printf", "<%s>", "a b", "$HOME", "; ls"])
    terminal.wait_text("<a b><$HOME><; ls>", 60)
    assert terminal.wait_exit() == 0
    server.wait_gone()


def test_command_that_is_not_there(session, env):
    env["MOSH_NO_TERM_INIT"] = "1"
    _, terminal = session(command=["/no/such/program"])
    terminal.wait_text("/no/such/program", 60)
    assert terminal.wait_exit(60) == 0


@pytest.mark.parametrize("is_hushed", [False, True], ids=["motd", "hushed"])
def test_message_of_the_day(session, surroundings, tmp_path, is_hushed):
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, text=True, check=False)
    require(f"no mount namespace here: {tried.stderr.strip()}" if tried.returncode else None)
    require(None if os.path.exists("/etc/motd") else "no /etc/motd to put ours over")
    message = tmp_path / "motd"
    message.write_text("today we test\n")
    if not is_hushed:
        (surroundings.home / ".hushlogin").unlink()
    overlay = ["unshare", "-m", "/bin/sh", "-c", f'mount --bind {message} /etc/motd && exec "$@"', "sh"]
    _, terminal = session(prefix=overlay)
    terminal.wait_text("$ ")
    assert ("today we test" in terminal.text) is not is_hushed


@pytest.mark.slow
def test_ends_when_nobody_comes(ours, env):
    server = pairs.Server(ours.server, env)
    outage(NOBODY_COMES_S - 10)
    assert not server.is_gone
    server.wait_gone(20)


def test_network_timeout(session):
    server, terminal = session(MOSH_SERVER_NETWORK_TMOUT="4")
    pairs.wait_prompt(terminal)
    outage(6, [terminal])
    assert not server.is_gone
    terminal.signal(signal.SIGSTOP)
    server.wait_gone(40)


def test_usr1_ends_a_session(session):
    server, terminal = session()
    pairs.wait_prompt(terminal)
    server.signal(signal.SIGUSR1)
    assert terminal.wait_exit() == 0
    server.wait_gone()


def test_usr1_spares_an_active_session(session):
    server, terminal = session(MOSH_SERVER_SIGNAL_TMOUT="300")
    pairs.wait_prompt(terminal)
    server.signal(signal.SIGUSR1)
    run(terminal, "echo spared", "on")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_signals_end_both(session, number):
    server, terminal = session()
    pairs.wait_prompt(terminal)
    server.signal(number)
    assert terminal.wait_exit() == 0
    server.wait_gone()


def test_hang_up_is_survived(session):
    server, terminal = session()
    pairs.wait_prompt(terminal)
    server.signal(signal.SIGHUP)
    server.signal(signal.SIGPIPE)
    run(terminal, "echo still here", "on")


def test_shell_gets_a_hang_up(session, surroundings):
    """The shell and what it runs do not outlive their session."""
    server, terminal = session()
    pairs.wait_prompt(terminal)
    run(terminal, "echo $$ >shell", "noted")
    shell = int((surroundings.home / "shell").read_text())
    server.signal(signal.SIGTERM)
    waiting.wait_gone(shell, 10)


@pytest.mark.parametrize("ssh_options", [["-n", "-tt"], ["-n"]], ids=["pty", "no-pty"])
def test_ssh_is_released_at_once(ours, env, sshd, ssh_options):
    """Nothing of the detached server holds the connection."""
    done = subprocess.run([*sshd.ssh_command.split(), *ssh_options, sshd.host, "--",
                           f"{ours.server} new -s -c 256 -l LANG=C.UTF-8"],
                          env=env, capture_output=True, text=True, timeout=10, check=False)
    assert done.returncode == 0
    assert re.search(r"^MOSH CONNECT \d+ [A-Za-z0-9/+]{22}\r?$", done.stdout, re.MULTILINE)
    waiting.until(lambda: not sshd.connections(), 10, "sshd's processes end")
