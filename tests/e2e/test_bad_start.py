"""Surroundings that a session may have to start in, and those in which it must not. docs/SECURITY.md, "Bad
inputs", tables C and D, where no other test has the row."""

import os
import signal
import subprocess

import pytest

import pairs
from conftest import require
from evil import Client, keystrokes
from programs import tool
from session_scripts import ENTER, run
from surroundings import PROMPT
from waiting import until

STRANGER = 54321  # a user that no table knows
MIB = 1 << 20


def needs(*names):
    """Root and these tools. Returns their paths."""
    paths = [tool(name) for name in names]
    require(None if os.geteuid() == 0 and all(paths) else f"takes root, {', '.join(names)}")
    return paths


def ask(argv, env, **more):
    return subprocess.run(argv, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
                          check=False, **more)


def start(skua, env, prefix=()):
    """Start a server: what it says."""
    return ask([*prefix, skua.server, "new", "-i", pairs.LOOPBACK], env, cwd="/")


def assert_refused(done, *words):
    assert done.returncode != 0 and "CONNECT" not in done.stdout
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    assert len(lines) == 1, done.stderr
    assert all(word in lines[0] for word in words), lines


def probe(server, folder, mark="here"):
    """Type a command by a client of our own, and see that it ran."""
    client = Client(server)
    try:
        client.probe(folder / "alive", mark)
    finally:
        client.close()


# The server


def assert_refuses_or_serves(skua, surroundings, prefix):
    """Never a CONNECT line of a session that is not there."""
    done = start(skua, surroundings.env(), prefix)
    if "CONNECT" not in done.stdout:
        assert done.returncode != 0 and done.stderr.strip()
        return
    shell = ["/bin/sh", "-c", "prlimit --as=unlimited --nofile=1024 --pid $$; exec bash"]
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK], shell, prefix)
    probe(server, surroundings.home)


@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("limit", [4, 5, 6, 8])
def test_few_descriptors(skua, surroundings, limit):
    (prlimit,) = needs("prlimit")
    assert_refused(start(skua, surroundings.env(), [prlimit, f"--nofile={limit}"]), "open files")


@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("limit", [9, 10, 11, 12, 14, 16])
def test_hardly_enough_descriptors(skua, surroundings, limit):
    (prlimit,) = needs("prlimit")
    assert_refuses_or_serves(skua, surroundings, [prlimit, f"--nofile={limit}"])


@pytest.mark.usefixtures("as_shipped")
@pytest.mark.parametrize("limit_mib", [3, 6, 8, 9, 10, 12, 16, 24])
def test_little_memory(skua, surroundings, limit_mib):
    (prlimit,) = needs("prlimit")
    assert_refuses_or_serves(skua, surroundings, [prlimit, f"--as={limit_mib * MIB}"])


@pytest.mark.usefixtures("as_shipped")
def test_few_processes(skua, surroundings):
    setpriv, prlimit = needs("setpriv", "prlimit")
    prefix = [setpriv, f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups", prlimit]
    for limit, word in ((1, "fork"), (2, "fork"), (3, "fork")):
        assert_refused(start(skua, surroundings.env(), [*prefix, f"--nproc={limit}"]), word)


def test_no_pseudo_terminal(skua, surroundings):
    (unshare,) = needs("unshare")
    require(None if ask([unshare, "-m", "mount", "--bind", "/dev/null", "/dev/null"], os.environ).returncode == 0
            else "no mount namespace here")
    prefix = [unshare, "-m", "sh", "-c", 'mount --bind /dev/null "$(readlink -f /dev/ptmx)" && exec "$@"', "sh"]
    assert_refused(start(skua, surroundings.env(), prefix), "pseudo-terminal")


def test_a_user_that_no_table_knows(skua, surroundings):
    """No passwd entry, no name, no home in the environment: the shell is /bin/sh."""
    (setpriv,) = needs("setpriv")
    prefix = [setpriv, f"--reuid={STRANGER}", f"--regid={STRANGER}", "--clear-groups"]
    folder = surroundings.home / "open"
    folder.mkdir()
    for each in (surroundings.home, *surroundings.home.parents):
        if each.stat().st_uid == os.geteuid() and each.stat().st_mode & 0o001 == 0:
            each.chmod(each.stat().st_mode | 0o011)
    folder.chmod(0o777)
    env = {name: value for name, value in surroundings.env().items() if name not in ("USER", "LOGNAME", "SHELL")}
    server = pairs.Server(skua.server, {**env, "HOME": "/"}, ["-i", pairs.LOOPBACK], prefix=prefix)
    client = Client(server)
    told = folder / "told"
    client.submit(keystrokes(f"echo $0 >{told}.new; mv {told}.new {told}\r".encode()))
    until(told.exists, 60, "the shell answers")
    client.close()
    server.end()
    assert told.read_text().strip() in ("sh", "-sh", "/bin/sh")


@pytest.mark.parametrize("home", [None, "", "relative", "/no/such/folder"])
def test_homes(skua, surroundings, home):
    env = surroundings.env()
    server_env = {**env, "HOME": str(surroundings.home)}
    argv_env = ["env", "-u", "HOME"] if home is None else ["env", f"HOME={home}"]
    server = pairs.Server(skua.server, server_env, ["-i", pairs.LOOPBACK], prefix=argv_env)
    probe(server, surroundings.home)
    server.end()


def test_a_folder_that_is_gone(skua, surroundings):
    """Where it is started was removed."""
    gone = surroundings.home / "gone"
    prefix = ["sh", "-c", f'mkdir "{gone}" && cd "{gone}" && rmdir "{gone}" && exec "$@"', "sh"]
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK], prefix=prefix)
    probe(server, surroundings.home)


