"""Show that each rule can fail: copy the tree, break one thing in the copy, and expect to be told.

    broken_trees.py --root TREE
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from check_structure import run_checks
from tree import SOURCE_FOLDERS

# A name, the file to add, its text, and words that the finding must hold.
ADDED_FILES = (
    ("a core room that includes a room above it", "core/net/path/intruder.h",
     "#ifndef SKUA_NET_PATH_INTRUDER_H\n#define SKUA_NET_PATH_INTRUDER_H\n"
     '#include "net/crypto/key.h"\n#endif\n', "net/path may not include net/crypto"),
    ("a core file that includes the rim", "core/base/intruder.c", '#include "rim/fail.h"\n',
     "is no header that this file can see"),
    ("an endpoint that includes the other", "endpoints/client/intruder.c",
     '#include "endpoints/server/server.h"\n', "may not include endpoints/server"),
    ("a unit test that includes the rim", "tests/unit/base/intruder_test.c",
     '#include "rim/fail.h"\n', "links only the core"),
    ("a core file that includes unistd.h", "core/base/intruder.c", "# include <unistd.h>\n",
     "not a pure header"),
    ("gcrypt outside its room", "core/net/path/intruder.c", "#include <gcrypt.h>\n",
     "libgcrypt belongs in"),
    ("libuv outside the rim", "endpoints/server/intruder.c", "#include <uv.h>\n", "libuv belongs in"),
    ("a library's type in a header", "endpoints/server/intruder.h",
     "#ifndef SKUA_ENDPOINTS_SERVER_INTRUDER_H\n#define SKUA_ENDPOINTS_SERVER_INTRUDER_H\n"
     "struct intruder { uv_loop_t *loop; };\n#endif\n", "uv_loop_t is a type of libuv"),
    ("a core source without a test", "core/base/intruder.c", "int intruder_value(void);\n",
     "has no tests/unit/base/intruder_test.c"),
    ("a folder that is no room", "core/util/intruder.h",
     "#ifndef SKUA_UTIL_INTRUDER_H\n#define SKUA_UTIL_INTRUDER_H\n#endif\n", "not a room"),
    ("a file of 500 lines", "rim/intruder.c", "\n" * 500, "500 lines"),
    ("a function of 81 lines", "rim/intruder.c", "int\nintruder(void)\n{\n" + "    f();\n" * 78 + "}\n",
     "intruder() has 81 lines"),
    ("a banned function", "programs/intruder.c", "int x = atoi (y);\n", "atoi() is banned"),
    ("a test that sleeps", "tests/sim/intruder_sim.c", "void f(void) { usleep(1000); }\n", "sleeps"),
    ("a Python test that sleeps", "tests/e2e/test_intruder.py", "import time\ntime.sleep(1)\n", "sleeps"),
    ("a citation of a section that is not there", "rim/intruder.c",
     '/*\n * docs/PROTOCOL.md, "Host message" and\n * "Nowhere".\n */\n', 'no section "Nowhere"'),
    ("a document that names a test that is not there", "docs/INTRUDER.md",
     "See `net/wire/host_message_test.c: test_bounds`,\n`test_nothing`.\n", "there is no test_nothing"),
    ("a row of bad inputs without a test", "docs/SECURITY.md", "| C1 | input | looked at |\n",
     "row C1 names no test"),
    ("a row of bad inputs that is not there", "docs/SECURITY.md", "", "row X10 is there 0 times"),
    ("a call of Linux alone", "programs/intruder.c", "int x = prctl(1);\n", "prctl is of Linux alone"),
    ("a header of Linux alone", "endpoints/server/intruder.c", "#include <sys/epoll.h>\n",
     "<sys/epoll.h> is of Linux alone"),
    ("a header without a guard", "rim/intruder.h", "#pragma once\n", "SKUA_RIM_INTRUDER_H"),
)

# The same for the compiled core: a name, C that goes into an archive, words of the finding.
COMPILED = (
    ("a core that reads the clock", "#include <time.h>\nlong intruder(void) { return time(0); }\n",
     "uses time"),
    ("a core that calls a library from the wrong room",
     "void gcry_free(void *); void intruder(void *p) { gcry_free(p); }\n", "uses gcry_free"),
    ("a core with a static counter", "int intruder(void) { static int n; return ++n; }\n",
     "mutable data"),
    ("a core with a thread-local", "_Thread_local int intruder_count = 3;\n", "mutable data"),
)


def problems_of(root, archive=None):
    return [str(problem) for _, found in run_checks(root, archive) for problem in found]


def copy_tree(root, target):
    """What the checks read, without corpora and recordings."""
    for folder in (*SOURCE_FOLDERS, "docs"):
        for pattern in ("*.[ch]", "*.py", "meson.build", "*.md"):
            for path in (root / folder).rglob(pattern):
                copy = target / path.relative_to(root)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


def finds_added_file(root, path, text, words):
    """Whether a copy of the tree with this file gives a finding on it that holds the words."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copy_tree(root, copy)
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
        return any(words in problem and path in problem for problem in problems_of(copy))


def finds_compiled(root, text, words):
    """Whether an archive with this C in it gives a finding that holds the words."""
    with tempfile.TemporaryDirectory() as folder:
        source, compiled, archive = (Path(folder) / name for name in ("i.c", "i.o", "i.a"))
        source.write_text(text, encoding="utf-8")
        subprocess.run(["cc", "-O1", "-fPIC", "-c", source, "-o", compiled], check=True)
        subprocess.run(["ar", "rcs", archive, compiled], check=True)
        return any(words in problem for problem in problems_of(root, archive))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True, type=Path)
    root = parser.parse_args().root

    results = [(name, finds_added_file(root, *rest)) for name, *rest in ADDED_FILES]
    results += [(name, finds_compiled(root, *rest)) for name, *rest in COMPILED]
    print(f"1..{len(results)}")
    for number, (name, found) in enumerate(results, 1):
        print(f"{'ok' if found else 'not ok'} {number} - {name} is found")
    return 0 if all(found for _, found in results) else 1


if __name__ == "__main__":
    sys.exit(main())
