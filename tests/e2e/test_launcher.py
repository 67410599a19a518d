"""What the launcher asks of ssh, what it believes of the answer, and what it hands to the client."""

import os
import shutil
import signal
import socket
import subprocess
import time

import pytest
import waiting
from launching import KEY, REACHED, START, assert_refused, launcher  # noqa: F401: fixture

LOCALE = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


# What ssh is given

def test_ssh_arguments_are_stocks(launcher):
    result = launcher.run("-p", "60010:60020", "--server=mosh-server", "--experimental-remote-ip=proxy",
                          "u@h", "--", "ls", "it's", "$x", ssh=f"{launcher.ssh} -x 'a b'", env=LOCALE)
    assert result.ssh["argv"] == [
        "-x", "a b", "-n", "-tt", "-S", "none", "-o", launcher.proxy_command(), "u@h", "--",
        "mosh-server 'new' '-c' '256' '-s' '-p' '60010:60020' '-l' 'LANG=C.UTF-8' '-l' 'LC_ALL=C.UTF-8'"
        " '--' 'ls' 'it'\\''s' '$x'"]
    assert result.ssh["env"]["SHELL"] == "/bin/sh"
    assert len(result.all_calls) == 1


@pytest.mark.parametrize("options, tail", [
    ([], "'-s'"),
    (["--bind-server=ssh"], "'-s'"),
    (["--bind-server=SSH"], "'-s'"),
    (["--bind-server=any"], None),
    (["--bind-server=192.0.2.1"], "'-i' '192.0.2.1'"),
    (["-p", "0"], "'-s' '-p' '0'"),
    (["-p", "60001"], "'-s' '-p' '60001'"),
])
def test_server_arguments(launcher, options, tail):
    result = launcher.stock_like(*options, "h")
    assert result.ssh["argv"][-1] == "mosh-server 'new' '-c' '256'" + (f" {tail}" if tail else "")


def test_server_text_is_raw(launcher):
    result = launcher.run("--server=env A=1 ~/m", "--experimental-remote-ip=proxy", "h")
    assert result.ssh["argv"][-1] == "env A=1 ~/m 'new' '-c' '256' '-s'"


def test_no_ssh_pty(launcher):
    assert "-tt" not in launcher.stock_like("--no-ssh-pty", "h").ssh["argv"]


@pytest.mark.parametrize("options, family", [
    (["-4"], "inet"), (["-6"], "inet6"), (["--family=ALL"], "all"), (["--family", "Prefer-Inet6"], "prefer-inet6"),
    (["--family=auto"], "auto"), ([], "prefer-inet"),
])
def test_family_reaches_the_proxy(launcher, options, family):
    argv = launcher.stock_like(*options, "h").ssh["argv"]
    assert launcher.proxy_command(family) in argv
    assert "-4" not in argv and "-6" not in argv


@pytest.mark.parametrize("option", ["-4", "-6"])
def test_remote_mode(launcher, option):
    result = launcher.run("--server=m", "--experimental-remote-ip=remote", option, "u@h",
                          lines=["MOSH SSH_CONNECTION 192.0.2.9 50000 192.0.2.1 22", START])
    *options, command = result.ssh["argv"]
    assert options == ["-n", "-tt", option, "u@h", "--"]
    assert command.startswith("sh -c '") and command.endswith("' ; m 'new' '-c' '256' '-s'")
    assert "SHELL" not in result.ssh["env"] and "SKUA_PROXY_TOKEN" not in result.ssh["env"]
    assert result.address == "192.0.2.1"
    assert "192.0.2.1" in result.error


def test_local_mode(launcher):
    result = launcher.run("--server=m", "--experimental-remote-ip=local", "u@127.0.0.1", lines=[START])
    assert result.ssh["argv"] == ["-n", "-tt", "u@127.0.0.1", "--", "m 'new' '-c' '256' '-s'"]
    assert result.address == "127.0.0.1"


def test_local_mode_needs_a_name_that_resolves(launcher):
    result = launcher.run("--experimental-remote-ip=local", "no-such-host.invalid")
    assert_refused(result, "no-such-host.invalid")


def test_locale_variables(launcher):
    result = launcher.stock_like("h", env={
        "LC_CTYPE": "UTF-8", "LANGUAGE": "de:en", "LC_ALL": "\x1b[31m", "LC_X": "C", "LC_TIME": ""})
    assert result.ssh["argv"][-1] == ("mosh-server 'new' '-c' '256' '-s' '-l' 'LANGUAGE=de:en' "
                                      "'-l' 'LC_CTYPE=C.UTF-8' '-l' 'LC_TIME='")