def test_files_that_nobody_may_read(skua, surroundings):
    """umask 777: it is the shell's, and nothing of ours depends on it."""
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK],
                          prefix=["sh", "-c", 'umask 777; exec "$@"', "sh"])
    (surroundings.home / "alive").touch()
    probe(server, surroundings.home)


# The client

LOCALES = [{"LANG": "C"}, {"LC_ALL": "bogus"}, {"LANG": "de_DE.ISO-8859-1"}, {"LANG": ""}, {"LC_ALL": "x" * 4096}]
TERMS = ["", "dumb", "unknown-terminal", "../../x", "x" * 4096, "/etc/passwd"]


def in_terminal(skua, surroundings, terminals, remove=(), **more):
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK])
    env = {**surroundings.env(MOSH_KEY=server.key), **more}
    for name in remove:
        env.pop(name)
    return terminals([skua.client, pairs.LOOPBACK, str(server.port)], env)


def assert_usable(terminal):
    terminal.wait_text(PROMPT, 60)
    terminal.send("clear; echo usa''ble" + ENTER)
    terminal.wait_text("usable", 60)
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit(60) == 0
    assert terminal.settings == terminal.settings_before


@pytest.mark.parametrize("variables", LOCALES, ids=lambda variables: str(variables)[:30])
def test_locales(skua, surroundings, terminals, variables):
    """The client speaks UTF-8 whatever it is told, and warns."""
    assert_usable(in_terminal(skua, surroundings, terminals, ("LANG",), **variables))


@pytest.mark.parametrize("variables", LOCALES, ids=lambda variables: str(variables)[:30])
def test_locales_of_the_server(skua, surroundings, variables):
    """It finds a UTF-8 locale, or says both sides' words for what there is."""
    env = {name: value for name, value in surroundings.env().items() if name != "LANG"}
    done = start(skua, {**env, **variables})
    assert done.returncode == 0 and "MOSH CONNECT" in done.stdout or "UTF-8" in done.stderr


@pytest.mark.parametrize("term", [None, *TERMS], ids=lambda term: str(term)[:20])
def test_terminals(skua, surroundings, terminals, term):
    """Something that can be used is made of any TERM; no file is looked for by one with a slash in it."""
    if term is None:
        terminal = in_terminal(skua, surroundings, terminals, ("TERM",))
    else:
        terminal = in_terminal(skua, surroundings, terminals, TERM=term)
    until(lambda: terminal.read() or PROMPT in terminal.text or not terminal.is_alive, 60, "it starts")
    terminal.wait_for(lambda: PROMPT in terminal.text or not terminal.is_alive, 60, "a prompt or an end")
    if terminal.is_alive:
        assert_usable(terminal)
    else:
        assert "TERM" in terminal.text
        assert terminal.settings == terminal.settings_before


@pytest.mark.parametrize("columns, rows, told", [(0, 0, "24 80"), (65535, 65535, None), (1, 1, "1 1")])
def test_sizes(skua, surroundings, terminals, columns, rows, told):
    """Of the user's terminal at the start."""
    size = surroundings.home / "size"
    command = ["sh", "-c", f"stty size >{size}.new; mv {size}.new {size}; exec cat"]
    server = pairs.Server(skua.server, surroundings.env(), ["-i", pairs.LOOPBACK], command)
    argv = ["sh", "-c", f'stty cols {columns} rows {rows}; exec "$@"', "sh", skua.client, pairs.LOOPBACK,
            str(server.port)]
    terminal = terminals(argv, surroundings.env(MOSH_KEY=server.key))
    terminal.wait_for(size.exists, 60, "the program starts")
    height, width = (int(word) for word in size.read_text().split())
    assert told is None or size.read_text().strip() == told
    assert 1 <= height <= 4096 and 1 <= width <= 4096 and height * width <= 1 << 20
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit(60) in (0, 1)


def test_a_storm_of_signals(skua, surroundings, terminals):
    """Window changes and stops at every moment of a start, then a working session."""
    terminal = in_terminal(skua, surroundings, terminals)
    for turn in range(300):
        terminal.resize(80 + turn % 7, 24 + turn % 3)
        terminal.signal(signal.SIGWINCH)
        terminal.read()
        if turn % 50 == 0:
            terminal.signal(signal.SIGCONT)
    terminal.resize(80, 24)
    terminal.wait_text(PROMPT, 60)
    run(terminal, "stty size >size", "stormed", 60)
    assert (surroundings.home / "size").read_text() == "24 80\n"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM, signal.SIGQUIT])
def test_a_signal_at_any_moment_of_the_start(skua, surroundings, terminals, number):
    """After so much output each time: the terminal is given back."""
    for length in (0, 1, 30, 200):
        terminal = in_terminal(skua, surroundings, terminals)
        terminal.wait_for(lambda: len(terminal.output) >= length or not terminal.is_alive, 60, "some output")
        terminal.signal(number)
        terminal.wait_exit(60)
        assert terminal.settings == terminal.settings_before
        if terminal.output:
            assert not terminal.display.is_alternate
