"""The launcher's configuration: which value counts, for which host, and what is refused or ignored."""

import json
import os
import subprocess

import namespaces
import pytest
from launching import launcher  # noqa: F401: fixture
from programs import BUILD, ROOT, tool

SETTINGS = ("bind-server", "client", "experimental-remote-ip", "family", "init", "metered", "port", "predict",
            "predict-overwrite", "server", "ssh", "ssh-pty", "upload")


def write(launcher, text, folder=".config"):
    path = launcher.folder / folder / "skua" / "config"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)
    return path


def printed(launcher, *words, host="h", env=None):
    """What -G says, as a dictionary."""
    completed = subprocess.run([launcher.path, *words, "-G", host], env=launcher.env(**(env or {})),
                               stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30)
    assert completed.returncode == 0, completed.stderr
    assert completed.stderr == ""
    return dict(line.split(" ", 1) for line in completed.stdout.splitlines())


def refusal(launcher, text):
    """The one line that a configuration is refused with."""
    path = write(launcher, text)
    result = launcher.run("h")
    assert result.status == 255 and result.ssh is None
    assert result.error.count("\n") == 1 and str(path) in result.error
    return result.error


def test_usual_values(launcher):
    assert printed(launcher) == {
        "predict": "adaptive", "predict-overwrite": "no", "family": "prefer-inet", "ssh": "ssh", "ssh-pty": "yes",
        "init": "yes", "metered": "no", "upload": "ask"}


def test_every_setting(launcher):
    values = {"predict": "never", "predict-overwrite": "yes", "family": "inet6", "port": "60010:60020",
              "client": "/bin/true", "server": "~/s -x", "ssh": "ssh -o \"A=b c\"", "bind-server": "any",
              "ssh-pty": "no", "init": "no", "metered": "yes", "experimental-remote-ip": "remote",
              "upload": "never"}
    assert set(values) == set(SETTINGS)
    write(launcher, "".join(f"{name} {value}\n" for name, value in values.items()))
    assert printed(launcher) == values


def test_settings_reach_ssh_the_server_and_the_client(launcher):
    write(launcher, "Host h\n  server m\n  port=60010\n  Predict = always\n  predict-overwrite yes\n"
                    "  init no\n  ssh-pty no\n  family inet6\n  experimental-remote-ip proxy\n")
    result = launcher.run("u@h")
    assert result.ssh["argv"][-1].startswith("m 'new'") and result.ssh["argv"][-1].endswith("'-p' '60010'")
    assert "-tt" not in result.ssh["argv"] and launcher.proxy_command("inet6") in result.ssh["argv"]
    env = result.client["env"]
    assert env["MOSH_PREDICTION_DISPLAY"] == "always" and env["MOSH_PREDICTION_OVERWRITE"] == "yes"
    assert env["MOSH_NO_TERM_INIT"] == "1"


def test_first_value_counts(launcher):
    write(launcher, "Host a\nport 1\nHost a b\nport 2\nHost *\nport 3\n")
    assert [printed(launcher, host=host)["port"] for host in ("a", "b", "c")] == ["1", "2", "3"]


@pytest.mark.parametrize("patterns, host, applies", [
    ("*.example !bad.example", "db.example", True),
    ("*.example !bad.example", "bad.example", False),
    ("db.EXAMPLE", "DB.example", True),
    ("192.0.2.?", "192.0.2.7", True),
    ("192.0.2.?", "192.0.2.77", False),
    ("me@db", "me@db", False),
    ("db", "me@db", True),
])
def test_patterns(launcher, patterns, host, applies):
    write(launcher, f"Host {patterns}\nport 60007\n")
    assert ("port" in printed(launcher, host=host)) == applies


def test_order_of_the_sources(launcher):
    write(launcher, "predict never\ninit no\npredict-overwrite yes\nssh-pty no\n")
    assert printed(launcher)["predict"] == "never"
    env = {"MOSH_PREDICTION_DISPLAY": "always"}
    assert printed(launcher, env=env)["predict"] == "always"
    assert printed(launcher, "--predict=experimental", env=env)["predict"] == "experimental"
    assert printed(launcher, "--init", "--ssh-pty", "--no-predict-overwrite") == {
        **printed(launcher), "init": "yes", "ssh-pty": "yes", "predict-overwrite": "no"}
    assert printed(launcher, "--init", env={"MOSH_NO_TERM_INIT": "1"})["init"] == "yes"


def test_folder_of_the_environment(launcher):
    write(launcher, "port 1\n")
    write(launcher, "port 2\n", folder="other")
    assert printed(launcher, env={"XDG_CONFIG_HOME": str(launcher.folder / "other")})["port"] == "2"
    assert printed(launcher, env={"XDG_CONFIG_HOME": "other"})["port"] == "1"
    assert "port" not in printed(launcher, env={"XDG_CONFIG_HOME": "/nowhere"})


