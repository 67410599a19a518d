#!/usr/bin/python3
"""Run simulations, and print what they say of their bars as one table in Markdown: scenario, bar, measured.

  latency_report.py PROGRAM...          `ninja -C build latency-report` calls this
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

MARK = "# row: "


def rows_of(program):
    done = subprocess.run([program], capture_output=True, text=True, check=False)
    found = [line[len(MARK):].split(" | ") for line in done.stdout.splitlines() if line.startswith(MARK)]
    if done.returncode != 0:
        found.append([program, "passes", f"FAILED, status {done.returncode}: {done.stderr.strip()[-300:]}"])
    return found, done.returncode


def main():
    programs = sys.argv[1:]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(rows_of, programs))
    rows = [["scenario", "bar", "measured"]] + [row for found, _ in results for row in found]
    widths = [max(len(row[n]) for row in rows) for n in range(3)]
    rows.insert(1, ["-" * width for width in widths])
    for row in rows:
        print("| " + " | ".join(word.ljust(width) for word, width in zip(row, widths)) + " |")
    return 1 if any(status for _, status in results) else 0


if __name__ == "__main__":
    sys.exit(main())
