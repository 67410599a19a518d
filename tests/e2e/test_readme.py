"""Each command that README and documents print does what they say. A command that is new here, or gone, fails.

Those that change a system (install a package, a library, a rule of a firewall) are run by the trials of
`scripts/package --try`, in a fresh Debian; the rest here, in the built tree, with a real sshd.
"""

import os
import re
import shutil
import subprocess

import documented
import namespaces
import pytest
import sshd
from programs import BUILD, ROOT, SKUA, STOCK, named_mosh, why_not
from sshd import SshServer
from surroundings import PROMPT

WAIT_S = 60

# ssh as README's reader has set it up: host.example is known, its user is called me, and sshd has two ports.
_SSH = r"""#!/bin/bash
words=()
for word; do words+=("${{word/#me@/}}"); done
exec {ssh} -F {config} "${{words[@]}}"
"""


def lay_hosts(folder):
    """What to mount where, that the reader's hosts have their names."""
    ours = folder / "etc/hosts"
    if os.path.exists("/etc/hosts"):
        ours.parent.mkdir()
        what, where = ours, "/etc/hosts"
    else:  # then there is nothing to lay a file over
        shutil.copytree("/etc", ours.parent, symlinks=True)
        what, where = ours.parent, "/etc"
    ours.write_text("127.0.0.1 localhost host.example host\n")
    return [str(what), where]


class Reader:
    """Someone at a terminal who types what a document prints, with Skua installed and a host that ssh reaches, on a
    machine whose UDP ports are all free."""

    def __init__(self, folder, surroundings, terminals):
        self.machine = namespaces.Machine()
        self._terminals, self.surroundings = terminals, surroundings
        self.bin = folder / "bin"
        self.bin.mkdir()
        env = surroundings.env
        path = f"{self.bin}:{env()['PATH']}"
        surroundings.env = lambda **more: env(PATH=path, **more)  # of the user at both ends
        server = SshServer(folder / "sshd", surroundings, self.machine.prefix, further_ports=(2222,))
        self._server = server
        config = server.client_config
        config.write_text(config.read_text().replace("StrictHostKeyChecking yes", "StrictHostKeyChecking no")
                          .replace(f"Host {server.host}\n", "Host host.example host 127.0.0.1\n")
                          .replace(f"HostKeyAlias {server.host}", "HostKeyAlias host"))
        self._script("ssh", _SSH.format(ssh=sshd.tool("ssh"), config=config))
        for name, program in (("skua", SKUA.launcher), ("skua-server", SKUA.server), ("skua-client", SKUA.client)):
            (self.bin / name).symlink_to(program)
        named_mosh(self.bin)
        self.env = surroundings.env()
        (surroundings.home / "skua-server").symlink_to(SKUA.server)  # copied there, as README says
        for name in (".bashrc", ".bash_profile"):
            with open(surroundings.home / name, "a", encoding="ascii") as profile:
                # sshd goes to the home that the system's books name, and /etc/profile has a PATH of its own.
                profile.write(f"cd; PATH={self.bin}:$PATH\n")
        self.prefix = [*self.machine.prefix, sshd.tool("unshare"), "-m", "/bin/sh", "-c",
                       'mount --bind "$0" "$1" && shift && exec "$@"', *lay_hosts(folder)]

    def _script(self, name, text):
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def type(self, command):
        """The terminal in which the command runs, typed into a shell as it is printed."""
        return self._terminals([*self.prefix, "/bin/bash", "-c", command], self.env, cwd=self.surroundings.home)

    def session(self, command):
        """A session by this command: it begins, a shell answers, it ends."""
        terminal = self.type(command)
        terminal.wait_text(PROMPT, WAIT_S)
        terminal.send("echo $((6 * 7)) is the answer\r")
        terminal.wait_text("42 is the answer", WAIT_S)
        terminal.send("exit\r")
        assert terminal.wait_exit(WAIT_S) == 0, terminal.describe()

    def says(self, command, words, status=0):
        """The command ends with this status after it printed these words."""
        done = subprocess.run([*self.prefix, "/bin/bash", "-c", command], env=self.env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=WAIT_S, check=False,
                              cwd=self.surroundings.home)
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
        assert words in done.stdout, f"{command} says\n{done.stdout}{done.stderr}"

    def close(self):
        self._server.close()
        self.machine.close()


