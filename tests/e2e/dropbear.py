"""A real dropbear on a loopback port, the other ssh server that people's machines have, and the ssh that reaches it.

It knows no option for where its users' keys are: libnss_wrapper gives it a user whose home is the test's."""

import getpass
import os
import signal
import subprocess
from pathlib import Path

import waiting
from programs import tool
from sshd import client_config, free_port

_WRAPPER = "libnss_wrapper.so"


def why_not():
    """Why no dropbear can be run here; None if one can."""
    lacking = [name for name in ("dropbear", "dropbearkey", "ssh", "ssh-keygen") if tool(name) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    tried = subprocess.run(["true"], env={"LD_PRELOAD": _WRAPPER}, capture_output=True, check=False)
    return "not installed: libnss-wrapper" if tried.stderr else None


class Dropbear:
    """dropbear as the user who runs the tests, for logins with the surroundings' home, environment and mark."""

    host = "skua-dropbear"

    def __init__(self, folder, surroundings):
        folder = Path(folder)
        folder.mkdir(mode=0o700)
        self._log = folder / "dropbear.log"
        self._write_keys(folder, surroundings.home)
        port = free_port()
        self.client_config = folder / "ssh_config"
        self.client_config.write_text(client_config(folder, self.host, port))
        env = surroundings.env(LD_PRELOAD=_WRAPPER, NSS_WRAPPER_PASSWD=str(folder / "passwd"),
                               NSS_WRAPPER_GROUP=str(folder / "group"))
        with open(self._log, "wb") as log:
            self.process = subprocess.Popen(
                [tool("dropbear"), "-F", "-E", "-e", "-s", "-m", "-r", folder / "host_key", "-P", folder / "pid",
                 "-p", f"127.0.0.1:{port}"], env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        waiting.until(self._listens, 60, lambda: f"dropbear listens\n{self._log.read_text()}")

    def _write_keys(self, folder, home):
        subprocess.run([tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder / "user_key"], check=True)
        made = subprocess.run([tool("dropbearkey"), "-t", "ed25519", "-f", folder / "host_key"],
                              capture_output=True, text=True, check=True)
        host_key = next(line for line in made.stdout.splitlines() if line.startswith("ssh-"))
        (folder / "known_hosts").write_text(f"{self.host} {host_key}\n")
        user = getpass.getuser()
        (folder / "passwd").write_text(f"{user}:x:{os.getuid()}:{os.getgid()}::{home}:/bin/bash\n")
        (folder / "group").write_text(f"{user}:x:{os.getgid()}:\n")
        keys = home / ".ssh" / "authorized_keys"
        keys.parent.mkdir(mode=0o700)
        keys.write_bytes((folder / "user_key.pub").read_bytes())
        keys.chmod(0o600)
        home.chmod(0o700)

    def _listens(self):
        assert self.process.poll() is None, f"dropbear ended\n{self._log.read_text()}"
        return "Not backgrounding" in self._log.read_text()

    @property
    def ssh_command(self):
        """What reaches it, for a launcher's --ssh."""
        return f"ssh -F {self.client_config}"

    def close(self):
        for pid in waiting.children_of(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.terminate()
        self.process.wait(10)
