"""`skua doctor`: each report names the cause."""

import json
import subprocess

import pytest

from namespaces import SERVER_ADDRESS
from programs import SKUA, STOCK, why_not

# ssh into the other machine: what it is asked to run runs there.
_SSH = """#!/bin/sh
case " $* " in *" -G "*) exit 1 ;; *" -V "*) echo OpenSSH_9.9p1 >&2; exit 0 ;; esac
echo "MOSH IP {address} $SKUA_PROXY_TOKEN"
for last; do :; done
export SSH_CONNECTION="192.0.2.9 5 {address} 22" PATH={path} HOME={home}
exec {prefix} sh -c "$last"
"""

WELL, FAILURES, WARNINGS = 0, 1, 2


def write_program(path, text):
    path.write_text(text)
    path.chmod(0o755)
    return path


class Report:
    def __init__(self, completed):
        self.status = completed.returncode
        self.error = completed.stderr
        self.text = completed.stdout
        self.json = json.loads(completed.stdout) if completed.stdout.startswith("{") else None

    def __getitem__(self, name):
        found = [check for check in self.json["checks"] if check["name"] == name]
        assert len(found) == 1, (name, self.text, self.error)
        return found[0]

    def status_of(self, name):
        return self[name]["status"]


class Doctor:
    """Examines a host in another network namespace, or this one."""

    def __init__(self, folder, surroundings):
        self.folder, self.surroundings = folder, surroundings
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.server_prefix, self.client_prefix, self.address = [], [], "127.0.0.1"

    def across(self, machines):
        self.server_prefix, self.client_prefix = machines.server.prefix, machines.client.prefix
        self.address = SERVER_ADDRESS

    def run(self, *words, server=SKUA.server, json_wanted=True, **env):
        home = self.surroundings.home
        ssh = write_program(self.folder / "ssh", _SSH.format(
            address=self.address, path=f"{self.bin}:/usr/bin:/bin", home=home, prefix=" ".join(self.server_prefix)))
        argv = [*self.client_prefix, SKUA.launcher, "doctor", f"--ssh={ssh}", *words]
        if server is not None:
            argv.insert(-1 if words else len(argv), f"--server={server}")
        if json_wanted:
            argv.append("--json")
        return Report(subprocess.run(argv, env=self.surroundings.env(**env), stdin=subprocess.DEVNULL,
                                     capture_output=True, text=True, check=False, timeout=120))


@pytest.fixture
def doctor(tmp_path, surroundings, skua):
    return Doctor(tmp_path, surroundings)


@pytest.fixture
def across(doctor, namespaces):
    doctor.across(namespaces)
    return doctor


def test_this_machine_alone(doctor):
    report = doctor.run(server=None)
    assert {"terminal", "locale", "sandbox", "ssh"} == {check["name"] for check in report.json["checks"]}
    assert report.status_of("terminal") == report.status_of("locale") == "ok" and "host" not in report.json


def test_bad_terminal_locale_and_ssh(doctor):
    report = doctor.run(server=None, TERM="no-such-terminal", LC_ALL="C")
    assert report.status == WARNINGS
    assert "no-such-terminal" in report["terminal"]["text"] and "UTF-8" in report["locale"]["text"]
    report = doctor.run("--ssh=/no/such/ssh", server=None)
    assert report.status == FAILURES and "/no/such/ssh" in report["ssh"]["text"]
    assert doctor.run(server=None, SKUA_NO_SANDBOX="1").status_of("sandbox") == "warning"


@pytest.mark.usefixtures("as_shipped")
def test_healthy_host(across):
    report = across.run("h")
    assert report.status == WELL, report.text + report.error
    assert report.json["host"] == "h" and report.json["status"] == "ok"
    assert "40 of 40" in report["udp there"]["text"] and "40 answers" in report["udp back"]["text"]
    assert report["path mtu"]["text"] == "1500 bytes or more"
    assert report["loss"]["text"].startswith("0 %") and " ms" in report["round trip"]["text"]
    for name in ("login", "server", "far locale", "logind", "far sandbox"):
        assert report.status_of(name) == "ok"


def test_no_server(across):
    report = across.run("h", server="/no/such/server")
    assert report.status == FAILURES
    assert report.status_of("login") == "ok" and report.status_of("server") == "failure"
    assert "/no/such/server was not found" in report["server"]["text"]


def drop(machine, hook, rule):
    machine.run("nft", f"add table inet cut; add chain inet cut {hook} {{ type filter hook {hook} priority 0; }}; "
                       f"add rule inet cut {hook} {rule} drop")


def test_dropped_at_the_server(across, namespaces):
    drop(namespaces.server, "input", "meta l4proto udp")
    report = across.run("h")
    assert report.status == FAILURES
    assert report["udp there"]["status"] == "failure"
    assert f"none of 40 datagrams to {SERVER_ADDRESS} port 60001 arrived" in report["udp there"]["text"]
    assert "ufw allow 60001:60999/udp" in report["udp there"]["advice"]
    assert report.status_of("udp back") == "unknown" and report.status_of("server") == "ok"


