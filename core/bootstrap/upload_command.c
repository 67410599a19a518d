/*
 * Pieces of shell script, for whatever sh the host has. Like all of our remote command they hold no single
 * quote, newline, '!' or backslash: see bootstrap/ssh_command.c.
 */
#include "bootstrap/upload_command.h"

/* ls is the one way to a mode and an owner that every system has. */
#define IS_OURS                                                                                    \
    "o() { [ -L \"$1\" ] && return 1; [ -d \"$1\" ] || return 1; set -- $(ls -ldn \"$1\"); "       \
    "case $1 in drwx------*) [ \"$3\" = \"$(id -u)\" ];; *) return 1;; esac; }; "

#define HASH                                                                                       \
    "h() { { sha256sum <\"$1\" || shasum -a 256 <\"$1\" || sha256 -q <\"$1\" || "                  \
    "openssl dgst -sha256 -r <\"$1\"; } 2>/dev/null | cut -c1-64; }; "

#define START_FOUND "exec \"$x\" new -@ skua1 \"$@\""

void
upload_command_put_functions(struct buf *out)
{
    buf_put_text(out, IS_OURS HASH);
}

void
upload_command_put_search(const struct upload_payload *payloads, struct buf *out)
{
    buf_put_text(out, "b=$HOME/.cache/skua; d=; k=; case $(uname -s)-$(uname -m) in ");
    for (; payloads->machine != NULL; payloads++) {
        buf_put_text(out, payloads->machine);
        buf_putf(out, ") d=%s; k=%s;; ", payloads->folder, payloads->sha256);
    }
    buf_put_text(out,
                 "esac; x=$b/$d/skua-server; "
                 "[ -n \"$d\" ] && o \"$b\" && o \"$b/$d\" && [ -f \"$x\" ] && "
                 "{ [ -L \"$x\" ] || { [ \"$(h \"$x\")\" = \"$k\" ] && " START_FOUND "; }; }; ");
}

/* $t: the temporary file; $d: the folder. Empty until they are ours to remove. */
#define REFUSE                                                                                     \
    "q() { trap : HUP INT TERM; rm -f \"$t\"; rmdir \"$d\" 2>/dev/null; "                          \
    "echo; echo \"skua: no server was copied: $1\"; exit 73; }; trap \"q interrupted\" HUP INT "   \
    "TERM; "

#define MAKE_FOLDERS                                                                               \
    "mkdir -p \"$HOME/.cache\" 2>/dev/null; e=$(mkdir \"$b\" 2>&1); "                              \
    "[ -d \"$b\" ] || q \"$e\"; o \"$b\" || q \"$b must be a folder of yours, mode 0700\"; "       \
    "e=$(mkdir \"$f\" 2>&1); [ -d \"$f\" ] || q \"$e\"; "                                          \
    "o \"$f\" || q \"$f must be a folder of yours, mode 0700\"; d=$f; "                            \
    "{ [ -L \"$x\" ] || [ -d \"$x\" ]; } && q \"$x is in the way\"; "

/* With -C the shell opens with O_EXCL, which follows no link either. */
#define TAKE_IN                                                                                    \
    "set -C; { : >\"$d/.$r\"; } 2>/dev/null || q \"nothing can be written to $d\"; set +C; "       \
    "t=$d/.$r; e=$( { cat >>\"$t\"; } 2>&1); "                                                     \
    "[ $(($(wc -c <\"$t\"))) = $w ] || q \"${e:-only a part of it arrived}\"; "                    \
    "v=$(h \"$t\"); [ -n \"$v\" ] || q \"nothing there computes SHA-256\"; "                       \
    "[ \"$v\" = $k ] || q \"its SHA-256 is not what was sent\"; "                                  \
    "chmod 700 \"$t\" || q \"chmod failed\"; sync \"$t\" 2>/dev/null || sync; "                    \
    "\"$t\" --version >/dev/null 2>&1 </dev/null || q "                                            \
    "\"it cannot be run there: a noexec file system, or another kind of machine\"; "               \
    "mv -f \"$t\" \"$x\" || q \"it cannot be put in its place\"; t=; d=; "

/* The newest is the one that was just made. */
#define KEEP_THREE                                                                                 \
    "(cd \"$b\" && ls -1t | sed 1,3d | while read -r v; do "                                       \
    "case $v in [0-9]*-*-*) rm -rf \"./$v\";; esac; done); "

void
upload_command_put_intake(const struct upload_payload *p, struct buf *out)
{
    buf_put_text(out, "umask 077; r=$1; shift; ");
    buf_putf(out, "w=%llu; k=%s; ", (unsigned long long)p->bytes, p->sha256);
    buf_putf(out, "b=$HOME/.cache/skua; f=$b/%s; x=$f/skua-server; d=; t=; ", p->folder);
    buf_put_text(out, REFUSE MAKE_FOLDERS TAKE_IN);
    buf_put_text(out, "" KEEP_THREE "umask 022; " START_FOUND " </dev/null");
}