@pytest.fixture
def reader(tmp_path, surroundings, terminals):
    """Call it for a Reader."""
    for reason in (why_not(SKUA), why_not(STOCK), sshd.why_not(), namespaces.why_no_mounts()):
        if reason:
            pytest.skip(reason)
    made = []

    def call():
        made.append(Reader(tmp_path, surroundings, terminals))
        return made[-1]
    yield call
    for each in made:
        each.close()


def session(reader, command):
    reader().session(command)


def listed(reader, command):
    """Of a session that runs, by its own user."""
    terminal = reader().type("skua host.example")
    terminal.wait_text(PROMPT, WAIT_S)
    terminal.send(f"{command}; echo status $?\r")
    terminal.wait_text("status 0", WAIT_S)
    terminal.send("exit\r")
    assert terminal.wait_exit(WAIT_S) == 0, terminal.describe()


def piped(reader, command):
    """A command that waits for the return key, so that its output can be read."""
    terminal = reader().type(command)
    terminal.wait_for(lambda: re.search(r"^\d+$", terminal.display.lines()[0]), WAIT_S, "a number")
    terminal.send("\r")
    assert terminal.wait_exit(WAIT_S) == 0, terminal.describe()


def ends(reader, command):
    """It runs and ends by itself."""
    terminal = reader().type(command)
    assert terminal.wait_exit(WAIT_S) == 0, terminal.describe()


def forwarded(reader, command):
    """ssh listens where it is told to."""
    reader = reader()
    terminal = reader.type(command)
    listening = [*reader.prefix, sshd.tool("ss"), "-ltnH", "sport = :8080"]
    terminal.wait_for(lambda: subprocess.run(listening, capture_output=True, check=True).stdout, WAIT_S, "a listener")


def demo(reader, command):
    """Where nobody watches a session is played and printed."""
    reader = reader()
    if BUILD != ROOT / "build":
        pytest.skip("the demonstration is of the folder build")
    done = subprocess.run(["/bin/bash", "-c", command], cwd=ROOT, env={**os.environ, **reader.env}, text=True,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=600, check=False)
    assert done.returncode == 0 and "hello over UDP" in done.stdout, done.stdout + done.stderr


def picture(_reader, command):
    """What it would write is what lies there."""
    subprocess.run(["/bin/bash", "-c", f"{command} --check"], cwd=ROOT, check=True)


def manual(reader, command):
    if shutil.which("man") is None:
        pytest.skip("not installed: man")
    reader = reader()
    destdir = reader.surroundings.home / "installed"
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", destdir], check=True)
    reader.env["MANPATH"] = str(next(destdir.rglob("man1")).parent)
    reader.says(command, command.split()[-1].upper())


def elsewhere(path, words):
    """Run by another test, which is named and must still speak of it."""
    def is_there(_reader, _command):
        assert words in (ROOT / path).read_text(encoding="utf-8"), f"{path} says nothing of {words!r}"
    return is_there


tried_install = elsewhere("tests/packaging/try", "def readme(")
tried_firewall = elsewhere("tests/packaging/try", "def firewall(")
tried_migrate = elsewhere("tests/packaging/try", "def migrate(")

