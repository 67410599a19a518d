"""Fixtures: where sessions run, what they run through, and what becomes of them afterwards."""

import itertools
import signal

import pytest

import dropbear as dropbear_module
import namespaces as namespaces_module
import programs
import sshd as sshd_module
from dropbear import Dropbear
from namespaces import Namespaces
from pairs import Server
from sshd import SshServer
from surroundings import Surroundings
from terminal import Terminal


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: lets an outage or a timeout last; scripts/test runs these beside the others")
    # Under nohup or in the background of a script they are ignored, and so by all that is started here.
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def require(reason):
    """Skip the test if there is a reason to."""
    if reason is not None:
        pytest.skip(reason)


@pytest.fixture
def surroundings(tmp_path):
    """A home and an environment for one test; processes that outlive it are ended."""
    made = Surroundings(tmp_path / "home")
    yield made
    Server.end_all()
    made.end_strays()


@pytest.fixture
def skua():
    """Our programs."""
    require(programs.why_not(programs.SKUA))
    return programs.SKUA


@pytest.fixture
def as_shipped(skua):
    """Our programs have all the hardening they are shipped with."""
    require(programs.why_not_as_shipped())


@pytest.fixture
def stock():
    """Stock's programs."""
    require(programs.why_not(programs.STOCK))
    return programs.STOCK


@pytest.fixture(params=["skua", "mosh"])
def ours(request, tmp_path, skua):
    """Our programs under each of their names."""
    if request.param == "skua":
        return skua
    (tmp_path / "bin").mkdir()
    return programs.named_mosh(tmp_path / "bin")


@pytest.fixture(params=list(itertools.product(("skua", "stock"), repeat=2)),
                ids=lambda makers: f"{makers[0]}_server-{makers[1]}_client")
def makers(request):
    """The server's and the client's maker, in all four ways."""
    require(programs.why_not(*(programs.BY_MAKER[maker] for maker in request.param)))
    return request.param


@pytest.fixture
def sshd(tmp_path, surroundings):
    """An sshd for one test, with the test's surroundings."""
    require(sshd_module.why_not())
    server = SshServer(tmp_path / "sshd", surroundings)
    yield server
    server.close()


@pytest.fixture
def dropbear(tmp_path, surroundings):
    """A dropbear for one test, with the test's surroundings."""
    require(dropbear_module.why_not())
    server = Dropbear(tmp_path / "dropbear", surroundings)
    yield server
    server.close()


@pytest.fixture
def namespaces():
    """Two machines and a cable."""
    require(namespaces_module.why_not())
    made = Namespaces()
    yield made
    made.close()


@pytest.fixture
def terminals(surroundings):
    """Call it to start a program in a terminal; all of them are closed afterwards."""
    started = []

    def start(argv, env=None, **more):
        started.append(Terminal(argv, env or surroundings.env(), **more))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()
