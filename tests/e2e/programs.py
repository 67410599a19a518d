"""The programs under test and their stock counterparts, by path."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = (ROOT / os.environ.get("SKUA_BUILD", "build")).resolve()


@dataclass(frozen=True)
class Programs:
    """One maker's three programs."""

    maker: str  # skua or stock
    launcher: str
    client: str
    server: str

    @property
    def lacking(self):
        """The paths that are not there to be run."""
        return [path for path in (self.launcher, self.client, self.server)
                if not os.access(path, os.X_OK)]


SKUA = Programs("skua", str(BUILD / "programs/skua"), str(BUILD / "programs/skua-client"),
                str(BUILD / "programs/skua-server"))
STOCK = Programs("stock", "/usr/bin/mosh", "/usr/bin/mosh-client", "/usr/bin/mosh-server")
BY_MAKER = {programs.maker: programs for programs in (SKUA, STOCK)}


def named_mosh(folder):
    """Our programs under the names that existing scripts and habits call, as links in the folder."""
    links = {}
    for noun, path in (("mosh", SKUA.launcher), ("mosh-client", SKUA.client),
                       ("mosh-server", SKUA.server)):
        links[noun] = Path(folder) / noun
        links[noun].symlink_to(path)
    return Programs("skua", *(str(links[noun]) for noun in ("mosh", "mosh-client", "mosh-server")))


def why_not(*wanted):
    """Why these makers' programs cannot be run; None if they can."""
    lacking = [path for programs in wanted for path in programs.lacking]
    return f"not built or installed: {', '.join(lacking)}" if lacking else None


def why_not_as_shipped():
    """Why our programs are not hardened as they are shipped; None if they are. Sanitizers do without the
    sandbox and checked calls, and keep terabytes of shadow memory."""
    return "built with sanitizers" if b"__asan_init" in Path(SKUA.server).read_bytes() else None


def tool(name):
    """The path of a tool of the system, also where sbin is not on the path; None if it is missing."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
