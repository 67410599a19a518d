"""What a user sees before there is a session: one line that says what is wrong and what to do, and one that says
what is waited for, while nobody else uses the terminal."""

import os
import socket
import subprocess

import pytest
import waiting
from launching import REACHED, START, launcher  # noqa: F401: fixture
from programs import SKUA


def shown(terminal):
    """The lines that the terminal holds."""
    return [line for line in terminal.display.lines() if line.strip()]


def contact(terminals, surroundings, *words, **env):
    """Run the launcher in a terminal to its end."""
    terminal = terminals([SKUA.launcher, *words], surroundings.env(**env), columns=200)
    status = terminal.wait_exit(60)
    terminal.wait_quiet()  # what it wrote last is still on its way
    return status, shown(terminal)


# What is wrong, and what to do

def test_no_arguments(terminals, surroundings, skua):
    status, lines = contact(terminals, surroundings)
    assert status == 255 and len(lines) == 2
    assert "name a host" in lines[0] and "--help" in lines[1]


def test_no_such_name(terminals, surroundings, skua):
    status, lines = contact(terminals, surroundings, "--ssh=ssh -F none", "no-such-host.invalid")
    assert status == 255 and len(lines) == 1
    assert "look up no-such-host.invalid" in lines[0] and "is the name right" in lines[0]


def test_no_sshd(terminals, surroundings, skua):
    """A port that was ours a moment ago: nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    status, lines = contact(terminals, surroundings, f"--ssh=ssh -F none -p {port}", "127.0.0.1")
    assert status == 255 and len(lines) == 1
    assert f"port {port}: Connection refused" in lines[0] and "does sshd run there" in lines[0]


def test_failed_login(sshd, terminals, surroundings, skua):
    """ssh's own words, and then ours."""
    status, lines = contact(terminals, surroundings, f"--ssh={sshd.ssh_command} -o PubkeyAuthentication=no", sshd.host)
    assert status == 255 and len(lines) == 2
    assert "Permission denied" in lines[0]
    assert "Permission denied" in lines[1] and f"try 'ssh {sshd.host}'" in lines[1]


def test_no_terminal(launcher):
    result = launcher.run("h", client=False)
    assert result.error.count("\n") == 1 and "needs a terminal" in result.error and "use ssh" in result.error


def test_no_server_names_the_package(launcher):
    result = launcher.run("h", lines=[REACHED, "", "SKUA NO SERVER debian"], status=127)
    assert result.error.count("\n") == 1
    assert "apt-get install mosh" in result.error and "--server=PATH" in result.error


@pytest.mark.parametrize("variables", [{"LANG": "C", "LC_ALL": "POSIX"}, {"LANG": "de_DE.ISO-8859-1"},
                                       {"LC_CTYPE": "C", "LANG": "C.UTF-8"}])
def test_locale_that_is_not_utf8(launcher, variables):
    """Stock's server starts in UTF-8 only: it gets a locale that it can start in, in the place of ours."""
    result = launcher.run("--server=/usr/bin/mosh-server", "--no-ssh-pty", "h", login_shell="/bin/sh",
                          lines=[REACHED], env={"LANG": None, **variables}, connection="127.0.0.1 1 127.0.0.1 22")
    assert result.status == 7, result.error
    assert "C.UTF-8'" in result.ssh["argv"][-1]


def test_server_without_any_utf8(launcher):
    lines = [REACHED, "mosh-server needs a UTF-8 native locale to run.", "", "LANG=C"]
    result = launcher.stock_like("h", lines=lines, status=1)
    assert result.status == 1 and result.error.count("\n") == 1
    assert "LC_ALL=C.UTF-8 skua h" in result.error and "skua-server" in result.error


@pytest.mark.slow
@pytest.mark.parametrize("jump", [False, True])
def test_nothing_comes_back_by_udp(launcher, terminals, jump):
    """Nobody answers at the address; with a jump host it is said that UDP does not go through it."""
    launcher.script(config="hostname 192.0.2.1" + ("\nproxyjump gate" if jump else ""),
                    lines=["MOSH SSH_CONNECTION 192.0.2.9 1 127.0.0.1 22", START])
    terminal = terminals(launcher.argv("h", client=False), launcher.env(LANG="C.UTF-8"), columns=250)
    assert terminal.wait_exit(120) == 1
    terminal.wait_text("ever heard", 60)
    terminal.wait_quiet()
    last = shown(terminal)[-1]
    assert "UDP port 60001" in last and "firewall" in last and "60001-60999" in last
    assert ("jump host" in last) == jump


