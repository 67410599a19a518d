"""Two network namespaces joined by a cable: a client's machine and a server's. Needs root."""

import os
import subprocess
import uuid

from programs import tool

SERVER_ADDRESS = "10.77.0.1"
CLIENT_ADDRESS = "10.77.0.2"


def _ip(*words):
    subprocess.run([tool("ip"), *words], check=True, capture_output=True, text=True)


def why_not():
    """Why there can be no namespaces here; None if there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    if tool("ip") is None:
        return "not installed: ip"
    name = f"skua-try-{uuid.uuid4().hex[:8]}"
    try:
        _ip("netns", "add", name)
        _ip("netns", "del", name)
    except subprocess.CalledProcessError as error:
        return f"no network namespaces here: {error.stderr.strip()}"
    return None


class Namespaces:
    """The client's address is CLIENT_ADDRESS until move_client()."""

    def __init__(self):
        mark = uuid.uuid4().hex[:8]
        self.client, self.server = f"skua-c-{mark}", f"skua-s-{mark}"
        self._client_address = CLIENT_ADDRESS
        for name in (self.client, self.server):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("link", "add", "cable", "netns", self.client, "type", "veth",
            "peer", "name", "cable", "netns", self.server)
        for name, address in ((self.client, CLIENT_ADDRESS), (self.server, SERVER_ADDRESS)):
            _ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            _ip("-n", name, "link", "set", "cable", "up")

    def run_in(self, name):
        """The words to put before a command line to run it there."""
        return [tool("ip"), "netns", "exec", name]

    def move_client(self, address):
        """Give the client's machine another address in the place of the one it has."""
        _ip("-n", self.client, "address", "del", f"{self._client_address}/24", "dev", "cable")
        _ip("-n", self.client, "address", "add", f"{address}/24", "dev", "cable")
        self._client_address = address

    def cut(self):
        """Pull the plug at the client's end: sending fails there."""
        _ip("-n", self.client, "link", "set", "cable", "down")

    def mend(self):
        _ip("-n", self.client, "link", "set", "cable", "up")

    def swallow(self):
        """Drop all UDP that reaches the server's machine, without a word to anybody."""
        rules = ("add table inet cut; add chain inet cut in { type filter hook input priority 0; };"
                 "add rule inet cut in meta l4proto udp drop")
        self._nft(rules)

    def pass_again(self):
        self._nft("delete table inet cut")

    def _nft(self, rules):
        subprocess.run([*self.run_in(self.server), tool("nft"), rules], check=True)

    def close(self):
        for name in (self.client, self.server):
            subprocess.run([tool("ip"), "netns", "del", name], check=False, capture_output=True)