# How the address is learnt when nobody says how

def config(*lines):
    return "\n".join(["hostname 127.0.0.1", "addressfamily any", *lines])


def test_direct_host_goes_through_our_proxy(launcher):
    argv = launcher.run("h", config=config()).ssh["argv"]
    assert argv[:6] == ["-n", "-tt", "-S", "none", "-o", launcher.proxy_command()]
    assert argv[6:8] == ["h", "--"]


@pytest.mark.parametrize("line", ["proxyjump bastion", "proxycommand nc %h %p"])
def test_indirect_host_keeps_its_way(launcher, line):
    result = launcher.run("h", config=config(line),
                          lines=["MOSH SSH_CONNECTION 192.0.2.9 50000 192.0.2.1 22", START])
    assert result.ssh["argv"][:-1] == ["-n", "-tt", "h", "--"]
    assert result.address == "192.0.2.1"


@pytest.mark.parametrize("has_master", [True, False])
def test_shared_connection_is_used_if_it_is_there(launcher, has_master):
    result = launcher.run("h", config=config("controlpath /tmp/x"), has_master=has_master)
    assert ("-S" in result.ssh["argv"]) != has_master


def test_remote_command_of_the_configuration_is_put_aside(launcher):
    argv = launcher.run("h", config=config("remotecommand tmux")).ssh["argv"]
    assert argv[-5:-1] == ["-o", "RemoteCommand=none", "h", "--"]


def test_address_family_of_the_configuration_counts(launcher):
    text = config().replace("any", "inet6")
    assert launcher.proxy_command("inet6") in launcher.run("h", config=text).ssh["argv"]
    assert launcher.proxy_command("all") in launcher.run("--family=all", "h", config=text).ssh["argv"]


def test_loopback_of_a_multiplexer_is_the_last_choice(launcher):
    result = launcher.run("h", config="hostname 192.0.2.7\nproxyjump x",
                          lines=["MOSH SSH_CONNECTION 127.0.0.1 1 127.0.0.1 22", START])
    assert result.address == "192.0.2.7"


# What ssh says

def test_reached_address_port_and_key(launcher):
    result = launcher.stock_like("h", lines=[REACHED + "\r", "\r", START + " \r", "later\r"])
    assert result.status == 7  # the client's own
    assert result.client["argv"] == ["-# " + " ".join(
        [f"--ssh={launcher.ssh}", f"--client={launcher.client}", "--server=mosh-server",
         "--experimental-remote-ip=proxy", "h"]) + " |", "127.0.0.1", "60001"]
    assert result.client["env"]["MOSH_KEY"] == KEY
    assert result.out == b"\n"


@pytest.mark.parametrize("lines, words", [
    ([REACHED, REACHED, START], "twice"),
    (["MOSH IP host {token}", START], "address"),
    (["MOSH SSH_CONNECTION 1 2 3", START], "SSH_CONNECTION"),
    (["MOSH SSH_CONNECTION a 1 host 22", START], "SSH_CONNECTION"),
    (["MOSH SSH_CONNECTION a 1 " + "1" * 300 + " 22", START], "SSH_CONNECTION"),
    ([REACHED, f"MOSH CONNECT 0 {KEY}"], "port"),
    ([REACHED, f"MOSH CONNECT 65536 {KEY}"], "port"),
    ([REACHED, f"MOSH CONNECT -1 {KEY}"], "port"),
    ([REACHED, f"MOSH CONNECT 60001x {KEY}"], "port"),
    ([REACHED, f"MOSH CONNECT 1e4 {KEY}"], "port"),
    ([REACHED, "MOSH CONNECT "], "port"),
    ([REACHED, f"MOSH CONNECT {'1' * 30} {KEY}"], "port"),
    ([REACHED, f"MOSH CONNECT 60001 {KEY[:-1]}"], "key"),
    ([REACHED, f"MOSH CONNECT 60001 {KEY}A"], "key"),
    ([REACHED, f"MOSH CONNECT 60001 {KEY[:-1]}x"], "key"),
    ([REACHED, f"MOSH CONNECT 60001 -{KEY[1:]}"], "key"),
    ([REACHED, f"MOSH CONNECT 60001 {KEY}=="], "key"),
    ([REACHED, "MOSH CONNECT 60001 AAECAwQFBgc\0CQoLDA0ODw"], "key"),
    ([START], "address"),
    (["MOSH IP 192.0.2.1", START], "address"),
    ([REACHED], "did not say"),
    ([], "did not say"),
    ([REACHED, "$ " + START], "did not say"),
    ([REACHED, "\x1b[m" + START], "did not say"),
])
def test_bad_answers(launcher, lines, words):
    result = launcher.stock_like("h", lines=lines)
    assert result.status == 255
    assert result.client is None
    assert words in result.error and result.error.count("\n") == 1
    assert KEY[:10] not in result.error