def test_dropped_on_the_way_back(across, namespaces):
    drop(namespaces.client, "input", "meta l4proto udp")
    report = across.run("-p", "60100:60110", "h")
    assert report.status == FAILURES
    assert "40 of 40" in report["udp there"]["text"] and report.status_of("udp there") == "ok"
    assert report.status_of("udp back") == "failure"
    assert "none of 40 answers from port 60100 came back" in report["udp back"]["text"]
    assert "60100:60110" in report["udp back"]["advice"]


@pytest.mark.parametrize("ends", [["server"], ["client"], ["server", "client"]], ids="-".join)
def test_mtu_600(across, namespaces, ends):
    """Where one end alone is set, larger packets vanish on the way to it, or cannot be sent from it."""
    for end in ends:
        getattr(namespaces, end).run("ip", "link", "set", "cable", "mtu", "600")
    report = across.run("h")
    assert report.status == WARNINGS, report.text
    assert report.status_of("udp there") == report.status_of("udp back") == "ok"
    assert report["path mtu"]["status"] == "warning" and report["path mtu"]["text"].startswith("600 bytes")
    assert "MTU" in report["path mtu"]["advice"]


def test_some_loss(across, namespaces):
    drop(namespaces.client, "input", "meta l4proto udp numgen inc mod 2 0")
    report = across.run("h")
    assert report.status == WARNINGS
    assert report["loss"]["status"] == "warning" and report["loss"]["text"].startswith("50 % (20 of 40; 0 on")


@pytest.mark.parametrize("kills, lingers, status", [("b true", False, "failure"), ("b false", False, "ok")])
def test_logind(doctor, kills, lingers, status):
    write_program(doctor.bin / "busctl", f"#!/bin/sh\necho '{kills}'\n")
    report = doctor.run("h")
    assert report.status_of("logind") == status
    assert ("enable-linger" in report["logind"]["advice"]) == (status == "failure")


def examine_stock(doctor):
    if why_not(STOCK):
        pytest.skip(why_not(STOCK))
    report = doctor.run("h", server=None)
    if "Skua" in report["server"]["text"]:
        pytest.skip("a skua-server is installed here")
    return report


def test_stock_server_that_is_not_heard(across, namespaces):
    drop(namespaces.server, "input", "meta l4proto udp")
    report = examine_stock(across)
    assert report.status == FAILURES and report.status_of("server") == "ok"
    assert f"nothing was heard from {SERVER_ADDRESS} port 600" in report["udp"]["text"]
    assert "firewall" in report["udp"]["advice"]


def test_stock_server(doctor):
    report = examine_stock(doctor)
    assert report.status_of("udp") == "ok" and "there and back" in report["udp"]["text"]
    assert "/usr/bin/mosh-server: mosh-server" in report["server"]["text"] and "1.4.0" in report["server"]["text"]
    assert report.status_of("server") == "ok" and report.status_of("login") == "ok"
    assert "skua-server" in report["server"]["advice"]


def test_real_login(sshd, surroundings, skua):
    done = subprocess.run([SKUA.launcher, "doctor", f"--ssh={sshd.ssh_command}", f"--server={SKUA.server}", sshd.host],
                          env=surroundings.env(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False, timeout=120)
    assert done.returncode in (WELL, WARNINGS), done.stdout + done.stderr
    assert f"login        ssh to {sshd.host} works" in done.stdout
    assert "answers came back" in done.stdout and "path mtu" in done.stdout


def test_failed_login(sshd, surroundings, skua):
    done = subprocess.run([SKUA.launcher, "doctor", f"--ssh={sshd.ssh_command} -o PubkeyAuthentication=no", "--json",
                           sshd.host], env=surroundings.env(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          check=False, timeout=120)
    report = Report(done)
    assert report.status == FAILURES and report.status_of("login") == "failure"
    assert "Permission denied" in report["login"]["text"] and f"'ssh {sshd.host}'" in report["login"]["advice"]


def test_command_line(doctor):
    def run(*words):
        return subprocess.run([SKUA.launcher, *words], env=doctor.surroundings.env(), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False, timeout=60)
    assert "doctor takes a host and no command" in run("doctor", "h", "ls").stderr
    assert run("doctor", "--bogus").returncode == 255
    assert run("doctor", "a;b").returncode == 255
    assert "comes before its options" in run("--ssh=false", "--client=/bin/echo", "doctor").stderr
    assert "skua" in run("doctor", "--version").stdout


def test_probe_ends_with_its_login(surroundings, skua):
    """It lives no longer than its standard input, and answers nobody without the key."""
    with subprocess.Popen([SKUA.server, "probe", "-i", "127.0.0.1"], env=surroundings.env(), stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().startswith("MOSH CONNECT ")
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0 and "SKUA FACT arrived 0\n" in out and out.endswith("SKUA FACT end\n")
