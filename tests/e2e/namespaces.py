"""Two network namespaces joined by a cable: a client's machine and a server's. Needs root."""

import os
import subprocess

from programs import tool

SERVER_ADDRESS = "10.77.0.1"
CLIENT_ADDRESS = "10.77.0.2"
SERVER_ADDRESS6 = "fd77::1"
CLIENT_ADDRESS6 = "fd77::2"


def why_not():
    """Why there can be no namespaces here; None if there can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    lacking = [name for name in ("ip", "nft", "unshare", "nsenter") if tool(name) is None]
    if lacking:
        return f"not installed: {', '.join(lacking)}"
    tried = subprocess.run([tool("unshare"), "-n", "true"], capture_output=True, text=True, check=False)
    return f"no network namespaces here: {tried.stderr.strip()}" if tried.returncode else None


def why_no_mounts():
    """Why there can be no file systems of one's own here, as in a chroot; None if there can."""
    reason = why_not()
    if reason:
        return reason
    tried = subprocess.run([tool("unshare"), "-m", "true"], capture_output=True, text=True, check=False)
    return f"no mount namespaces here: {tried.stderr.strip()}" if tried.returncode else None


class Machine:
    """A namespace without a name: it lives as long as a process that waits for our end in it."""

    def __init__(self):
        self._holder = subprocess.Popen([tool("unshare"), "-n", "sh", "-c", "echo; exec cat"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._holder.stdout.readline()  # it is in its namespace now
        self.pid = self._holder.pid
        self.run("ip", "link", "set", "lo", "up")

    @property
    def prefix(self):
        """The words to put before a command line to run it here."""
        return [tool("nsenter"), "-t", str(self.pid), "-n", "--"]

    def run(self, name, *words):
        subprocess.run([*self.prefix, tool(name), *words], check=True, capture_output=True)

    def close(self):
        self._holder.stdin.close()
        self._holder.stdout.close()
        self._holder.wait(10)


class Namespaces:
    """The client's address is CLIENT_ADDRESS until move_client()."""

    def __init__(self):
        self.client, self.server = Machine(), Machine()
        self._client_address = CLIENT_ADDRESS
        self.client.run("ip", "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns",
                        str(self.server.pid))
        for machine, address in ((self.client, CLIENT_ADDRESS), (self.server, SERVER_ADDRESS)):
            machine.run("ip", "address", "add", f"{address}/24", "dev", "cable")
            machine.run("ip", "link", "set", "cable", "up")

    def move_client(self, address):
        """Give the client's machine another address in the place of the one it has."""
        self.client.run("ip", "address", "del", f"{self._client_address}/24", "dev", "cable")
        self.client.run("ip", "address", "add", f"{address}/24", "dev", "cable")
        self._client_address = address

    def cut(self):
        """Pull the plug at the client's end: sending fails there."""
        self.client.run("ip", "link", "set", "cable", "down")

    def mend(self):
        self.client.run("ip", "link", "set", "cable", "up")

    def swallow(self):
        """Drop all UDP that reaches the server's machine, without a word to anybody."""
        self.server.run("nft", "add table inet cut; add chain inet cut in "
                        "{ type filter hook input priority 0; }; "
                        "add rule inet cut in meta l4proto udp drop")

    def add_inet6(self):
        """Addresses of the other family, which can be used at once."""
        for machine, address in ((self.client, CLIENT_ADDRESS6), (self.server, SERVER_ADDRESS6)):
            machine.run("ip", "address", "add", f"{address}/64", "dev", "cable", "nodad")

    def swallow_only(self, family):
        """Drop the UDP of one family, "ip" or "ip6", both ways; the other's passes."""
        for machine in (self.client, self.server):
            machine.run("nft", "add table inet family; delete table inet family; add table inet family; "
                        "add chain inet family in { type filter hook input priority 0; }; "
                        f"add rule inet family in meta protocol {family} meta l4proto udp drop")

    def pass_again(self):
        self.server.run("nft", "delete table inet cut")

    def swallow_family(self, family, ways=("up", "down")):
        """Drop all UDP of "ipv4" or "ipv6" on its way up (to the server), down or both, without a word to anybody."""
        for machine in self._ends_of(ways):
            machine.run("nft", f"add table inet {family}; add chain inet {family} in "
                        "{ type filter hook input priority 0; }; "
                        f"add rule inet {family} in meta nfproto {family} meta l4proto udp drop")

    def pass_family(self, family, ways=("up", "down")):
        for machine in self._ends_of(ways):
            machine.run("nft", f"delete table inet {family}")

    def _ends_of(self, ways):
        return [{"up": self.server, "down": self.client}[way] for way in ways]

    def close(self):
        """The cable goes with the namespaces, and those with the last process in them."""
        self.client.close()
        self.server.close()
