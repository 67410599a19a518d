"""The launcher through a real sshd: what ssh's configuration may hold, and that a session starts for each."""

import re
import subprocess

import launching
import pytest
import waiting
from terminal import Terminal

STOCK_SERVER = "/usr/bin/mosh-server"


@pytest.fixture
def launcher(tmp_path, surroundings):
    reason = launching.why_not()
    if reason:
        pytest.skip(reason)
    made = launching.Launching(tmp_path / "launch", launching.programs.SKUA.launcher)
    made.env = lambda **more: surroundings.env(**more)
    return made


class Ssh:
    """A configuration in which `target` is reached in some way of the user's."""

    def __init__(self, sshd):
        self.sshd = sshd
        self.file = sshd.folder / "user_config"
        self.command = f"ssh -F {self.file}"

    def write(self, *lines):
        base = self.sshd.client_config.read_text()
        own = "\n".join(f"  {line}" for line in lines)
        target = base.replace(f"Host {self.sshd.host}\n", f"Host target\n{own}\n")
        self.file.write_text(base + "\n" + target)


@pytest.fixture
def ssh(sshd):
    return Ssh(sshd)


def start(launcher, ssh, *options, target="target"):
    result = launcher.run(*options, target, ssh=ssh.command, deadline_s=60)
    assert result.client is not None, (result.out, result.error, ssh.sshd.log)
    assert re.fullmatch(r"60[0-9]{3}", result.client["argv"][2])
    return result


def logins(sshd):
    return sshd.log.count("Accepted publickey")


def test_alias(launcher, ssh):
    ssh.write()
    assert start(launcher, ssh).address == "127.0.0.1"
    assert start(launcher, ssh, f"--server={STOCK_SERVER}", "--experimental-remote-ip=proxy").address == "127.0.0.1"
    assert start(launcher, ssh, "--no-ssh-pty").address == "127.0.0.1"


def test_remote_and_any(launcher, ssh):
    ssh.write()
    result = start(launcher, ssh, "--experimental-remote-ip=remote", "--bind-server=any")
    assert result.address == "127.0.0.1" and "127.0.0.1" in result.error


@pytest.mark.parametrize("family", ["inet", "prefer-inet6", "all", "auto"])
def test_family(launcher, ssh, family):
    ssh.write()
    assert start(launcher, ssh, f"--family={family}").address == "127.0.0.1"


def test_family_that_the_host_lacks(launcher, ssh):
    ssh.write()
    result = launcher.run("-6", "target", ssh=ssh.command)
    assert result.status == 255 and result.client is None
    assert b"127.0.0.1" in result.out


def test_jump_host(launcher, ssh):
    ssh.write(f"ProxyJump {ssh.sshd.host}")
    assert start(launcher, ssh).address == "127.0.0.1"
    assert logins(ssh.sshd) == 2


def test_own_proxy_command(launcher, ssh):
    ssh.write(f"ProxyCommand {ssh.command} -W %h:%p {ssh.sshd.host}")
    assert start(launcher, ssh).address == "127.0.0.1"
    assert logins(ssh.sshd) == 2


def test_remote_command_of_the_configuration(launcher, ssh):
    ssh.write("RemoteCommand echo mine")
    assert start(launcher, ssh).address == "127.0.0.1"


