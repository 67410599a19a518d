"""The statically linked server: it needs no other file, and serves in a folder where there is none."""

import fcntl
import re
import shutil
import subprocess

import pytest

from conftest import require
from pairs import LOOPBACK, Server, start_client
from programs import ROOT, tool

FOLDER = ROOT / "build-static"
MAX_BYTES = 3_500_000
DEADLINE_S = 60

_IN_CHROOT = """
mount --rbind /dev {0}/dev && mount -t tmpfs none {0}/run || exit
exec env -u HOME -u SHELL {1} chroot {0} "$@"
"""


@pytest.fixture(scope="module")
def static_server():
    """Built once, whoever of several workers comes first."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run([ROOT / "scripts/static"], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert "warning: Using" not in done.stdout + done.stderr, "it asks the name service"
    return FOLDER / "skua-server"


@pytest.fixture
def chroot(tmp_path, static_server):
    """A folder with the server, a shell, and the folders that systems are mounted on. No /etc."""
    tried = subprocess.run(["unshare", "-m", "true"], capture_output=True, text=True, check=False)
    require(f"no mount namespace here: {tried.stderr.strip()}" if tried.returncode else None)
    root = tmp_path / "root"
    for name in ("dev", "run", "bin", "home/somebody"):
        (root / name).mkdir(parents=True)
    shell = shutil.which("dash")
    shutil.copy(static_server, root)
    shutil.copy(shell, root / "bin/sh")
    for library in re.findall(r"(/\S+)", subprocess.run(["ldd", shell], capture_output=True, text=True,
                                                        check=True).stdout):
        (root / library[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library[1:])
    return root


def start(root, surroundings, words=""):
    """The server in the folder, with no more environment than env's words say."""
    env = {**surroundings.env(PS1="> "), "LANG": "xx_XX.UTF-8"}
    prefix = ["unshare", "-m", "/bin/sh", "-c", _IN_CHROOT.format(root, words), "sh"]
    return Server("/skua-server", env, ["-i", LOOPBACK], prefix=prefix)


def test_needs_nothing(static_server):
    headers = subprocess.run([tool("readelf"), "-ld", static_server], capture_output=True, text=True, check=True).stdout
    assert "INTERP" not in headers and "NEEDED" not in headers
    assert "PIE" in headers and "BIND_NOW" in headers and "TEXTREL" not in headers
    assert static_server.stat().st_size < MAX_BYTES


def test_shell_and_home_of_etc_passwd(static_server, chroot, skua, surroundings):
    (chroot / "etc").mkdir()
    (chroot / "etc/passwd").write_text("other:x:77:77::/:/bin/false\nme:x:0:0::/home/somebody:/bin/sh\n")
    server = start(chroot, surroundings)
    with start_client(skua.client, surroundings.env(), server) as terminal:
        terminal.wait_text("> ", DEADLINE_S)
        terminal.send("pwd; echo \"$HOME $LANG $((6 * 7))\" ζ\r")
        terminal.wait_line("/home/somebody", DEADLINE_S)
        terminal.wait_text("xx_XX.UTF-8 42 ζ", DEADLINE_S)
        terminal.send("exit\r")
        terminal.wait_exit(DEADLINE_S)
    server.wait_gone(DEADLINE_S)


def test_shell_and_home_of_the_login(static_server, chroot, skua, surroundings):
    (chroot / "bin/sh").rename(chroot / "bin/other")
    server = start(chroot, surroundings, "SHELL=/bin/other HOME=/home/somebody")
    with start_client(skua.client, surroundings.env(), server) as terminal:
        terminal.wait_text("> ", DEADLINE_S)
        terminal.send("pwd; echo $0\r")
        terminal.wait_line("/home/somebody", DEADLINE_S)
        terminal.wait_text("-other", DEADLINE_S)
