"""Check that the tree keeps its own rules (rules.py). Prints TAP; a failed rule lists its places.

    check_structure.py --root TREE [--archive LIBSKUA_CORE]

Without an archive the compiled core is not looked at (sanitizers put their own data and calls in it).
"""

import argparse
import sys

import citations
import includes
import objects
import shape
import systems
from tree import Tree

SOURCE_CHECKS = (
    ("rooms include only whom the table allows", includes.check_table),
    ("libraries and impure headers stay where they belong", includes.check_libraries),
    ("no header shows a library's types outside its home", includes.check_library_types),
    ("each core source has its mirrored test", shape.check_mirrors),
    ("files stay under 500 lines", shape.check_file_sizes),
    ("functions end within 80 lines", shape.check_function_sizes),
    ("no banned function is called", shape.check_banned),
    ("each header is guarded by its path", shape.check_guards),
    ("no test sleeps", shape.check_no_sleep),
    ("what Linux alone has stays where it has a twin", systems.check_systems),
    ("sections of documents that sources name are there", citations.check_sections),
    ("tests that documents name are there", citations.check_tests),
    ("each row of the tables of bad inputs names its test", citations.check_rows),
)
OBJECT_CHECKS = (
    ("the compiled core asks only for pure functions", objects.check_purity),
    ("the compiled core keeps no mutable data", objects.check_no_state),
)


def run_checks(root, archive=None):
    """Pairs of a rule and the problems found with it."""
    tree = Tree(root)
    results = [(name, list(check(tree))) for name, check in SOURCE_CHECKS]
    if archive is not None:
        results += [(name, check(tree, archive)) for name, check in OBJECT_CHECKS]
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", required=True)
    parser.add_argument("--archive")
    arguments = parser.parse_args()

    results = run_checks(arguments.root, arguments.archive)
    print(f"1..{len(results)}")
    for number, (name, problems) in enumerate(results, 1):
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            print(f"#   {problem}")
    return 1 if any(problems for _, problems in results) else 0


if __name__ == "__main__":
    sys.exit(main())