def test_shared_connection(launcher, ssh, tmp_path):
    ssh.write(f"ControlPath {tmp_path}/shared", "ControlMaster auto", "ControlPersist yes")
    assert start(launcher, ssh).address == "127.0.0.1"
    subprocess.run([*ssh.command.split(), "target", "true"], check=True, timeout=30,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    before = logins(ssh.sshd)
    try:
        assert start(launcher, ssh).address == "127.0.0.1"
        assert logins(ssh.sshd) == before
    finally:
        subprocess.run([*ssh.command.split(), "-O", "exit", "target"], check=True, timeout=30,
                       stderr=subprocess.DEVNULL)


def test_first_shared_connection_stays_open_behind_us(launcher, ssh, tmp_path):
    """ssh goes to the background with our pipe in its hands when it persists; we do not wait for it."""
    ssh.write(f"ControlPath {tmp_path}/shared", "ControlMaster auto", "ControlPersist yes")
    try:
        start(launcher, ssh, "--experimental-remote-ip=remote")
        result = launcher.run("--experimental-remote-ip=remote", "--server=/no/such", "target", ssh=ssh.command)
        assert result.status == 127 and "/no/such" in result.error
    finally:
        subprocess.run([*ssh.command.split(), "-O", "exit", "target"], check=False, timeout=30,
                       stderr=subprocess.DEVNULL)


def test_refused_key(launcher, ssh):
    ssh.write()
    (ssh.sshd.folder / "user_key.pub").write_text("")
    result = launcher.run("target", ssh=ssh.command)
    assert result.status == 255 and result.client is None
    assert "Permission denied" in result.error


def test_noisy_start_up_file(launcher, ssh, surroundings):
    noise = "printf 'no newline at the end'\nprintf '\\033[2J'\necho MOSH IP 192.0.2.66\n"
    rc_file = surroundings.home / ".bashrc"
    rc_file.write_text(noise + rc_file.read_text())
    ssh.write()
    for options in ([], ["--experimental-remote-ip=remote"]):
        result = start(launcher, ssh, *options)
        assert result.address == "127.0.0.1"
        assert b"\x1b" not in result.out and b"192.0.2.66" in result.out


def test_stock_client_and_server(launcher, ssh, surroundings):
    """A session of stock's programs, with our launcher between them."""
    ssh.write()
    argv = [launcher.path, f"--ssh={ssh.command}", "--client=mosh-client", "target", "--", "sh", "-c",
            "echo \"it's $((6 * 7))\"; read line; exit 3"]
    with Terminal(argv, surroundings.env()) as terminal:
        terminal.wait_text("it's 42", 30)
        with open(f"/proc/{terminal.process.pid}/cmdline", "rb") as file:
            words = file.read().split(b"\0")
        assert words[0] == b"mosh-client" and words[1].startswith(b"-# --ssh=") and words[1].endswith(b" |")
        terminal.send("\r")
        assert terminal.wait_exit(30) == 0
        assert terminal.settings == terminal.settings_before


def test_own_server_is_found_and_a_session_runs(launcher, ssh, surroundings, skua):
    """No option at all: the server lies where no PATH leads, the client is the launcher itself."""
    place = surroundings.home / ".local/bin"
    place.mkdir(parents=True)
    (place / "skua-server").symlink_to(skua.server)
    ssh.write()
    with Terminal([skua.launcher, f"--ssh={ssh.command}", "target"], surroundings.env()) as terminal:
        terminal.wait_text("$ ", 30)
        terminal.send("basename $(readlink /proc/$PPID/exe); echo $((6 * 7))x\r")
        terminal.wait_text("42x", 20)
        assert "skua-server" in terminal.text
        terminal.send("exit 3\r")
        assert terminal.wait_exit(30) == 0
        assert terminal.settings == terminal.settings_before


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
@pytest.mark.parametrize("maker", ["skua", "stock"])
def test_local_session(surroundings, skua, maker, address):
    server = skua.server if maker == "skua" else STOCK_SERVER
    argv = [skua.launcher, f"--server={server}", "--local", address]
    with Terminal(argv, surroundings.env()) as terminal:
        terminal.wait_text("$ ", 30)
        terminal.send("echo $((6 * 7))x\r")
        terminal.wait_text("42x", 20)
        terminal.send("exit\r")
        assert terminal.wait_exit(30) == 0


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LANG": "POSIX"}, {"LC_ALL": "bogus"},
                                    {"LANG": "", "LC_CTYPE": "UTF-8"}])
def test_locale_of_the_client(launcher, ssh, surroundings, skua, locale):
    """Text arrives whatever the locale on our side is called."""
    ssh.write()
    argv = [skua.launcher, f"--ssh={ssh.command}", f"--server={skua.server}", "target", "--",
            "sh", "-c", "printf '\\303\\251\\n'; read line"]
    with Terminal(argv, surroundings.env(**locale)) as terminal:
        terminal.wait_text("\u00e9", 30)
        terminal.send("\r")
        assert terminal.wait_exit(30) == 0


def test_interrupt_at_a_prompt_restores_the_terminal(launcher, ssh, surroundings):
    ssh.write("StrictHostKeyChecking ask", "BatchMode no", f"UserKnownHostsFile {surroundings.home}/none")
    argv = [launcher.path, f"--ssh={ssh.command}", "--client", launcher.client, "target"]
    with Terminal(argv, surroundings.env()) as terminal:
        terminal.wait_text("continue connecting", 30)
        children = waiting.children_of(terminal.process.pid)
        terminal.send(b"\x03")
        assert terminal.wait_exit(20) == 255
        assert terminal.settings == terminal.settings_before
        for child in children:
            waiting.wait_gone(child, 10)