def test_first_start_wins(launcher):
    other = START.replace("60001", "60002")
    assert launcher.stock_like("h", lines=[REACHED, START, other]).client["argv"][2] == "60001"


def test_address_of_others_is_text(launcher):
    result = launcher.stock_like("h", lines=["MOSH IP 192.0.2.66", "MOSH IP 192.0.2.66 guess", REACHED, START])
    assert result.address == "127.0.0.1"
    assert b"MOSH IP 192.0.2.66\n" in result.out


def test_mapped_and_scoped_addresses(launcher):
    for given, used in (("::ffff:192.0.2.1", "192.0.2.1"), ("fe80::1%eth0", "fe80::1%eth0")):
        result = launcher.run("--experimental-remote-ip=remote", "h",
                              lines=[f"MOSH SSH_CONNECTION a 1 {given} 22", START])
        assert result.address == used


def test_text_is_shown_without_its_powers(launcher):
    line = "banner\x1b]52;c;?\x07\x9b\udcff\0"
    result = launcher.stock_like("h", lines=[line, REACHED, START])
    assert result.out.startswith(b"banner^[]52;c;?^G")
    assert not set(result.out) & set(range(0x20)) - {0x0a} and b"\xff" not in result.out


def test_long_line_and_flood(launcher):
    result = launcher.stock_like("h", lines=["x" * 500000, REACHED, START])
    assert result.address == "127.0.0.1"
    assert len(result.out) < 20000
    result = launcher.stock_like("h", lines=["x" * 100] * 100000 + [REACHED, START])
    assert result.status == 255 and "1 MiB" in result.error


def test_old_server_and_port_range(launcher):
    lines = [REACHED, "mosh-server: Bad UDP port (1:2)"]
    assert "1:2" in launcher.stock_like("-p", "1:2", "h", lines=lines).error
    assert "too old" not in launcher.stock_like("-p", "1", "h", lines=lines).error


def test_failure_of_ssh_is_its_own(launcher):
    result = launcher.stock_like("h", lines=["ssh: connect: Connection refused"], status=255)
    assert result.status == 255
    assert "255" in result.error and "Connection refused" in result.error
    assert launcher.stock_like("h", lines=[], status=5).status == 5
    assert "signal 9" in launcher.stock_like("h", lines=[], signal=9).error


def test_missing_server_is_named(launcher):
    result = launcher.run("h", lines=[REACHED, "", "SKUA NO SERVER debian"], status=127)
    assert "apt-get install mosh" in result.error and "--server" in result.error
    assert result.status != 0
    result = launcher.run("--server=foo", "h", lines=["sh: foo: not found"], status=127)
    assert "foo was not found" in result.error


def test_missing_ssh(launcher):
    result = launcher.run("h", ssh="/no/such/ssh")
    assert result.status == 255 and "/no/such/ssh" in result.error


def test_ssh_that_stays_does_not_keep_the_session(launcher):
    before = time.monotonic()
    assert launcher.stock_like("h", stays="open").status == 7
    assert time.monotonic() - before < 20


def test_ssh_that_closes_its_output_and_stays(launcher):
    result = launcher.stock_like("h", lines=[REACHED], stays="closed")
    assert result.status == 255 and "closed its output" in result.error
    assert waiting.is_gone(result.ssh["pid"])