def test_other_file(launcher):
    write(launcher, "port 1\n")
    other = launcher.folder / "other"
    other.write_text("predict never\n")
    assert "port" not in printed(launcher, "-F", str(other))
    assert printed(launcher, "-F", str(other))["predict"] == "never"
    assert "port" not in printed(launcher, "-F", "none")
    result = launcher.run("-F", "/nowhere/config", "h")
    assert result.status == 255 and "/nowhere/config" in result.error


def test_what_is_printed_can_be_read(launcher):
    write(launcher, 'ssh "ssh -o \\"A=b # c\\" \\\\ "\nserver " x"\nclient a"b\nport 5\n')
    shown = launcher.folder / "shown"
    env = launcher.env()
    texts = []
    for words in ([], ["-F", str(shown)]):
        texts.append(subprocess.run([launcher.path, *words, "-G", "h"], env=env, capture_output=True, text=True,
                                    check=True, timeout=30).stdout)
        shown.write_text(texts[-1])
    assert texts[0] == texts[1]
    assert 'ssh "ssh -o \\"A=b # c\\" \\\\ "' in texts[0].splitlines()


def configured_folder():
    options = json.loads(subprocess.run(["meson", "introspect", "--buildoptions", BUILD], capture_output=True,
                                        check=True).stdout)
    value = {option["name"]: option["value"] for option in options}
    return os.path.join(value["prefix"], value["sysconfdir"])


@pytest.mark.skipif(namespaces.why_no_mounts() is not None, reason="a file system of its own cannot be had here")
def test_file_of_the_system(launcher):
    """The user's file comes first; both count."""
    write(launcher, "port 1\n")
    folder = configured_folder()
    if not os.path.isdir(folder):
        pytest.skip(f"not there: {folder}")
    script = (f"mount -t tmpfs none '{folder}' && mkdir '{folder}/skua' && "
              f"printf 'port 2\\nfamily all\\n' >'{folder}/skua/config' && exec '{launcher.path}' -G h")
    completed = subprocess.run([tool("unshare"), "-m", "sh", "-c", script], env=launcher.env(), text=True,
                               capture_output=True, check=False, timeout=30)
    assert completed.returncode == 0, completed.stderr
    assert {"port 1", "family all"} <= set(completed.stdout.splitlines())


@pytest.mark.parametrize("text, line, words", [
    ("# x\n\nprot 1\n", 3, "prot"),
    ("port 0:1\n", 1, "port"),
    ("Host other\n port x\n", 2, "'x'"),
    ("predict maybe\n", 1, "maybe"),
    ("init perhaps\n", 1, "perhaps"),
    ("family ipx\n", 1, "ipx"),
    ("port\n", 1, "no value"),
    ('ssh "a\n', 1, "open"),
    ("port 1\nssh a\0b\n", 2, "NUL"),
    ("# " + "x" * (1 << 20) + "\n", 1, "4096"),
    ("port 1\nssh " + "x" * (1 << 20) + "\n", 2, "4096"),
    ("upload maybe\n", 1, "maybe"),
    ("help yes\n", 1, "help"),
    ("record x\n", 1, "record"),
])
def test_refused(launcher, text, line, words):
    error = refusal(launcher, text)
    assert f" line {line}: " in error and words in error


def test_too_large(launcher):
    assert "1 MiB" in refusal(launcher, "# x\n" * (1 << 19))


def test_what_others_can_write_is_ignored(launcher):
    path = write(launcher, "port 1\n")
    path.chmod(0o606)
    result = launcher.stock_like("h")
    assert str(path) in result.error and "ignored" in result.error
    assert "'-p'" not in result.ssh["argv"][-1]
    if os.geteuid() == 0:
        for owner, group, mode in ((12345, 0, 0o600), (0, 12345, 0o660)):
            os.chown(path, owner, group)
            path.chmod(mode)
            assert "ignored" in launcher.stock_like("h").error


def test_what_is_no_file_is_ignored(launcher):
    path = write(launcher, "")
    path.unlink()
    os.mkfifo(path)
    assert "ignored" in launcher.stock_like("h").error
    path.unlink()
    path.mkdir()
    assert "ignored" in launcher.stock_like("h").error


def test_no_home(launcher):
    for home in (None, "relative", "/nowhere"):
        assert launcher.stock_like("h", env={"HOME": home}).status == 7


def test_manual_names_every_setting():
    page = (ROOT / "man/skua_config.5").read_text()
    assert sorted(line.split()[2] for line in page.splitlines() if line.startswith(".It Cm ")
                  and line.split()[2] in SETTINGS) == sorted(SETTINGS)
