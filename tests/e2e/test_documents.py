"""The options that --help names are those of the manual and of each shell's completion."""

import re
import shutil
import subprocess

import launching
import pytest
from programs import ROOT, SKUA

COMPLETIONS = {"bash": "skua.bash", "zsh": "_skua", "fish": "skua.fish"}


@pytest.fixture(scope="module")
def options():
    """The long options of --help, with the opposites of those that can be negated."""
    reason = launching.why_not()
    if reason:
        pytest.skip(reason)
    text = subprocess.run([SKUA.launcher, "--help"], capture_output=True, text=True, check=True).stdout
    names = set(re.findall(r"--([a-z-]+)", text))
    assert len(names) > 10
    return names | {"ssh-pty", "init", "no-predict-overwrite"}


def words_of(shell, text):
    """The option names that a completion offers."""
    if shell == "fish":
        return set(re.findall(r"^complete .* -l ([a-z-]+)", text, re.MULTILINE))
    return set(re.findall(r"--([a-z][a-z-]+)", text))


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_completion_offers_every_option(options, shell):
    text = (ROOT / "completions" / COMPLETIONS[shell]).read_text()
    offered = words_of(shell, text)
    assert offered == options


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_completion_is_that_shells_language(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"not installed: {shell}")
    subprocess.run([shell, "-n", ROOT / "completions" / COMPLETIONS[shell]], check=True)


def test_manual_describes_every_option(options):
    if shutil.which("mandoc") is None:
        pytest.skip("not installed: mandoc")
    page = subprocess.run(["mandoc", "-T", "utf8", ROOT / "man/skua.1"], capture_output=True, text=True,
                          check=True).stdout
    page = re.sub(".\b", "", page)
    assert set(re.findall(r"--([a-z][a-z-]+)", page)) == options


def test_fish_completes(options):
    if shutil.which("fish") is None:
        pytest.skip("not installed: fish")

    def complete(line):
        script = f"source {ROOT}/completions/skua.fish; complete -C '{line}'"
        out = subprocess.run(["fish", "-c", script], capture_output=True, text=True, check=True).stdout
        return {entry.partition("\t")[0] for entry in out.splitlines()}

    assert {name[2:] for name in complete("skua -p 60001 --")} == options
    assert complete("skua --predict ") == {"adaptive", "always", "never", "experimental"}
    assert "--color" in complete("skua --port 60001 --local host ls --col")


def test_manual_pages_are_right_and_installed():
    """mandoc finds nothing to warn of on any page, and meson.build knows each of them."""
    if shutil.which("mandoc") is None:
        pytest.skip("not installed: mandoc")
    pages = sorted(ROOT.glob("man/*.[1-9]"))
    assert len(pages) >= 3
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *pages], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout
    listed = re.search(r"^man_pages = files\((.*?)\)", (ROOT / "man/meson.build").read_text(), re.MULTILINE | re.DOTALL)
    assert set(re.findall(r"'([^']+)'", listed.group(1))) == {page.name for page in pages}
