"""A fresh Debian in a folder, made with debootstrap: minbase, an sshd, and a user who reaches it by ssh as host.example.

It shares the network of the machine, and has processes, mounts and files of its own. Root makes it.
"""

import hashlib
import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import waiting  # noqa: E402
from namespaces import Machine  # noqa: E402
from programs import ROOT  # noqa: E402
from sshd import free_port  # noqa: E402
from terminal import Terminal  # noqa: E402

RELEASE = "bookworm"
USER, HOST = "me", "host.example"  # as in the README
PROMPT = "fresh$ "

# What every use of a system changes: the package manager's own books, caches and logs, and the shells' histories.
_CHANGES_BY_ITSELF = ("proc", "sys", "dev", "run/sshd", "var/cache", "var/lib/apt", "var/log", "etc/ld.so.cache",
                      "var/lib/dpkg/status", "var/lib/dpkg/status-old", "var/lib/dpkg/lock",
                      "var/lib/dpkg/lock-frontend", "var/lib/dpkg/triggers", "var/lib/dpkg/available",
                      f"home/{USER}/.bash_history", f"home/{USER}/.ssh/known_hosts",
                      f"home/{USER}/.ssh/known_hosts.old")

_SETUP = """
printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
apt-get -q update
DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends openssh-server sudo
useradd --create-home --shell /bin/bash me
echo 'me ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/me
echo "PS1='fresh$ '; bind 'set enable-bracketed-paste off' 2>/dev/null" >>/home/me/.bashrc
touch /home/me/.hushlogin
runuser -u me -- sh -c 'mkdir -m 700 ~me/.ssh; ssh-keygen -q -t ed25519 -N "" -f ~me/.ssh/id_ed25519
    cp ~me/.ssh/id_ed25519.pub ~me/.ssh/authorized_keys'
mkdir -p /run/sshd
"""


def why_not():
    """Why no fresh Debian can be made here; None if one can."""
    if os.geteuid() != 0:
        return "a fresh Debian is made by root"
    lacking = [name for name in ("debootstrap", "unshare", "nsenter") if shutil.which(name) is None]
    return f"not installed: {', '.join(lacking)}" if lacking else None


def _prepared(folder, architecture):
    """The archive of a root that is set up; made once."""
    archive = folder / f"{RELEASE}-{architecture}.tar"
    if archive.exists():
        return archive
    root = folder / "preparing"
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["debootstrap", f"--arch={architecture}", "--variant=minbase", RELEASE, root], check=True, stdout=subprocess.DEVNULL)
    with FreshDebian(root) as debian:
        debian.run(_SETUP)
    subprocess.run(["tar", "-C", root, "-cf", f"{archive}.new", "."], check=True)
    os.rename(f"{archive}.new", archive)
    shutil.rmtree(root)
    return archive


def own_architecture():
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def unpack(folder, name, architecture):
    """A new fresh Debian in folder/name. The caller closes it, which removes it."""
    folder = Path(folder).resolve()
    archive = _prepared(folder, architecture)
    root = folder / name
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    subprocess.run(["tar", "-C", root, "-xf", archive], check=True)
    return FreshDebian(root)


class FreshDebian:
    """Processes in a root of their own. All of them end with it."""

    def __init__(self, root):
        self.root = Path(root)
        inside = shlex.quote(str(self.root))
        script = f"mount --bind /dev/pts {inside}/dev/pts && echo ready && exec cat"
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={self.root}/proc",
             "sh", "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._holder.stdout.readline() == b"ready\n", "no namespaces here"
        self._pid = waiting.children_of(self._holder.pid)[0]
        self._sshd, self._machine = None, None

    def argv(self, command, user="root", folder="/"):
        """What runs a shell's command in it, by the user, as after a login."""
        home = "/root" if user == "root" else f"/home/{user}"
        network = self._machine.prefix if self._machine is not None else []
        return [*network, "nsenter", "-t", str(self._pid), "-m", "-p", "chroot", self.root, "/usr/sbin/runuser", "-u", user, "--",
                "/usr/bin/env", "-i", f"HOME={home}", f"USER={user}", f"LOGNAME={user}", "SHELL=/bin/bash",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm-256color",
                "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                "/bin/bash", "-e", "-c", f"cd {shlex.quote(folder)}; {command}"]

    def run(self, command, user="root", folder="/", deadline_s=1800):
        """Run a command to its end; its output. A command that fails is an error that shows what it said."""
        done = subprocess.run(self.argv(command, user, folder), stdin=subprocess.DEVNULL, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=deadline_s, check=False)
        assert done.returncode == 0, f"{command}\nended with {done.returncode}:\n{done.stdout[-6000:]}"
        return done.stdout

    def terminal(self, command, folder=f"/home/{USER}"):
        """A terminal in which the user runs the command."""
        return Terminal(self.argv(f"exec {command}", USER, folder), dict(os.environ))

    def leave_network(self):
        """From here on it has a network of its own, with nothing but a loopback."""
        self._machine = Machine()

    def bring_source(self):
        """The tree of what is committed, where the user has unpacked it."""
        done = subprocess.run(["git", "-C", ROOT, "archive", "--prefix=skua/", "HEAD"], check=True, capture_output=True)
        subprocess.run(["tar", "-x", "-C", self.root / f"home/{USER}"], input=done.stdout, check=True)
        self.run(f"chown -R {USER}: /home/{USER}/skua")

    def start_sshd(self):
        """Let the user reach this system by ssh as HOST."""
        port = free_port()
        with open(self.root / "etc/hosts", "a", encoding="ascii") as hosts:
            hosts.write(f"127.0.0.1 localhost {HOST}\n")
        config = self.root / f"home/{USER}/.ssh/config"
        config.write_text(f"Host {HOST}\n  Port {port}\n  StrictHostKeyChecking accept-new\n  LogLevel ERROR\n")
        self._sshd = subprocess.Popen(
            self.argv(f"mkdir -p /run/sshd; exec /usr/sbin/sshd -D -e -p {port} -o ListenAddress=127.0.0.1"),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        first = self._sshd.stderr.readline()
        assert "listening" in first, first

    def files(self):
        """Everything in it: path -> (mode, owner, group, content), but for what changes by itself."""
        found = {}
        for folder, names, files in os.walk(self.root):
            relative = Path(folder).relative_to(self.root)
            names[:] = [name for name in names if str(relative / name) not in _CHANGES_BY_ITSELF]
            for name in [*names, *files]:
                path = str(relative / name)
                if path not in _CHANGES_BY_ITSELF:
                    found[path] = _described(Path(folder) / name)
        return found

    def close(self, remove=True):
        self._holder.stdin.close()
        self._holder.wait(60)
        if self._sshd is not None:
            self._sshd.stderr.close()
            self._sshd.wait(60)
        if self._machine is not None:
            self._machine.close()
        if remove:
            shutil.rmtree(self.root)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close(remove=False)


def _described(path):
    status = path.lstat()
    content = ""
    if stat.S_ISLNK(status.st_mode):
        content = os.readlink(path)
    elif stat.S_ISREG(status.st_mode):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
    return status.st_mode, status.st_uid, status.st_gid, content