@pytest.mark.slow
def test_host_that_never_starts_a_server(launcher):
    """The time is counted from the login, which our remote command's first line shows."""
    result = launcher.run("h", lines=["MOSH SSH_CONNECTION a 1 192.0.2.1 22"], stays="open", deadline_s=60)
    assert result.status == 255 and "30 s" in result.error and "--server" in result.error
    assert waiting.is_gone(result.ssh["pid"])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_ssh_too(launcher, number):
    launcher.script(lines=["waiting"], stays="open")
    with subprocess.Popen(launcher.argv("--server=m", "--experimental-remote-ip=proxy", "h"),
                          env=launcher.env(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"waiting\n"
        process.send_signal(number)
        out, error = process.communicate(timeout=20)
    result = launcher.result(subprocess.CompletedProcess([], process.returncode, out, error))
    assert result.status == 255 and "interrupted" in result.error
    assert waiting.is_gone(result.ssh["pid"])


# The client

def test_client_environment(launcher):
    env = launcher.stock_like("h", env={"MOSH_ESCAPE_KEY": "x", "MOSH_TITLE_NOPREFIX": ""}).client["env"]
    assert env["MOSH_KEY"] == KEY
    assert env["MOSH_PREDICTION_DISPLAY"] == "adaptive"
    assert env["MOSH_CLIENT_PID"].isdigit()
    assert env["MOSH_ESCAPE_KEY"] == "x" and env["MOSH_TITLE_NOPREFIX"] == ""
    assert "MOSH_PREDICTION_OVERWRITE" not in env and "MOSH_NO_TERM_INIT" not in env
    env = launcher.stock_like("-o", "--no-init", "h").client["env"]
    assert env["MOSH_PREDICTION_OVERWRITE"] == "yes" and env["MOSH_NO_TERM_INIT"] == "1"


def test_ssh_sees_no_key_and_no_prediction_of_ours(launcher):
    env = launcher.stock_like("h", env={"MOSH_KEY": "x", "MOSH_PREDICTION_DISPLAY": "never"}).ssh["env"]
    assert set(env) == {"SHELL", "SKUA_PROXY_TOKEN"} and len(env["SKUA_PROXY_TOKEN"]) == 32


@pytest.mark.parametrize("said, passed", [("8", "8"), ("-1", "0"), ("0", "0"), ("many", "0")])
def test_colors_are_the_clients(launcher, said, passed):
    launcher.make_client(colors=said)
    assert f"'-c' '{passed}'" in launcher.stock_like("h").ssh["argv"][-1]


def test_client_that_cannot_be_asked(launcher):
    launcher.make_client(status=1)
    assert_refused(launcher.stock_like("h"), "colours")
    assert_refused(launcher.stock_like("--client=/no/such", "h"), "/no/such")


def test_own_client_needs_a_terminal(launcher):
    assert_refused(launcher.run("h", client=False), "terminal")


def test_own_client_runs_and_gives_the_terminal_back(launcher, terminals):
    """Nobody answers at the port: the client of this very process says so, and what it tried."""
    launcher.script()
    argv = launcher.argv("--server=m", "--experimental-remote-ip=proxy", "h", client=False)
    terminal = terminals(argv, launcher.env(LANG="C.UTF-8"))
    terminal.wait_for(lambda: terminal.display.is_alternate, 20, "the client's screen")
    environ = f"/proc/{terminal.process.pid}/environ"
    if os.access(environ, os.R_OK):  # only root can, where the client forbids to be looked at
        with open(environ, "rb") as file:
            assert KEY.encode() not in file.read()
    terminal.send(b"\x1e.")
    assert terminal.wait_exit(30) in (0, 1)
    assert terminal.settings == terminal.settings_before


# The search for a server, through every login shell

SHELLS = [name for name in ("sh", "bash", "dash", "zsh", "fish", "tcsh") if shutil.which(name)]
WORDS = ["printf", "it's", "$HOME `id` $(id)", "a\\", "\\'", "!! !x", "two\nlines\n", "", "\t\x7f\x01", "é*?~",
         'say "x"', "\\0101 %s %b"]


@pytest.mark.parametrize("shell", SHELLS)
def test_arguments_arrive_through_any_login_shell(launcher, shell):
    launcher.make_server("mosh-server")
    result = launcher.run("h", "--", *WORDS, login_shell=shutil.which(shell), lines=[REACHED],
                          env={"PATH": f"{launcher.folder}/bin:/usr/bin:/bin", **LOCALE})
    assert result.status == 7, result.error
    _, *arguments = [word.decode() for word in result.server_argv]
    assert arguments == ["new", "-s", "-c", "256", "-l", "LANG=C.UTF-8", "-l", "LC_ALL=C.UTF-8", "--", *WORDS]


@pytest.mark.parametrize("shell", SHELLS)
def test_long_argument_arrives(launcher, shell):
    launcher.make_server("mosh-server")
    word = "'" + "x" * 20000
    result = launcher.run("h", "--", word, login_shell=shutil.which(shell), lines=[REACHED],
                          env={"PATH": f"{launcher.folder}/bin:/usr/bin:/bin"})
    assert result.server_argv[-1].decode() == word


def test_our_own_server_is_preferred(launcher):
    launcher.make_server("mosh-server")
    launcher.make_server("skua-server", ".local/bin")
    path = f"{launcher.folder}/bin:/usr/bin:/bin"
    result = launcher.run("h", login_shell="/bin/sh", lines=[REACHED], env={"PATH": path})
    program, *arguments = [word.decode() for word in result.server_argv]
    assert program == f"{launcher.folder}/.local/bin/skua-server"
    assert arguments == ["new", "-@", "skua1", "-c", "256"]
    assert result.server_path == path


@pytest.mark.parametrize("bind, arguments", [
    ("ssh", ["new", "-@", "skua1", "-c", "256", "-s"]),
    ("any", ["new", "-@", "skua1", "-c", "256"]),
    ("192.0.2.1", ["new", "-@", "skua1", "-c", "256", "-i", "192.0.2.1"]),
])
def test_binding_that_was_asked_for(launcher, bind, arguments):
    launcher.make_server("skua-server", ".local/bin")
    result = launcher.run(f"--bind-server={bind}", "h", login_shell="/bin/sh", lines=[REACHED])
    assert [word.decode() for word in result.server_argv[1:]] == arguments


@pytest.mark.parametrize("shell", SHELLS)
def test_no_server_is_said(launcher, shell, tmp_path):
    # The real places may hold one: a root without any takes their place where that can be had.
    wrapper = tmp_path / "shell"
    wrapper.write_text(f"#!/bin/sh\nexec {shutil.which(shell)} -c \"$(printf %s \"$2\" | "
                       "sed 's,-server),-server-that-nobody-has),g')\"\n")
    wrapper.chmod(0o755)
    result = launcher.run("h", login_shell=str(wrapper), lines=[REACHED])
    assert result.status == 127
    assert "neither skua-server nor mosh-server" in result.error


def test_connection_is_enough_when_the_proxy_was_not_used(launcher):
    launcher.make_server("mosh-server")
    result = launcher.run("h", login_shell="/bin/sh", lines=["noise without end"],
                          connection="192.0.2.9 50000 2001:db8::1 22",
                          env={"PATH": f"{launcher.folder}/bin:/usr/bin:/bin"})
    assert result.address == "2001:db8::1"


# --local

@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_local(launcher, address):
    server = launcher.make_server("server")
    result = launcher.run("--local", f"--server={server}", address, env={"SSH_CONNECTION": "a b c d"})
    assert result.ssh is None
    assert result.server_argv == [os.fsencode(word) for word in (server, "new", "-c", "256", "-i", address)]
    assert result.client["argv"][1:] == [address, "60001"]


def test_local_refuses_names_and_says_what_failed(launcher):
    assert_refused(launcher.run("--local", "localhost"), "--local", "localhost")
    result = launcher.run("--local", "--server=/no/such", "127.0.0.1")
    assert result.status == 127 and "/no/such" in result.error


def test_short_local_behind_the_host_is_remarked(launcher):
    server = launcher.make_server("server")
    result = launcher.run(f"--server={server}", "127.0.0.1", "-l")
    assert "-l means --local" in result.error and result.server_argv


# The proxy

def test_proxy_says_where_it_came_to_and_copies(launcher):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with subprocess.Popen([launcher.path, "--fake-proxy", "--", "127.0.0.1", str(port)],
                              env=launcher.env(SKUA_PROXY_TOKEN="t" * 32), stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE) as proxy:
            peer, _ = listener.accept()
            with peer:
                peer.settimeout(10)
                proxy.stdin.write(b"to the host")
                proxy.stdin.close()
                received = b""
                while data := peer.recv(100):
                    received += data
                peer.sendall(b"and back")
                peer.shutdown(socket.SHUT_WR)
                assert proxy.stdout.read() == b"and back"
            assert proxy.stderr.read() == b"MOSH IP 127.0.0.1 " + b"t" * 32 + b"\n"
            assert proxy.wait(10) == 0
    assert received == b"to the host"


def test_proxy_that_cannot_connect(launcher):
    done = subprocess.run([launcher.path, "--fake-proxy", "--", "127.0.0.1", "1"], env=launcher.env(),
                          capture_output=True, check=False, timeout=30)
    assert done.returncode == 255
    assert b"127.0.0.1" in done.stderr and b"MOSH IP" not in done.stderr


@pytest.mark.parametrize("words", [[], ["h", "x"], ["h", "0"], ["h", "70000"], ["h", "1", "2"], ["-h", "1"],
                                   ["u@h", "1"]])
def test_bad_uses_of_the_proxy(launcher, words):
    done = subprocess.run([launcher.path, "--fake-proxy", "--", *words], env=launcher.env(),
                          capture_output=True, check=False, timeout=30)
    assert done.returncode == 255 and done.stderr.count(b"\n") == 1
