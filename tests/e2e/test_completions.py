"""Tab in real shells, with the completions as meson installs them: hosts that ssh knows, options, their values."""

import shutil
import subprocess
from pathlib import Path

import pytest
from programs import BUILD, SKUA, why_not

PROMPT = "ready> "
WAIT_S = 60  # completion functions are loaded at the first Tab

BASH_COMPLETION = Path("/usr/share/bash-completion/bash_completion")

CONFIG = "Host quokka-alias quokkabeta.example *.wild.example\n  HostName 192.0.2.1\n"
KNOWN = "wombat-known.example ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGRlZmdoaWprbG1ub3BxcnN0dXZ3eHl6QUJDREVG\n"

BASHRC = f"PS1='{PROMPT}'; unset PROMPT_COMMAND HISTFILE\nbind 'set enable-bracketed-paste off'\n. {BASH_COMPLETION}\n"
ZSHRC = (f"PROMPT='{PROMPT}' PROMPT_EOL_MARK=\nunset RPS1 zle_bracketed_paste\nfpath=(\"$SITE_FUNCTIONS\" $fpath)\n"
         "autoload -Uz compinit; compinit -u -D\n")
FISHRC = (f"function fish_prompt; printf '{PROMPT}'; end\nfunction fish_right_prompt; end\n"
          "set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n")


@pytest.fixture(scope="module")
def share(tmp_path_factory):
    """The data folder of an installed Skua."""
    reason = why_not(SKUA)
    if reason:
        pytest.skip(reason)
    destdir = tmp_path_factory.mktemp("installed")
    subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", destdir], check=True)
    return next(path for path in destdir.rglob("bash-completion")).parent


@pytest.fixture
def home(tmp_path):
    ssh = tmp_path / ".ssh"
    ssh.mkdir(mode=0o700)
    (ssh / "config").write_text(CONFIG)
    (ssh / "known_hosts").write_text(KNOWN)
    (tmp_path / "rc.bash").write_text(BASHRC)
    (tmp_path / ".zshrc").write_text(ZSHRC)
    fish = tmp_path / ".config/fish"
    fish.mkdir(parents=True)
    (fish / "config.fish").write_text(FISHRC)
    return tmp_path


ARGV = {"bash": ["bash", "--noprofile", "--rcfile", "rc.bash", "-i"], "zsh": ["zsh", "-d", "-i"], "fish": ["fish", "-i"]}


@pytest.fixture(params=ARGV)
def shell(request, home, share, terminals, surroundings):
    """A shell at its prompt, in a terminal as wide as its lists need."""
    if shutil.which(request.param) is None or (request.param == "bash" and not BASH_COMPLETION.exists()):
        pytest.skip(f"not installed: {request.param} with completion")
    env = surroundings.env(HOME=str(home), SITE_FUNCTIONS=str(share / "zsh/site-functions"),
                           XDG_DATA_DIRS=f"{share}:/usr/share", PATH=f"{BUILD}/programs:/usr/bin:/bin")
    terminal = terminals(ARGV[request.param], env, cwd=home, columns=120, rows=50)
    terminal.wait_text(PROMPT, WAIT_S)
    return terminal


def tab(shell, line, expected):
    """Type a line and Tab; wait until the shell has made it what is expected. Then leave the line."""
    shell.send(line)
    shell.wait_text(line, WAIT_S)
    shell.send("\t")
    shell.wait_text(PROMPT + expected, WAIT_S)
    shell.send("\x15")  # Ctrl-U
    shell.wait_for(lambda: expected not in shell.text, WAIT_S, "an empty line")


def test_hosts_of_ssh_config(shell):
    tab(shell, "skua quokka-a", "skua quokka-alias ")
    tab(shell, "skua quokkab", "skua quokkabeta.example ")


def test_hosts_of_known_hosts(shell):
    tab(shell, "skua womb", "skua wombat-known.example ")


def test_hosts_behind_a_user_and_options(shell):
    tab(shell, "skua -p 60001 --predict=always womb", "skua -p 60001 --predict=always wombat-known.example ")
    tab(shell, "skua me@womb", "skua me@wombat-known.example ")


def test_options(shell):
    tab(shell, "skua --predict-o", "skua --predict-overwrite ")
    tab(shell, "skua --no-ini", "skua --no-init ")
    value_follows = " " if shell.process.args[0] == "fish" else "="
    tab(shell, "skua --fam", f"skua --family{value_follows}")


def test_values(shell):
    tab(shell, "skua --family=prefer-inet6", "skua --family=prefer-inet6 ")
    tab(shell, "skua --predict=exp", "skua --predict=experimental ")
    tab(shell, "skua --predict exp", "skua --predict experimental ")


def test_the_doctor(shell):
    tab(shell, "skua doct", "skua doctor ")
    tab(shell, "skua doctor womb", "skua doctor wombat-known.example ")
    tab(shell, "skua doctor --js", "skua doctor --json ")


def test_commands_behind_the_host(shell):
    tab(shell, "skua somehost infoc", "skua somehost infocmp ")


def test_stocks_name(shell):
    """Installed as mosh too. (In zsh and fish it is the shell's own completion for mosh that knows hosts.)"""
    tab(shell, "mosh womb", "mosh wombat-known.example ")
