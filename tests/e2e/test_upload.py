"""A server brought along to an account that has none: docs/SECURITY.md, "Upload" and row Y7."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import uuid
from pathlib import Path

import pytest

import conftest
import pairs
import sshd as sshd_module
from programs import BUILD, SKUA
from session_scripts import ENTER, run

LAUNCHER = BUILD / "tests/programs/skua-uploader"  # brings this build's own server
PAYLOAD = Path(SKUA.server)
CUT_BYTES = 65536

# A login where neither server is found, wherever there may be one.
_LOGIN = """#!/bin/sh
PATH={folder}:$PATH
exec sh -c "$(printf %s "$SSH_ORIGINAL_COMMAND" | sed 's,(f skua-server),(f none-here),;s,(f mosh-server),(f none-here),')"
"""

# ssh, but what it is given to pass on is cut, and what it asks for is written down.
_SSH = """#!/bin/sh
for last; do :; done
case " $* " in *" -C -T "*) printf %s "$last" >{folder}/intake; head -c {bytes} | {ssh} "$@"; exit ;; esac
exec {ssh} "$@"
"""


def write_program(path, text):
    path.write_text(text)
    path.chmod(0o755)
    return path


class Account:
    """An account on a real sshd."""

    def __init__(self, sshd, surroundings, folder):
        self.sshd, self.surroundings = sshd, surroundings
        self.bin = folder
        self.bin.mkdir()
        login = write_program(folder / "login", _LOGIN.format(folder=folder))
        sshd.force_command(login)
        self.cache = surroundings.home / ".cache/skua"
        digest = hashlib.sha256(PAYLOAD.read_bytes()).hexdigest()
        self.pattern = re.compile(rf"[0-9.]+-\w+-{digest[:16]}")

    def words(self, *options, payload_bytes=1 << 40):
        ssh = write_program(self.bin / "ssh-cut",
                            _SSH.format(folder=self.bin, ssh=self.sshd.ssh_command, bytes=payload_bytes))
        return [LAUNCHER, f"--ssh={ssh}", *options, self.sshd.host]

    @property
    def file(self):
        """Where the server is, or will be."""
        folders = [path for path in self.cache.iterdir() if self.pattern.fullmatch(path.name)]
        assert len(folders) == 1, list(self.cache.iterdir())
        return folders[0] / "skua-server"

    def left(self):
        """All that lies in the cache."""
        return [path for path in self.cache.rglob("*") if path.is_symlink() or not path.is_dir()]

    def logins(self):
        return self.sshd.log.count("Accepted publickey")


@pytest.fixture
def account(sshd, surroundings, tmp_path, skua):
    return Account(sshd, surroundings, tmp_path / "account")


def ends_well(terminal):
    pairs.wait_prompt(terminal, 60)
    run(terminal, "echo there", "on")
    terminal.send("exit" + ENTER)
    return terminal.wait_exit(60) == 0


def test_one_command_and_the_second_time_nothing_is_copied(account, terminals):
    assert ends_well(terminals(account.words("--upload=always")))
    assert account.logins() == 2
    assert account.file.read_bytes() == PAYLOAD.read_bytes()
    for path, mode in ((account.file, 0o700), (account.file.parent, 0o700), (account.cache, 0o700)):
        assert path.stat().st_mode & 0o7777 == mode
    assert account.left() == [account.file]
    before = account.file.stat()
    assert ends_well(terminals(account.words()))
    assert account.logins() == 3
    assert account.file.stat().st_ino == before.st_ino and account.file.stat().st_mtime == before.st_mtime


@pytest.mark.parametrize("answer", ["y", "n", ""])
def test_the_user_is_asked(account, terminals, answer):
    terminal = terminals(account.words(), columns=200)
    terminal.wait_text("Copy one to ~/.cache/skua there (", 60)
    assert not account.cache.exists()
    terminal.send(answer + ENTER)
    if answer == "y":
        assert ends_well(terminal)
        return
    assert terminal.wait_exit(60) == 127
    terminal.wait_text("has neither skua-server nor mosh-server", 60)
    assert not account.cache.exists()


def test_never(account, terminals):
    terminal = terminals(account.words("--upload=never"), columns=250)
    assert terminal.wait_exit(60) == 127
    terminal.wait_text("--upload=always", 60)
    assert not account.cache.exists()


def test_not_without_a_terminal(account, surroundings):
    client = write_program(account.bin / "client", "#!/bin/sh\necho 256\n")
    done = subprocess.run([*account.words("--upload=always", f"--client={client}")], env=surroundings.env(),
                          stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    assert done.returncode == 127 and b"has neither" in done.stderr
    assert not account.cache.exists()


def test_what_was_changed_on_the_host_is_not_run(account, terminals):
    assert ends_well(terminals(account.words("--upload=always")))
    mark = account.bin / "was-run"
    account.file.write_text(f"#!/bin/sh\ntouch {mark}\n")
    assert ends_well(terminals(account.words("--upload=always")))
    assert account.file.read_bytes() == PAYLOAD.read_bytes()
    assert not mark.exists()


def test_what_others_could_have_changed_is_not_run(account, terminals):
    assert ends_well(terminals(account.words("--upload=always")))
    account.cache.chmod(0o755)
    terminal = terminals(account.words("--upload=always"), columns=250)
    assert terminal.wait_exit(60) == 255
    terminal.wait_text("must be a folder of yours, mode 0700", 60)


@pytest.mark.skipif(os.geteuid() != 0, reason="another file in its place needs root")
def test_what_was_changed_here_is_not_sent(account, terminals):
    line = shlex.join(str(word) for word in account.words("--upload=always"))
    terminal = terminals(["unshare", "-m", "sh", "-c", f"mount --bind /bin/true {PAYLOAD} && exec {line}"], columns=250)
    assert terminal.wait_exit(60) == 255
    terminal.wait_text("is not the server that this program was built with", 60)
    assert not account.cache.exists()


def test_another_kind_of_machine(account, terminals):
    write_program(account.bin / "uname", "#!/bin/sh\n[ $1 = -s ] && echo Linux || echo riscv64\n")
    terminal = terminals(account.words("--upload=always"), columns=250)
    assert terminal.wait_exit(60) == 127
    terminal.wait_text("has neither", 60)
    assert "--upload" not in terminal.text and not account.cache.exists()


def test_a_connection_that_is_cut(account, terminals):
    terminal = terminals(account.words("--upload=always", payload_bytes=3 * CUT_BYTES), columns=200)
    assert terminal.wait_exit(60) == 255
    terminal.wait_text("no server was copied: only a part of it arrived", 60)
    assert account.left() == []


def test_a_forced_command(sshd, account, terminals):
    """An account that runs something else, whatever is asked for: nothing can be copied there."""
    write_program(account.bin / "login", "#!/bin/sh\necho no shell for you\n")
    terminal = terminals(account.words("--upload=always"), columns=200)
    assert terminal.wait_exit(60) == 255
    terminal.wait_text("did not say that it started", 60)
    assert not account.cache.exists()


# The half that runs on the host, by itself

@pytest.fixture(scope="module")
def intake(tmp_path_factory):
    """Call it with a home and what arrives; the process that takes it in, by the command that ssh was given."""
    from surroundings import Surroundings
    from terminal import Terminal

    conftest.require(sshd_module.why_not())
    folder = tmp_path_factory.mktemp("intake")
    surroundings = Surroundings(folder / "home")
    server = sshd_module.SshServer(folder / "sshd", surroundings)
    account = Account(server, surroundings, folder / "account")
    with Terminal(account.words("--upload=always", payload_bytes=0), surroundings.env()) as terminal:
        terminal.wait_exit(60)
    server.close()
    command = (account.bin / "intake").read_text()

    def start(env, data, line=None):
        """line: a shell's in a mount namespace of its own, with {} for what is to be run."""
        file = folder / "data"
        file.write_bytes(data)
        own = re.sub(r"\b[0-9a-f]{32}\b", uuid.uuid4().hex, command)
        argv = ["sh", "-c", own]
        if line:
            argv = ["unshare", "-m", "sh", "-c", line.format("sh -c " + shlex.quote(own))]
        with open(file, "rb") as stdin:
            return subprocess.Popen(argv, env=env, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return start


@pytest.fixture
def take(intake, surroundings):
    """Take something in to its end. Returns status and what was said."""
    def to_end(data=None, line=None):
        process = intake(surroundings.env(), PAYLOAD.read_bytes() if data is None else data, line)
        out, _ = process.communicate(timeout=60)
        return process.returncode, out.decode()
    to_end.cache = surroundings.home / ".cache/skua"
    return to_end


def lying(folder):
    return [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]


def assert_refused(result, cache, words, left=()):
    status, text = result
    assert status == 73 and text.count("skua: no server was copied: ") == 1, text
    assert words in text
    assert lying(cache) == list(left)


def test_cut_at_each_64_kib(take):
    data = PAYLOAD.read_bytes()
    for end in range(0, len(data), CUT_BYTES):
        assert_refused(take(data[:end]), take.cache, "only a part of it arrived")
    assert_refused(take(data[:-1]), take.cache, "only a part of it arrived")
    assert_refused(take(data + b"x"), take.cache, "only a part of it arrived")


def test_wrong_digest(take):
    data = bytearray(PAYLOAD.read_bytes())
    data[len(data) // 2] ^= 1
    assert_refused(take(bytes(data)), take.cache, "its SHA-256 is not what was sent")


def folder_of(take):
    """Its folder in the cache, which is made by a first time."""
    assert take()[0] == 0
    found, = take.cache.iterdir()
    return found


def test_something_in_its_place(take, tmp_path):
    server = folder_of(take) / "skua-server"
    server.unlink()
    server.symlink_to(tmp_path / "elsewhere")
    assert_refused(take(), take.cache, "is in the way", [server])
    assert not (tmp_path / "elsewhere").exists()
    server.unlink()
    server.mkdir()
    assert_refused(take(), take.cache, "is in the way")
    assert server.is_dir() and not list(server.iterdir())


def test_folders_that_are_none_of_ours(take, tmp_path):
    folder = folder_of(take)
    (folder / "skua-server").unlink()
    folder.chmod(0o755)
    assert_refused(take(), take.cache, "must be a folder of yours")
    folder.rmdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(0o700)
    folder.symlink_to(elsewhere)
    assert_refused(take(), take.cache, "must be a folder of yours", [folder])
    folder.unlink()
    take.cache.rmdir()
    take.cache.symlink_to(elsewhere)
    status, text = take()
    assert status == 73 and "must be a folder of yours" in text and not list(elsewhere.iterdir())
    take.cache.unlink()
    take.cache.write_text("")
    status, text = take()
    assert status == 73 and "File exists" in text
    if os.geteuid() == 0:
        take.cache.unlink()
        take.cache.mkdir(0o700)
        os.chown(take.cache, 12345, -1)
        assert_refused(take(), take.cache, "must be a folder of yours")


def test_two_at_once(intake, surroundings):
    data = PAYLOAD.read_bytes()
    processes = [intake(surroundings.env(), data) for _ in range(3)]
    for process in processes:
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0 and b"MOSH CONNECT" in out, out
    found, = lying(surroundings.home / ".cache/skua")
    assert found.read_bytes() == data


@pytest.mark.skipif(os.geteuid() != 0, reason="a file system of its own needs root")
@pytest.mark.parametrize("options, words", [
    ("size=128k", "No space left"),
    ("noexec", "noexec"),
    ("ro", "Read-only file system"),
])
def test_file_systems(take, surroundings, options, words):
    cache = surroundings.home / ".cache"
    cache.mkdir()
    status, text = take(line=f"mount -t tmpfs -o {options} none {cache} && {{}}; s=$?; find {cache} -type f; exit $s")
    assert status == 73 and words in text and text.count("no server was copied") == 1, text
    assert str(cache / "skua/") not in text.partition("no server was copied")[2].partition("\n")[2]


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root and setpriv")
def test_no_permission(take, surroundings):
    surroundings.home.chmod(0o555)
    for folder in surroundings.home.parents:
        if folder.stat().st_uid == os.geteuid() and str(folder).startswith("/tmp/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    status, text = take(line="exec setpriv --reuid=12345 --clear-groups {}")
    assert status == 73 and "no server was copied" in text
    assert not (surroundings.home / ".cache").exists()


def test_three_versions_are_kept(take):
    take.cache.mkdir(parents=True)
    take.cache.chmod(0o700)
    for age, name in enumerate(["0.9-x86_64-a", "0.8-x86_64-b", "0.7-x86_64-c", "notes"]):
        (take.cache / name).mkdir()
        (take.cache / name / "skua-server").touch()
        os.utime(take.cache / name, (1e9 - age, 1e9 - age))
    assert take()[0] == 0
    names = {path.name for path in take.cache.iterdir()}
    assert {"0.9-x86_64-a", "0.8-x86_64-b", "notes"} < names and len(names) == 4


def test_no_tool_for_the_digest(take, tmp_path):
    """The host has none of those that we know."""
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for name in ("sh", "ls", "id", "mkdir", "rmdir", "rm", "cat", "wc", "cut"):
        (bin_folder / name).symlink_to(shutil.which(name))
    result = take(line=f"PATH={bin_folder} exec {{}}")
    assert_refused(result, take.cache, "nothing there computes SHA-256")
