"""What packagers meet: meson install with its options, the release's tarball, profiles of firewalls."""

import hashlib
import os
import re
import shutil
import subprocess
import tarfile
import xml.etree.ElementTree

import pytest
from programs import BUILD, ROOT, SKUA, why_not

PROGRAMS = ("skua", "skua-client", "skua-server")
PORTS = (60001, 60999)  # those that a server picks by itself: docs/PROTOCOL.md


def install(build, destdir):
    """meson install of a build into a folder; the paths of what is there."""
    subprocess.run(["meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", destdir], check=True)
    return {str(path.relative_to(destdir)) for path in destdir.rglob("*") if not path.is_dir()}


def configured(folder, *options):
    """A build folder with these options and, as install wants them there, the programs that are built already."""
    subprocess.run(["meson", "setup", folder, ROOT, "-Dtests=false", *options], check=True, capture_output=True)
    for name in PROGRAMS:
        shutil.copy2(BUILD / "programs" / name, folder / "programs" / name)
    return folder


def pages(names, folder):
    return {f"{folder}/man1/{name}.1" for name in names}


def completions(prefix):
    return {f"{prefix}/share/bash-completion/completions/skua", f"{prefix}/share/zsh/site-functions/_skua",
            f"{prefix}/share/fish/vendor_completions.d/skua.fish"}


def stocks_names(prefix):
    names = [name.replace("skua", "mosh") for name in PROGRAMS]
    return ({f"{prefix}/bin/{name}" for name in names} | pages(names, f"{prefix}/share/man")
            | {f"{prefix}/share/bash-completion/completions/mosh"})


def ours(prefix, man=None):
    return ({f"{prefix}/bin/{name}" for name in PROGRAMS} | pages(PROGRAMS, man or f"{prefix}/share/man")
            | completions(prefix))


@pytest.fixture
def built():
    reason = why_not(SKUA)
    if reason:
        pytest.skip(reason)


def further_pages(found):
    """Pages of other sections: files, not programs."""
    return {path for path in found if re.search(r"/man[5-8]/skua[^/]*$", path)}


@pytest.mark.parametrize("options, prefix, man, has_stocks_names, is_for_firewalls", [
    ((), "usr/local", None, True, False),
    (("--prefix=/usr", "--sysconfdir=/etc", "-Dfirewall_profiles=true"), "usr", None, True, True),
    (("--prefix=/opt/skua", "-Dmosh_names=false", "--mandir=man", "-Dutempter=disabled"), "opt/skua", "opt/skua/man",
     False, False),
], ids=["default", "distribution", "no_mosh_names"])
def test_install(built, tmp_path, options, prefix, man, has_stocks_names, is_for_firewalls):
    destdir = tmp_path / "destdir"
    found = install(configured(tmp_path / "build", *options), destdir)
    expected = ours(prefix, man)
    if has_stocks_names:
        expected |= stocks_names(prefix)
    if is_for_firewalls:
        expected |= {"etc/ufw/applications.d/skua", "usr/lib/firewalld/services/skua.xml"}
    assert found - further_pages(found) == expected
    for path in (destdir / name for name in found):
        assert path.exists(), f"a link to nowhere: {path} -> {os.readlink(path)}"
        assert path.stat().st_mode & 0o7022 == 0, f"too much is allowed: {path}"
        assert path.resolve().is_relative_to(destdir), f"a link out of the package: {path}"
    for name in PROGRAMS:
        text = subprocess.run([destdir / prefix / "bin" / name, "--version"], capture_output=True, text=True,
                              check=True).stdout
        assert version() in text


def test_release_is_the_same_bytes_everywhere(tmp_path):
    """Two clones, two users' configurations, two places, two clocks' zones."""
    if not (ROOT / ".git").exists():
        pytest.skip("no clone of the repository: a release is made from a commit")
    releases = []
    for number, (umask, config) in enumerate([(0o077, {}), (0o002, {"core.autocrlf": "true", "tar.umask": "0"})]):
        clone = tmp_path / f"clone{number}"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, clone], check=True)
        for name, value in config.items():
            subprocess.run(["git", "-C", clone, "config", name, value], check=True)
        env = {**os.environ, "TZ": ("UTC", "Pacific/Auckland")[number], "LC_ALL": ("C", "C.UTF-8")[number]}
        subprocess.run([clone / "scripts/release", clone / "out", "https://skua.example/releases"], check=True,
                       env=env, umask=umask, cwd=("/", tmp_path)[number], capture_output=True)
        releases.append({path.name: path.read_bytes() for path in (clone / "out").iterdir()})
    assert releases[0] == releases[1]
    name = f"skua-{version()}.tar.gz"
    assert set(releases[0]) == {name, "SHA256SUMS", "skua.spec", "APKBUILD", "skua.rb"}
    assert not [recipe for recipe, text in releases[0].items() if re.search(rb"@[A-Z0-9]+@", text)
                and recipe != name], "something was not filled in"

    out = tmp_path / "clone0/out"
    assert hashlib.sha256(releases[0][name]).hexdigest() in (out / "SHA256SUMS").read_text()
    assert hashlib.sha256(releases[0][name]).hexdigest() in (out / "skua.rb").read_text()
    assert hashlib.sha512(releases[0][name]).hexdigest() in (out / "APKBUILD").read_text()
    with tarfile.open(out / name) as tar:
        members = {member.name: member for member in tar if not member.isdir()}
    listed = subprocess.run(["git", "-C", tmp_path / "clone0", "ls-files"], capture_output=True, text=True, check=True)
    assert set(members) == {f"skua-{version()}/{path}" for path in listed.stdout.splitlines()}
    assert {(member.uid, member.gid) for member in members.values()} == {(0, 0)}
    assert len({member.mtime for member in members.values()}) == 1


def version():
    return re.search(r"^  version: '(.*)',", (ROOT / "meson.build").read_text(), re.MULTILINE).group(1)


def test_versions_agree():
    assert re.match(r"skua \((.*)\) ", (ROOT / "debian/changelog").read_text()).group(1) == version()


def test_firewalls_are_told_exactly_the_servers_ports():
    profile = (ROOT / "packaging/ufw/skua").read_text()
    assert re.findall(r"^ports=(.*)$", profile, re.MULTILINE) == ["{}:{}/udp".format(*PORTS)]
    service = xml.etree.ElementTree.parse(ROOT / "packaging/firewalld/skua.xml").getroot()
    assert [port.attrib for port in service.iter("port")] == [{"protocol": "udp", "port": "{}-{}".format(*PORTS)}]
    man = (ROOT / "man/skua-server.1").read_text()
    assert all(str(port) in man for port in PORTS)
