"""What a session runs in: a home folder with a quiet shell, and the environment variables."""

import os
import signal
import uuid
from pathlib import Path

import waiting

PROMPT = "$ "

_PROFILE = f"""PS1='{PROMPT}' PS2='> '
unset HISTFILE PROMPT_COMMAND MAIL MAILCHECK
bind 'set enable-bracketed-paste off' 2>/dev/null
"""


class Surroundings:
    """A home folder of its own and a mark in the environment by which strays are found afterwards."""

    def __init__(self, folder):
        self.home = Path(folder)
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / ".bash_profile").write_text(_PROFILE)
        (self.home / ".bashrc").write_text(_PROFILE)
        (self.home / ".hushlogin").touch()
        self.mark = f"SKUA_TEST_RUN={uuid.uuid4()}"

    def env(self, **more):
        """The variables of a user at a terminal, and of a server started by hand."""
        name, _, value = self.mark.partition("=")
        user = os.environ.get("USER", "root" if os.geteuid() == 0 else "user")
        return {
            "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(self.home), "USER": user, "LOGNAME": user, "SHELL": "/bin/bash",
            "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "MOSH_SERVER_NETWORK_TMOUT": "300",  # a stray ends by itself
            name: value, **more,
        }

    def strays(self):
        """The processes that still carry the mark."""
        mark = self.mark.encode()
        found = []
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                environment = (entry / "environ").read_bytes()
            except (OSError, PermissionError):
                continue
            if mark in environment.split(b"\0"):
                found.append(int(entry.name))
        return found

    def end_strays(self):
        for pid in self.strays():
            for number in (signal.SIGCONT, signal.SIGKILL):
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    break
            else:
                waiting.wait_gone(pid, 10)
