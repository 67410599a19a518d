"""A host with an address of each family, and Skua's launcher told of both."""

from pathlib import Path

from programs import SKUA

SERVER_INET6 = "fd77::1"
CLIENT_INET6 = "fd77::2"

# The launcher's ssh: the host was reached at its IPv4 address, and its name has the IPv6 one as well.
_SSH = """#!/bin/sh
case " $* " in
*" -G "*) echo "hostname {inet6}"; exit 0 ;;
*" -O "*) exit 255 ;;
esac
echo "MOSH IP {inet} $SKUA_PROXY_TOKEN"
echo "MOSH CONNECT {port} {key}"
"""


def add_inet6(client, server, device):
    """Give both machines an address of the other family."""
    for machine, address in ((client, CLIENT_INET6), (server, SERVER_INET6)):
        machine.run("ip", "address", "add", f"{address}/64", "dev", device, "nodad")


def launch_words(folder, server, inet, prefix=()):
    """The launcher's command line for a server that waits already, on both families."""
    ssh = Path(folder) / "ssh-to-both"
    ssh.write_text(_SSH.format(inet=inet, inet6=SERVER_INET6, port=server.port, key=server.key))
    ssh.chmod(0o700)
    return [*prefix, SKUA.launcher, f"--ssh={ssh}", "both.test"]
