#!/usr/bin/python3
"""Count the keys that were not painted at once: by program, kind of key, and why they were held.

    build/tests/sim/prediction_sim --missed TRACE... | bench/prediction/missed.py [--rtt MS] [--stock]

A line a class, largest first: keys, program, whether it is an edit (missed), something else (other) or
painted wrong, the kind of the key, why it was held, and the kind of the first key that held it.
"""
import argparse
import collections
import os
import re
import sys

KEY = re.compile(r"\[(\S+) (\S+) (\S+)\] (\S+) cursor")
HEAD = re.compile(r"--- (\S+) (\d+) ms(, hints)?")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rtt", type=int, default=500, help="round trip, ms (500)")
    parser.add_argument("--stock", action="store_true", help="of a server without hints")
    parser.add_argument("--edits", action="store_true", help="only keys that edit a line")
    args = parser.parse_args()
    counts, wanted, program = collections.Counter(), False, ""
    for line in sys.stdin:
        head, key = HEAD.match(line), KEY.search(line)
        if head:
            program = os.path.basename(head[1]).removesuffix(".trace")
            wanted = int(head[2]) == args.rtt and bool(head[3]) != args.stock
        elif key and wanted and (key[4] != "other" or not args.edits):
            counts[program, key[4], key[1], key[2], key[3]] += 1
    print(f"{'keys':>5}  {'program':10} {'how':7} {'key':10} {'held':15} by")
    for (name, how, kind, why, by), count in counts.most_common():
        print(f"{count:5}  {name:10} {how:7} {kind:10} {why:15} {by}")
    print(f"{sum(counts.values()):5}  in all")


main()
