"""Whole sessions of ours by the launcher, its own client included: on this machine, and through logins that
users have configured."""

import os
import signal

import pytest

import pairs
import waiting
from session_scripts import ENTER, run


# This machine


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_local_session(ours, surroundings, terminals, address):
    terminal = terminals([ours.launcher, f"--server={ours.server}", "--local", address])
    pairs.wait_prompt(terminal)
    run(terminal, "pwd", "asked")
    assert str(surroundings.home) in terminal.text
    terminal.send("exit" + ENTER)
    assert terminal.wait_exit() == 0


# Real logins


@pytest.fixture
def login(ours, sshd, surroundings, terminals):
    """Call it to launch a session through sshd with more ssh_config for its hosts."""
    def start(options=(), host=None, config="", command=()):
        with open(sshd.client_config, "a", encoding="utf-8") as file:
            file.write(config)
        words = [ours.launcher, f"--ssh={sshd.ssh_command}", f"--server={ours.server}", *options,
                 host or sshd.host, *(["--", *command] if command else [])]
        return terminals(words)
    return start


def ends_well(terminal):
    pairs.wait_prompt(terminal, 30)
    run(terminal, "echo there", "on")
    terminal.send("exit" + ENTER)
    return terminal.wait_exit() == 0


@pytest.mark.parametrize("options", [[], ["--no-ssh-pty"], ["--experimental-remote-ip=proxy"],
                                     ["--experimental-remote-ip=remote"], ["--bind-server=any"]],
                         ids=lambda options: " ".join(options) or "plain")
def test_login(login, options):
    assert ends_well(login(options))


@pytest.mark.usefixtures("as_shipped")
def test_login_by_dropbear(ours, dropbear, terminals):
    """The server of routers and small containers, where --no-ssh-pty is what the manual tells to use."""
    terminal = terminals([ours.launcher, f"--ssh={dropbear.ssh_command}", f"--server={ours.server}",
                          "--no-ssh-pty", dropbear.host])
    assert ends_well(terminal)


def behind(sshd, how):
    """ssh_config for a host that is reached in another way than straight."""
    own = sshd.client_config.read_text().replace(f"Host {sshd.host}\n", "Host behind\n", 1)
    return own + "  " + how + "\n"


@pytest.mark.parametrize("how", ["ProxyJump skua-test", "ProxyCommand ssh -F {config} -W %h:%p skua-test",
                                 "ControlMaster auto\n  ControlPath {folder}/master\n  ControlPersist 5",
                                 "RemoteCommand echo no session"],
                         ids=lambda how: how.split()[0])
def test_login_by_ssh_configuration(login, sshd, how):
    config = behind(sshd, how.format(config=sshd.client_config, folder=sshd.folder))
    assert ends_well(login(host="behind", config=config))


@pytest.mark.parametrize("shell", ["bash", "dash", "zsh", "fish", "tcsh"])
def test_login_shells(ours, login, sshd, shell):
    """The far side's shell reads our command, with its own idea of quotes, after noisy start-up files."""
    path = f"/bin/{shell}"
    if not os.access(path, os.X_OK):
        pytest.skip(f"no {path}")
    sshd.force_command(f'echo "welcome to {shell}"; exec {path} -c "$SSH_ORIGINAL_COMMAND"')
    # Without another screen, what it said stays when the session is over.
    terminal = login(["--no-init"], command=["printf", "<%s>", "it's", "a  b", "$HOME", '"', "\\n", "*"])
    terminal.wait_text("<it's><a  b><$HOME><\"><\\n><*>", 60)
    assert terminal.wait_exit(60) == 0


def test_login_to_a_host_without_a_server(ours, sshd, terminals):
    terminal = terminals([ours.launcher, f"--ssh={sshd.ssh_command}", "--server=/no/such/server", sshd.host])
    assert terminal.wait_exit(30) == 127
    assert "/no/such/server" in terminal.text
    assert terminal.settings == terminal.settings_before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_signal_while_ssh_waits(ours, surroundings, terminals, tmp_path, number):
    """The launcher goes, its ssh goes with it, the terminal is as before."""
    waiter = tmp_path / "ssh"
    waiter.write_text("#!/bin/sh\ncase $* in *-G*) exit;; esac\necho $$ >\"$0.pid\"\nexec tail -f /dev/null\n")
    waiter.chmod(0o755)
    pid_file = tmp_path / "ssh.pid"
    terminal = terminals([ours.launcher, f"--ssh={waiter}", "--experimental-remote-ip=remote", "host"])
    terminal.wait_for(lambda: pid_file.exists() and pid_file.read_text().strip(), what="ssh runs")
    terminal.signal(number)
    assert terminal.wait_exit() != 0
    waiting.wait_gone(int(pid_file.read_text()), 10)
    assert terminal.settings == terminal.settings_before
