"""A real sshd on a loopback port with keys and configuration of its own, and the ssh that reaches it."""

import getpass
import grp
import os
import pty
import signal
import socket
import subprocess
from pathlib import Path

import waiting
from programs import tool

_SERVER = """Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/user_key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PrintLastLog no
AllowTcpForwarding yes
MaxStartups 100
LogLevel VERBOSE
SetEnv {environment}
"""

_CLIENT = """Host {host}
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {folder}/user_key
  IdentitiesOnly yes
  UserKnownHostsFile {folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  HostKeyAlias {host}
  BatchMode yes
  LogLevel ERROR
"""


def why_not():
    """Why no sshd can be run here; None if one can."""
    lacking = [name for name in ("sshd", "ssh", "ssh-keygen") if tool(name) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    if os.geteuid() != 0 and not _terminals_are_of_group_tty():
        return "sshd needs root here: it gives terminals to the group tty, which devpts does not do for it"
    return None


def _terminals_are_of_group_tty():
    """Whether a new terminal belongs to the group that sshd wants it to."""
    ends = pty.openpty()
    group = os.fstat(ends[1]).st_gid
    for end in ends:
        os.close(end)
    return group == grp.getgrnam("tty").gr_gid


def free_port():
    """A TCP port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def client_config(folder, host, port):
    """ssh_config for a server of that name, whose keys are in folder; nothing of the user's own is read."""
    return _CLIENT.format(folder=folder, host=host, port=port, user=getpass.getuser())


class SshServer:
    """sshd as the user who runs the tests. Sessions get the surroundings' home and mark; nothing of the
    user's own ssh is read or written."""

    host = "skua-test"

    def __init__(self, folder, surroundings, prefix=(), further_ports=()):
        """prefix: the words before a command line that run it elsewhere, as Machine.prefix."""
        self.folder = Path(folder)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = free_port()
        for name in ("host_key", "user_key"):
            subprocess.run([tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f",
                            self.folder / name], check=True)
        host_key = (self.folder / "host_key.pub").read_text()
        (self.folder / "known_hosts").write_text(f"{self.host} {host_key}")
        env = surroundings.env()
        kept = ["HOME", "PATH", "MOSH_SERVER_NETWORK_TMOUT", surroundings.mark.partition("=")[0]]
        values = {"port": self.port, "folder": self.folder,
                  "environment": " ".join(f'"{name}={env[name]}"' for name in kept)}
        (self.folder / "sshd_config").write_text(_SERVER.format(**values))
        with open(self.folder / "sshd_config", "a", encoding="ascii") as file:
            file.writelines(f"Port {port}\n" for port in further_ports)
        self.client_config = self.folder / "ssh_config"
        self.client_config.write_text(client_config(self.folder, self.host, self.port))
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with open(self.folder / "sshd.log", "wb") as log:
            self.process = subprocess.Popen([*prefix, tool("sshd"), "-D", "-e", "-f", self.folder / "sshd_config"],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        waiting.until(self._listens, 20, lambda: f"sshd listens\n{self.log}")

    def force_command(self, command):
        """Let each later login run this by the user's shell; what it asked for is $SSH_ORIGINAL_COMMAND."""
        with open(self.folder / "sshd_config", "a", encoding="utf-8") as file:
            file.write(f"ForceCommand {command}\n")
        listening = self.log.count("Server listening")
        self.process.send_signal(signal.SIGHUP)
        waiting.until(lambda: self.log.count("Server listening") > listening, 20, "sshd listens again")

    def _listens(self):
        assert self.process.poll() is None, f"sshd ended\n{self.log}"
        return "Server listening" in self.log

    @property
    def ssh_command(self):
        """What reaches it, for a launcher's --ssh."""
        return f"ssh -F {self.client_config}"

    @property
    def log(self):
        return (self.folder / "sshd.log").read_text(errors="replace")

    def connections(self):
        """The pids of the processes that serve a connection each."""
        return waiting.children_of(self.process.pid)

    def cut(self, pids):
        """Kill connections as a reboot of the network would: no word to either side's program."""
        for pid in pids:
            for child in (*waiting.children_of(pid), pid):
                try:
                    os.kill(child, signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def close(self):
        self.cut(self.connections())
        self.process.terminate()
        self.process.wait(10)