# What is waited for

class Lazy:
    """A TCP port whose connections are made only once there is room: its queue is full."""

    def __init__(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen(0)
        self.port = self.listener.getsockname()[1]
        self.fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", self.port))
            self.fillers.append(filler)

    def close(self):
        for each in (*self.fillers, self.listener):
            each.close()


@pytest.fixture
def lazy():
    made = Lazy()
    yield made
    made.close()


def test_a_slow_connection_is_said(lazy, terminals, surroundings, skua):
    terminal = terminals([SKUA.launcher, f"--ssh=ssh -F none -p {lazy.port}", "127.0.0.1"], surroundings.env(),
                         columns=200)
    line = f"skua: connecting to 127.0.0.1 at 127.0.0.1 port {lazy.port}..."
    terminal.wait_for(lambda: shown(terminal) == [line], 60, line)
    lazy.close()  # refused from now on
    assert terminal.wait_exit(60) == 255
    terminal.wait_quiet()
    assert len(shown(terminal)) == 1 and "does sshd run there" in shown(terminal)[0]


def test_interrupted_while_it_is_said(lazy, terminals, surroundings, skua):
    terminal = terminals([SKUA.launcher, f"--ssh=ssh -F none -p {lazy.port}", "127.0.0.1"], surroundings.env())
    terminal.wait_text("connecting to", 60)
    terminal.send(b"\x03")
    assert terminal.wait_exit(60) == 255
    terminal.wait_quiet()
    assert shown(terminal) == ["skua: interrupted before a session started"]
    assert terminal.settings == terminal.settings_before


def test_nothing_is_said_while_ssh_may_ask(sshd, terminals, surroundings, skua):
    """An unknown host key is asked about for ever; the line of the connection is gone, and none comes."""
    sshd.folder.joinpath("known_hosts").unlink()
    sshd.client_config.write_text(sshd.client_config.read_text().replace("BatchMode yes", "")
                                  .replace("StrictHostKeyChecking yes", "StrictHostKeyChecking ask"))
    terminal = terminals([SKUA.launcher, f"--ssh={sshd.ssh_command}", sshd.host], surroundings.env())
    terminal.wait_text("continue connecting", 60)
    waiting.outage(1.5, [terminal])  # longer than a step stays unsaid
    assert "skua:" not in terminal.text
    terminal.send("no\r")
    assert terminal.wait_exit(60) == 255


def test_a_slow_server_is_said(launcher, terminals):
    """From the login on, until the server starts."""
    gate = launcher.folder / "gate"
    os.mkfifo(gate)
    script = launcher.folder / "slow"
    script.write_text("#!/bin/sh\ncase \"$*\" in *-G*) exit 1 ;; esac\n"
                      f"echo 'MOSH SSH_CONNECTION a 1 127.0.0.1 22'\ncat {gate}\necho '{START}'\n")
    script.chmod(0o755)
    terminal = terminals([launcher.path, f"--ssh={script}", f"--client={launcher.client}", "h"], launcher.env())
    terminal.wait_for(lambda: "skua: logged in to h, starting its server..." in shown(terminal), 60)
    with open(gate, "w", encoding="ascii") as file:
        file.write("a banner\n")
    assert terminal.wait_exit(60) == 7
    terminal.wait_quiet()
    lines = shown(terminal)
    assert "a banner" in lines and not any("logged in" in line for line in lines)


def test_nothing_is_said_without_a_terminal(launcher, lazy):
    """No terminal of our own, and so nothing to write to."""
    with subprocess.Popen(["setsid", launcher.path, "--fake-proxy", "--", "127.0.0.1", str(lazy.port)],
                          env=launcher.env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as proxy:
        waiting.outage(1.5)
        lazy.close()
        out, error = proxy.communicate(timeout=60)
    assert out == b"" and error.count(b"\n") == 1 and b"connecting to" not in error
