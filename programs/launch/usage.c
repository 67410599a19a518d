/* What --help and --version say. */
#include "usage.h"

#include <string.h>

/* The version of Mosh whose options and protocol these are: what scripts under that name look for. */
#define MOSH_VERSION "1.4.0"

static const char help[] =
    "  --client=PATH          run PATH as the client instead of this program itself\n"
    "  --server=COMMAND       start the server with COMMAND on the host\n"
    "                           (default: the first of skua-server, mosh-server there)\n"
    "  --ssh=COMMAND          reach the host with COMMAND (default: ssh)\n"
    "  --upload=MODE          copy a server to a host that has none: ask (default), always, never\n"
    "  --no-ssh-pty           do not ask ssh for a terminal on the host\n"
    "\n"
    "  --predict=MODE         show keys before the host echoes them: adaptive (default),\n"
    "                           always, never, experimental\n"
    "  -a, -n                 the same as --predict=always, --predict=never\n"
    "  -o, --predict-overwrite  predicted keys replace what is under the cursor\n"
    "\n"
    "  -4, -6                 use IPv4, IPv6 only\n"
    "  --family=FAMILY        inet, inet6, prefer-inet (default), prefer-inet6, all, auto\n"
    "  -p, --port=P[:P2]      the server's UDP port, or a range to choose from\n"
    "                           (default: 60001:60999)\n"
    "  --bind-server=WHERE    ssh (the address that ssh reached), any, or an IP address\n"
    "  --experimental-remote-ip=MODE\n"
    "                         learn the host's address by proxy, remote or local\n"
    "                           (default: what fits the ssh configuration)\n"
    "\n"
    "  --metered              the link costs by the packet: as few of them as can be\n"
    "  --record=FILE          write what is seen to FILE, for asciinema\n"
    "  --no-init              stay on the terminal's main screen\n"
    "  --local                run the server on this machine, without ssh\n"
    "  -F FILE                read the configuration from FILE (none: from no file)\n"
    "  -G                     print what the configuration says of the host, and end\n"
    "  --help, --version      print this, print the version\n";

void
usage_help(FILE *to, const char *label)
{
    fprintf(to, "Usage: %s [options] [--] [user@]host [command...]\n", label);
    if (strcmp(label, "skua") == 0)
        fputs("       skua doctor [options] [--json] [[user@]host]\n", to);
    putc('\n', to);
    fputs(help, to);
}

void
usage_version(FILE *to, const char *label)
{
    if (strcmp(label, "mosh") == 0)
        fprintf(to, "mosh " MOSH_VERSION " [build skua " SKUA_VERSION "]\n");
    else
        fprintf(to, "%s " SKUA_VERSION " [build skua " SKUA_VERSION "]\n", label);
    fputs("Skua, a remote shell that survives sleep, loss and new addresses.\n"
          "Works with the programs of Mosh " MOSH_VERSION ".\n",
          to);
}
