#!/usr/bin/env python3
"""Write the table of servers that the launcher can bring along.

    payload_table.py OUT VERSION [MACHINE=FILE[=INSTALLED]]...

MACHINE is `uname -s`, '-', `uname -m` of the hosts that it is for: Linux-x86_64. INSTALLED is where the launcher
will find it; default: FILE.
"""

import hashlib
import os
import re
import sys

HEAD = """/* Made by payload_table.py. */
#include "payload.h"

const struct upload_payload payload_table[] = {
"""


def entry(version, word):
    machine, file, *installed = word.split("=")
    if not re.fullmatch(r"[A-Za-z0-9]+-[A-Za-z0-9_]+", machine):
        sys.exit(f"payload_table: {machine} is no kernel and processor, as Linux-x86_64")
    with open(file, "rb") as stream:
        data = stream.read()
    digest = hashlib.sha256(data).hexdigest()
    folder = f"{version}-{machine.partition('-')[2]}-{digest[:16]}"
    path = (installed or [os.path.abspath(file)])[0].replace("\\", "\\\\").replace('"', '\\"')
    return (f'    {{ .machine = "{machine}", .folder = "{folder}", .sha256 = "{digest}",\n'
            f'      .bytes = {len(data)}, .path = "{path}" }},\n')


def main():
    out, version, *words = sys.argv[1:]
    with open(out, "w", encoding="utf-8") as file:
        file.write(HEAD + "".join(entry(version, word) for word in words) + "    { 0 },\n};\n")


if __name__ == "__main__":
    main()
