"""The launcher's command line: every spelling of every option, and what is refused before ssh is run."""

import subprocess

import pytest
from launching import as_mosh, assert_refused, launcher  # noqa: F401: fixtures


@pytest.mark.parametrize("options, name, value", [
    (["-PREDICT", "never"], "MOSH_PREDICTION_DISPLAY", "never"),
    (["--predict=always"], "MOSH_PREDICTION_DISPLAY", "always"),
    (["--predict", "experimental"], "MOSH_PREDICTION_DISPLAY", "experimental"),
    (["-a"], "MOSH_PREDICTION_DISPLAY", "always"),
    (["-n"], "MOSH_PREDICTION_DISPLAY", "never"),
    (["-a", "-n"], "MOSH_PREDICTION_DISPLAY", "never"),
    (["-n", "-a"], "MOSH_PREDICTION_DISPLAY", "always"),
    (["-o"], "MOSH_PREDICTION_OVERWRITE", "yes"),
    (["--predict-o"], "MOSH_PREDICTION_OVERWRITE", "yes"),
    (["--predict-overwrite", "--no-predict-overwrite"], "MOSH_PREDICTION_OVERWRITE", None),
    (["--predict-overwrite", "--nopredict-overwrite"], "MOSH_PREDICTION_OVERWRITE", None),
    (["--no-init"], "MOSH_NO_TERM_INIT", "1"),
    (["--noinit"], "MOSH_NO_TERM_INIT", "1"),
    (["--noi"], "MOSH_NO_TERM_INIT", "1"),
    (["--noinit", "--init"], "MOSH_NO_TERM_INIT", None),
])
def test_options_of_the_client(launcher, options, name, value):
    for words in ([*options, "h"], ["h", *options]):
        assert launcher.stock_like(*words).client["env"].get(name) == value


def test_option_beats_environment(launcher):
    env = {"MOSH_PREDICTION_DISPLAY": "always"}
    assert launcher.stock_like("h", env=env).client["env"]["MOSH_PREDICTION_DISPLAY"] == "always"
    assert launcher.stock_like("-n", "h", env=env).client["env"]["MOSH_PREDICTION_DISPLAY"] == "never"
    env = {"MOSH_PREDICTION_OVERWRITE": "yes"}
    result = launcher.stock_like("--no-predict-overwrite", "h", env=env)
    assert result.client["env"]["MOSH_PREDICTION_OVERWRITE"] == "yes"


def test_abbreviations(launcher):
    argv = launcher.run("--serv=m", "--exp=proxy", "--fam", "all", "h").ssh["argv"]
    assert argv[-1].startswith("m 'new'") and launcher.proxy_command("all") in argv
    assert "-tt" not in launcher.stock_like("--no-s", "h").ssh["argv"]
    assert "-tt" in launcher.stock_like("--no-ssh-pty", "--ssh-p", "h").ssh["argv"]


@pytest.mark.parametrize("port", [["-p", "60001"], ["-p=60001"], ["-p60001"], ["--port=60001"],
                                  ["--po", "60001"], ["-P", "60001"], ["-port", "60001"]])
def test_spellings_of_port(launcher, port):
    assert launcher.stock_like(*port, "h").ssh["argv"][-1].endswith("'-p' '60001'")


@pytest.mark.parametrize("port", ["0:5", "60010:60001", "1:70000", "70000", ":", "a:b", "1:", ":1", "5:0",
                                  "-1", "1:2:3", "60001x", "", "99999999999999999999"])
def test_bad_ports(launcher, port):
    assert_refused(launcher.stock_like(f"--port={port}", "h"), "port")


@pytest.mark.parametrize("options, words", [
    (["--bogus"], ["unknown", "--bogus"]),
    (["-an"], ["unknown", "-an"]),
    (["-s"], ["-s"]),
    (["--pre"], ["--pre"]),
    (["--no-local"], ["--no-local"]),
    (["--local=x"], ["--local"]),
    (["--no-init=1"], ["init"]),
    (["--predict=maybe"], ["maybe", "adaptive"]),
    (["--experimental-remote-ip=moon"], ["moon", "proxy"]),
    (["--upload=maybe"], ["maybe", "always"]),
    (["--family=ipx"], ["ipx", "inet6"]),
    (["--server="], ["server"]),
    (["--ssh='"], ["--ssh"]),
    (["--ssh= "], ["--ssh"]),
])
def test_bad_options(launcher, options, words):
    assert_refused(launcher.run(*options, "h"), *words)