# A command, as it is printed, and what runs it.
WAYS = {
    "scripts/demo": demo,
    "scripts/picture": picture,
    "scripts/record": elsewhere("tests/e2e/test_readme.py", "def test_recorded_picture("),
    "scripts/test": elsewhere("scripts/test", "run_pytest"),  # it runs this test
    "scripts/bench": elsewhere("bench/run", "--only"),  # makes the table of README: three minutes, or thirteen
    "scripts/static": elsewhere("tests/e2e/test_static.py", "scripts/static"),
    "scripts/portability": elsewhere("scripts/check", "gate_portability"),
    "meson setup build-portable -Dportable=true": elsewhere("tests/packaging/try", "def portable("),
    "ninja -C build-portable": elsewhere("tests/packaging/try", "def portable("),
    "meson test -C build-portable --suite unit --suite rim": elsewhere("tests/packaging/try", "def portable("),
    "scripts/portability 32": elsewhere("scripts/check", "gate_portability"),
    "scripts/portability musl": elsewhere("scripts/check", "gate_portability"),
    "scripts/package --try i386": elsewhere("tests/packaging/try", "def i386("),
    "scripts/release": elsewhere("tests/e2e/test_package.py", "scripts/release"),
    "scripts/package": tried_install,
    "sudo scripts/package --try": tried_install,
    "scripts/deps build": tried_install,
    "meson setup build-release --buildtype=release -Doptimization=2 -Db_lto=true -Dtests=false": tried_install,
    "ninja -C build-release": tried_install,
    "sudo meson install --strip -C build-release": tried_install,
    "sudo apt install ./build-package/skua_*.deb": tried_install,
    "sudo apt install ./build-package/skua_*.deb ./build-package/skua-mosh_*.deb": tried_migrate,
    "sudo apt install mosh": tried_migrate,
    "sudo ufw allow Skua": tried_firewall,
    "sudo firewall-cmd --permanent --add-service=skua": tried_firewall,
    "sudo firewall-cmd --reload": tried_firewall,
    "sudo nft add rule inet filter input udp dport 60001-60999 accept": tried_firewall,
    "skua me@host.example": session,
    "mosh me@host.example": session,
    "skua host.example tmux new-session -A": session,
    'skua -p 60001 --ssh="ssh -p 2222" host.example': session,
    "skua --server=./skua-server me@host.example": session,
    "skua -p 60001 me@host.example": session,
    "skua --experimental-remote-ip=local me@host.example": session,
    "skua --bind-server=any me@host.example": session,
    "skua me@host.example -- tmux new-session -A -s main": session,
    "skua --no-init me@host.example": session,
    "skua me@host.example -- sh -c 'ls | wc -l; read x'": piped,
    "skua host ls -l": ends,
    "skua doctor host": ends,
    "skua --upload": elsewhere("tests/e2e/test_upload.py", "--upload"),
    "skua-server list": listed,
    "skua-server kill --silent 604800": listed,
    "ssh -N -L 8080:localhost:80 me@host.example": forwarded,
    "loginctl enable-linger": elsewhere("tests/e2e/test_scope.py", "lingering"),  # there is no logind here
    "man skua": manual,
    "man skua_config": manual,
}

PRINTED = [command for document in documented.DOCUMENTS for command in documented.commands(document)]


def test_every_command_is_known():
    unknown = [str(command) for command in PRINTED if command.text not in WAYS]
    assert not unknown, "no way to run these, add one to WAYS:\n" + "\n".join(unknown)


def test_every_way_is_printed():
    """A way that no document needs is of no use."""
    assert set(WAYS) <= {command.text for command in PRINTED}


@pytest.mark.parametrize("command", sorted({command.text for command in PRINTED} & set(WAYS)))
def test_command(reader, command):
    WAYS[command](reader, command)


def test_recorded_picture():
    """docs/session.svg is what scripts/record writes: its frames end where the session's script does."""
    script = (ROOT / "scripts/record").read_text()
    picture_text = (ROOT / "docs/session.svg").read_text(encoding="utf-8")
    shown = re.sub(r"<[^>]*>", "", picture_text)
    for typed in re.findall(r'record\.type\("([^"]+)"', script):
        assert all(word in shown for word in typed.split()), typed
