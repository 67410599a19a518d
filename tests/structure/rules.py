"""The rules of the house as data: who may include whom, what belongs to which library, what is pure.

A new room, library or edge changes this file first; the checks beside it only apply it.
"""

import re
from dataclasses import dataclass

# Rooms of the core, by folder under core/. Every other C file lives in a room of ROOMS_OUTSIDE.
CORE_ROOMS = (
    "base",
    "net/crypto", "net/wire", "net/path", "net/datagram", "net/transport", "net/stream",
    "term/text", "term/vt", "term/screen", "term/input", "term/outer", "term/display",
    "term/emulator", "term/predict", "term/overlay",
    "sync", "session", "bootstrap", "control",
)
ROOMS_OUTSIDE = ("rim", "endpoints/client", "endpoints/server", "programs")

KEY_H = "net/crypto/key.h"
CRYPTO_START_H = "net/crypto/crypto_start.h"
SHA256_H = "net/crypto/sha256.h"
CAPS_H = "term/outer/caps.h"
PREFERENCE_H = "term/predict/preference.h"
RECORD_H = "term/screen/record.h"
JSON_H = "term/text/json.h"

_SESSION = set(CORE_ROOMS) - {"session", "bootstrap", "control"}

# room -> rooms, or single headers of other rooms, that its files may include. A room sees itself.
MAY_INCLUDE = {
    "base": set(),
    "net/crypto": {"base"},
    "net/wire": {"base"},
    "net/path": {"base"},
    "term/text": {"base"},
    "control": {"base"},
    "bootstrap": {"base", "net/crypto"},
    "net/datagram": {"base", "net/crypto", "net/path"},
    "net/transport": {"base", "net/wire", "net/path"},
    "net/stream": {"base", "net/wire", "net/path"},
    "term/vt": {"base", "term/text"},
    "term/screen": {"base", "term/text"},
    "term/input": {"base", "term/text", "term/vt"},
    "term/outer": {"base", "term/text", "term/vt"},
    "term/display": {"base", "term/text", "term/screen", CAPS_H},
    "term/emulator": {"base", "term/text", "term/vt", "term/screen"},
    "term/predict": {"base", "term/text", "term/vt", "term/screen", "term/input"},
    "term/overlay": {"base", "term/text", "term/vt", "term/screen", "term/input"},
    "sync": {"base", "net/wire", "net/transport", "net/stream", "term/text", "term/screen",
             "term/emulator", "term/display", CAPS_H},
    "session": _SESSION,
    "rim": {"base"},
    "endpoints/client": {"session", "control", "base", "rim", "term/outer", KEY_H, CRYPTO_START_H,
                         PREFERENCE_H, RECORD_H},
    "endpoints/server": {"session", "control", "base", "rim", KEY_H, CRYPTO_START_H, CAPS_H},
    "programs": {"endpoints/client", "endpoints/server", "bootstrap", "control", "base", "rim",
                 KEY_H, CRYPTO_START_H, SHA256_H, PREFERENCE_H, JSON_H},
}

# Folders whose programs link the core and nothing else of ours.
CORE_ONLY_FOLDERS = ("tests/unit", "tests/sim", "tests/conformance", "fuzz")

# C library headers that describe values and memory, and nothing of the machine underneath.
PURE_HEADERS = {
    "assert.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdalign.h", "stdarg.h", "stdbool.h",
    "stddef.h", "stdint.h", "stdio.h", "stdlib.h", "string.h",
}

# What the core's objects may ask of the C library. stdio.h and stdlib.h hold much that is not here.
PURE_FUNCTIONS = {
    "abort", "bcmp", "bsearch", "calloc", "free", "malloc", "memchr", "memcmp", "memcpy", "memmove",
    "memset", "qsort", "realloc", "snprintf", "strchr", "strcmp", "strcspn", "strlen", "strncmp",
    "strnlen", "strrchr", "strspn", "strstr", "vsnprintf",
}

# Put there by the compiler, not by us.
COMPILER_SYMBOLS = {"_GLOBAL_OFFSET_TABLE_", "__assert_fail", "__stack_chk_fail"}


@dataclass(frozen=True)
class Library:
    """A library, the only places that may know it, and how its headers, types and functions look."""

    name: str
    homes: tuple  # folders or files, from the root
    header: re.Pattern
    types: re.Pattern  # never in a header outside the homes
    symbols: re.Pattern  # never asked for by an object outside the homes


