"""A path of one family dies without a word, in one direction or in both, and the session goes on over the other; then
the other way round."""

import pytest

import families
import pairs
from conftest import require
from namespaces import SERVER_ADDRESS
from programs import BY_MAKER, SKUA, why_not
from session_scripts import run

INET, INET6 = "ipv4", "ipv6"
DEADLINE_S = 60


@pytest.mark.parametrize("ways", [("up", "down"), ("up",), ("down",)], ids=["both", "up", "down"])
@pytest.mark.parametrize("maker", ["skua", "stock"])
def test_a_family_dies(maker, ways, namespaces, surroundings, terminals, tmp_path):
    require(why_not(SKUA, BY_MAKER[maker]))
    families.add_inet6(namespaces.client, namespaces.server, "cable")
    server = pairs.Server(BY_MAKER[maker].server, surroundings.env(), ["-i", "::"],
                          prefix=namespaces.server.prefix)
    words = families.launch_words(tmp_path, server, SERVER_ADDRESS, namespaces.client.prefix)
    terminal = terminals(words, surroundings.env())
    pairs.wait_prompt(terminal, DEADLINE_S)
    for turn, (dead, alive) in enumerate([(INET, INET6), (INET6, INET), (INET, INET6)]):
        namespaces.swallow_family(dead, ways)
        run(terminal, f"echo turn {turn} over {alive}", f"on{turn}", DEADLINE_S)
        namespaces.pass_family(dead, ways)