def test_missing_value_and_host(launcher):
    assert_refused(launcher.run("h", "--port"), "--port", "value")
    assert_refused(launcher.run(), "host")
    assert_refused(launcher.run("--"), "host")


def test_bad_prediction_from_environment(launcher):
    result = launcher.run("h", env={"MOSH_PREDICTION_DISPLAY": "x"})
    assert_refused(result, "'x'", "MOSH_PREDICTION_DISPLAY")


@pytest.mark.parametrize("words, command", [
    (["h", "ls", "-l"], "'--' 'ls' '-l'"),
    (["h", "ls", "--color"], "'--' 'ls' '--color'"),
    (["h", "-n", "ls", "-a"], "'--' 'ls' '-a'"),
    (["h", "--", "-x"], "'--' '-x'"),
    (["--", "h", "-n"], "'--' '-n'"),
    (["h", "ls", "--", "x"], "'--' 'ls' '--' 'x'"),
    (["h", "--", "--", "x"], "'--' '--' 'x'"),
])
def test_options_end_at_the_command(launcher, words, command):
    assert launcher.stock_like(*words).ssh["argv"][-1].endswith(command)


def test_posixly_correct_ends_options_at_the_host(launcher):
    env = {"POSIXLY_CORRECT": "1"}
    assert launcher.stock_like("h", "-n", env=env).ssh["argv"][-1].endswith("'--' '-n'")
    assert launcher.stock_like("h", "--", "x", env=env).ssh["argv"][-1].endswith("'--' 'x'")


@pytest.mark.parametrize("host", [
    "-oProxyCommand=x", "a;b", "a$b", "a`b", "a'b", 'a"b', "a b", "a\nb", "a(b", "a{b}", "u;x@h",
    "u`x`@h", "@h", "u@", "u@-h", "", "x" * 2000])
def test_bad_hosts(launcher, host):
    assert_refused(launcher.stock_like("--", host), "host")


def test_command_too_long_for_the_system(launcher):
    result = launcher.stock_like("h", "--", *["x" * 100000] * 3)
    assert result.status == 255 and "too long" in result.error


@pytest.mark.parametrize("option", ["--help", "-h", "--HELP", "-he"])
def test_help(launcher, option):
    result = launcher.run(option, "--predict=whatever")
    assert result.status == 0 and result.error == ""
    for name in ("client", "server", "ssh", "no-ssh-pty", "predict", "predict-overwrite", "family", "port",
                 "bind-server", "experimental-remote-ip", "no-init", "local", "version"):
        assert f"--{name}" in result.out.decode()


@pytest.mark.parametrize("option", ["--version", "-v", "-V", "--ver"])
def test_version(as_mosh, option):
    result = as_mosh.run(option)
    assert result.status == 0
    assert result.out.decode().splitlines()[0].startswith("mosh 1.4.0 [build ")


def test_labels_follow_the_name(as_mosh):
    assert as_mosh.run("--bogus").error.startswith("mosh: ")
    assert "skua" not in as_mosh.run().error


@pytest.mark.parametrize("word", ["doctor", "list", "kill"])
def test_words_of_later_versions(launcher, word):
    assert_refused(launcher.stock_like(word), word, "--")
    assert launcher.stock_like("--", word).ssh["argv"][-3] == word
    link = launcher.folder / "mosh"
    link.symlink_to(launcher.path)
    launcher.path = str(link)
    assert launcher.stock_like(word).ssh["argv"][-3] == word


def test_closed_descriptors(launcher):
    launcher.script()
    line = " ".join(f"'{word}'" for word in launcher.argv("--server=m", "--experimental-remote-ip=proxy", "h"))
    status = subprocess.run(["/bin/sh", "-c", f"exec {line} <&- >&- 2>&-"], env=launcher.env(), check=False,
                            timeout=30).returncode
    assert status == 7