LIBRARIES = (
    Library("libgcrypt", ("core/net/crypto",), re.compile(r"gcrypt\.h$|gpg-error\.h$"),
            re.compile(r"\bgcry_\w+"), re.compile(r"gcry_")),
    Library("protobuf-c", ("core/net/wire",), re.compile(r"protobuf-c/|\.pb-c\.h$"),
            re.compile(r"\bProtobufC\w+"), re.compile(r"protobuf_c_")),
    Library("zlib", ("core/net/transport/deflate.c",), re.compile(r"(zlib|zconf)\.h$"),
            re.compile(r"\bz_streamp?\b|\buLongf?\b"),
            re.compile(r"(deflate|inflate|compress|uncompress|crc32|adler32)")),
    Library("utf8proc", ("core/term/text",), re.compile(r"utf8proc\.h$"),
            re.compile(r"\butf8proc_\w+"), re.compile(r"utf8proc_")),
    Library("libuv", ("rim",), re.compile(r"^uv(/.*|\.h)$"), re.compile(r"\buv_\w+_t\b"),
            re.compile(r"uv_")),
    Library("terminfo", ("endpoints/client/terminfo.c",),
            re.compile(r"(^|/)(term|curses|ncurses|termcap|tic)\.h$"), re.compile(r"\bTERMINAL\b"),
            re.compile(r"(setupterm|tigetstr|tigetnum|tigetflag|tparm)$")),
    Library("libutempter", ("rim/utmp.c",), re.compile(r"utempter\.h$"), re.compile(r"\butempter_\w+"),
            re.compile(r"utempter_")),
)

# Never in any C file: no bound, hidden state, or silent failure.
BANNED_FUNCTIONS = ("strcpy", "strcat", "sprintf", "vsprintf", "strtok", "atoi", "atol", "alloca",
                    "gets")

# Files that may ask for what Linux alone has, and what is compiled in their place elsewhere: docs/PORTABILITY.md.
LINUX_FILES = {
    "rim/child_watch.c": "rim/child_watch_none.c",
    "rim/clock_boottime.c": "rim/clock_monotonic.c",
    "rim/close_from.c": "rim/close_from_posix.c",
    "rim/memory.c": "rim/memory_none.c",
    "rim/net_watch.c": "rim/net_watch_route.c",
    "rim/pty_master.c": "rim/pty_master_posix.c",
    "rim/random.c": "rim/random_getentropy.c",
    "rim/sandbox.c": "rim/sandbox_none.c",
    "rim/udp_control.c": "rim/udp_control_bsd.c",
    "rim/udp_filter.c": "rim/udp_filter_none.c",
    "rim/udp_read.c": "rim/udp_read_each.c",
    "rim/untraceable.c": "rim/untraceable_none.c",
    "rim/wake_timer.c": "rim/wake_timer_kqueue.c",
}
LINUX_NAMES = re.compile(
    r"\b(epoll_\w+|eventfd|signalfd|inotify_\w+|timerfd_\w+|prctl|PR_[A-Z]+_\w+|AF_NETLINK|NETLINK_\w+|SECCOMP_\w+|"
    r"getrandom|accept4|recvmmsg|sendmmsg|mmsghdr|SO_TIMESTAMPNS|SCM_TIMESTAMPNS|SO_ATTACH_FILTER|SO_BINDTODEVICE|"
    r"SO_PEERCRED|IPV?6?_MTU_DISCOVER|IPV?6?_RECVERR|CLOCK_BOOTTIME|close_range|memfd_create|"
    r"mallopt|malloc_trim|syscall|unshare|setns|gettid|MADV_DONTDUMP|MADV_WIPEONFORK|O_TMPFILE|O_PATH|execvpe|"
    r"ptsname_r|secure_getenv|getauxval|signalfd4|splice|sendfile|io_uring_\w+)\b")
LINUX_HEADERS = re.compile(r"(linux|asm)/|(malloc|sys/(prctl|epoll|eventfd|inotify|signalfd|syscall|timerfd|auxv))\.h$")

FILE_LINES_MAX = 499
FUNCTION_LINES_MAX = 80
# Functions that may be longer, as path:name, each for a reason: a flat switch or a table.
LONG_FUNCTIONS = {}
