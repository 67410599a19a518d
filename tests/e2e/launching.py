"""Stand-ins for what the launcher runs: an ssh, a client and a server that write down what they were given."""

import json
import os
import subprocess
from pathlib import Path

import programs
import pytest

KEY = "AAECAwQFBgcICQoLDA0ODw"  # bytes 00..0f
START = f"MOSH CONNECT 60001 {KEY}"
REACHED = "MOSH IP 127.0.0.1 {token}"

# Writes its arguments and some of its environment down; then says what the test wants, as ssh or as the
# login shell that ssh would start.
_SSH = """#!{python}
import json, os, select, sys
folder = {folder!r}
script = json.load(open(folder + "/script"))
kept = ("SHELL", "SKUA_PROXY_TOKEN", "MOSH_KEY", "MOSH_PREDICTION_DISPLAY")
with open(folder + "/calls", "a") as calls:
    env = {{name: os.environ[name] for name in kept if name in os.environ}}
    calls.write(json.dumps({{"argv": sys.argv[1:], "env": env, "pid": os.getpid()}}) + "\\n")
if "-G" in sys.argv:
    print(script["config"])
    sys.exit(0 if script["config"] else 255)
if "-O" in sys.argv:
    sys.exit(0 if script["has_master"] else 255)
token = os.environ.get("SKUA_PROXY_TOKEN", "")
for line in script["lines"]:
    data = line.replace("{{token}}", token).encode("utf-8", "surrogateescape") + b"\\n"
    os.write(1, data) if len(data) < 4096 else sys.stdout.buffer.write(data)
sys.stdout.flush()
if script["login_shell"]:
    os.environ["SSH_CONNECTION"] = script["connection"]
    os.execvp(script["login_shell"], [script["login_shell"], "-c", sys.argv[-1]])
if script["stays"]:
    if script["stays"] == "closed":
        os.close(1); os.close(2)
    select.select([], [], [], 60)
if script["signal"]:
    os.kill(os.getpid(), script["signal"])
sys.exit(script["status"])
"""

_CLIENT = """#!{python}
import json, os, sys
if sys.argv[1:] == ["-c"]:
    print({colors!r})
    sys.exit({colors_status})
json.dump({{"argv": sys.argv[1:], "env": dict(os.environ)}}, open({folder!r} + "/client", "w"))
sys.exit(7)
"""

_SERVER = """#!{python}
import json, os, sys
arguments = [os.fsencode(word).hex() for word in sys.argv]
json.dump({{"argv": arguments, "path": os.environ["PATH"]}}, open({folder!r} + "/server", "w"))
print("MOSH CONNECT 60001 {key}")
"""


def _write_program(path, text, **values):
    path.write_text(text.format(python="/usr/bin/python3", **values))
    path.chmod(0o755)
    return str(path)


class Result:
    """How a run of the launcher ended."""

    def __init__(self, completed, folder):
        self.status = completed.returncode
        self.out = completed.stdout
        self.error = completed.stderr.decode("utf-8", "replace")
        self._folder = folder

    def _read(self, name):
        path = self._folder / name
        return path.read_text() if path.exists() else None

    @property
    def all_calls(self):
        """Every run of ssh, in order."""
        return [json.loads(line) for line in (self._read("calls") or "").splitlines()]

    @property
    def ssh(self):
        """The run of ssh that was to start a server; None if there was none."""
        calls = [call for call in self.all_calls if not {"-G", "-O"} & set(call["argv"])]
        assert len(calls) <= 1, calls
        return calls[0] if calls else None

    @property
    def client(self):
        """What the client was given; None if it was not run."""
        text = self._read("client")
        return text and json.loads(text)

    @property
    def address(self):
        return self.client["argv"][1]

    @property
    def server_argv(self):
        """What a server was given, as bytes; None if none was run."""
        text = self._read("server")
        return text and [bytes.fromhex(word) for word in json.loads(text)["argv"]]

    @property
    def server_path(self):
        return json.loads(self._read("server"))["path"]


class Launching:
    """Runs the launcher with the stand-ins."""

    def __init__(self, folder, path):
        self.folder = Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.path = path
        self.ssh = _write_program(self.folder / "ssh", _SSH, folder=str(self.folder))
        self.client = self.make_client()

    def make_client(self, colors="256", status=0):
        return _write_program(self.folder / "client-program", _CLIENT, folder=str(self.folder),
                              colors=colors, colors_status=status)

    def make_server(self, name, folder="bin"):
        (self.folder / folder).mkdir(parents=True, exist_ok=True)
        return _write_program(self.folder / folder / name, _SERVER, folder=str(self.folder), key=KEY)

    def env(self, **more):
        """A small environment: what a test does not name is not there."""
        base = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "TERM": "xterm-256color"}
        return {name: value for name, value in {**base, **more}.items() if value is not None}

    def script(self, lines=(REACHED, START), status=0, config="", has_master=False, login_shell="",
               connection="192.0.2.9 50000 192.0.2.1 22", stays="", signal=0):
        """What the next runs of ssh do."""
        values = {"lines": list(lines), "status": status, "config": config,
                  "has_master": has_master, "login_shell": login_shell, "connection": connection,
                  "stays": stays, "signal": signal}
        (self.folder / "script").write_text(json.dumps(values))
        for name in ("calls", "client", "server"):
            (self.folder / name).unlink(missing_ok=True)

    def argv(self, *args, ssh=None, client=True):
        words = [self.path, f"--ssh={ssh or self.ssh}"]
        if client:
            words.append(f"--client={self.client}")
        return [*words, *args]

    def run(self, *args, env=None, ssh=None, client=True, deadline_s=60, **script):
        """Run the launcher to its end."""
        self.script(**script)
        completed = subprocess.run(self.argv(*args, ssh=ssh, client=client), env=self.env(**(env or {})),
                                   stdin=subprocess.DEVNULL, capture_output=True, check=False,
                                   timeout=deadline_s, cwd=self.folder)
        return Result(completed, self.folder)

    def stock_like(self, *args, **more):
        """Run with the options that give ssh's arguments stock's very shape."""
        return self.run("--server=mosh-server", "--experimental-remote-ip=proxy", *args, **more)

    def proxy_command(self, family="prefer-inet"):
        return f"ProxyCommand='{self.path}' '--family={family}' --fake-proxy -- %h %p"

    def result(self, completed):
        return Result(completed, self.folder)


def why_not():
    """Why the launcher cannot be run; None if it can."""
    if os.access(programs.SKUA.launcher, os.X_OK):
        return None
    return f"not built: {programs.SKUA.launcher}"


@pytest.fixture
def launcher(tmp_path):
    reason = why_not()
    if reason:
        pytest.skip(reason)
    return Launching(tmp_path / "launch", programs.SKUA.launcher)


@pytest.fixture
def as_mosh(launcher):
    """The same under the name mosh."""
    link = launcher.folder / "mosh"
    link.symlink_to(launcher.path)
    launcher.path = str(link)
    return launcher


def assert_refused(result, *words):
    """One clear line that holds the words; ssh was not run."""
    assert result.status == 255
    assert result.ssh is None
    for word in words:
        assert word in result.error.splitlines()[0]
