"""A PostgreSQL server of its own for a recording: a folder, a socket in it, nothing on the network."""

import contextlib
import os
import pathlib
import pwd
import subprocess
import sys

_SCHEMA = """
create table town (name text, people int, founded date);
insert into town values ('Aston', 4100, '1204-05-01'), ('Berg', 870, '1911-02-03'), ('Cove', 23000, '1688-11-05');
"""


def _programs():
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        sys.exit("record: PostgreSQL is not installed (apt-get install postgresql)")
    return found[-1].parent


def _owner():
    """initdb wants another user than root."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


@contextlib.contextmanager
def running(folder):
    """A server with a table. Gives what psql needs in its environment."""
    programs, owner, data = _programs(), _owner(), pathlib.Path(folder) / "pg"
    data.mkdir()
    data.parent.chmod(0o755)
    os.chown(data, pwd.getpwnam(owner).pw_uid, -1)
    become = ["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []

    def run(*argv, text=None):
        subprocess.run([*become, *argv], input=text, text=True, check=True, cwd="/", stdout=subprocess.DEVNULL)

    run(programs / "initdb", "-D", data / "db", "-A", "trust", "-U", "ann")
    run(programs / "pg_ctl", "-D", data / "db", "-w", "-l", data / "log", "-o",
        f"-c listen_addresses='' -c unix_socket_directories={data}", "start")
    try:
        run("psql", "-q", "-h", data, "-U", "ann", "postgres", text=_SCHEMA)
        yield {"PGHOST": str(data), "PGUSER": "ann", "PGDATABASE": "postgres", "PAGER": "cat"}
    finally:
        run(programs / "pg_ctl", "-D", data / "db", "-m", "fast", "stop")
