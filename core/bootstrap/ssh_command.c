/*
 * The remote command goes through the user's login shell, whichever that is. What is common to sh, bash,
 * zsh, fish and tcsh is a word in single quotes without newline, '!', a single quote, or a backslash before
 * another backslash or at the end: so the script has none of them, and arguments that have are written
 * as octal escapes, which the script undoes.
 */
#include "bootstrap/ssh_command.h"

#include <string.h>

/* Where servers are found that are not in the PATH of a shell that ssh runs. */
#define PLACES                                                                                     \
    "/usr/local/bin:/usr/bin:/opt/homebrew/bin:/opt/local/bin:/usr/pkg/bin"                        \
    ":/home/linuxbrew/.linuxbrew/bin:/run/current-system/sw/bin:/nix/var/nix/profiles/default/bin" \
    ":/snap/bin:$HOME/.nix-profile/bin:$HOME/.local/bin:$HOME/bin"

/* The subshell keeps the longer PATH from the server and so from the user's shell. */
#define FIND "f() { (PATH=${PATH:-/bin}:" PLACES "; command -v \"$1\"); }; "

/* An empty line first: a line that was begun by a noisy start-up file ends there. */
#define SHOW_CONNECTION                                                                            \
    "[ -n \"$SSH_CONNECTION\" ] && { echo; echo \"MOSH SSH_CONNECTION $SSH_CONNECTION\"; }"

/* The dot keeps newlines at an argument's end, which a command substitution would drop. */
#define DECODE "for a do v=$(printf %b. \"$a\"); set -- \"$@\" \"${v%.}\"; shift; done; "

#define NO_SERVER                                                                                  \
    "i=$(. /etc/os-release 2>/dev/null && echo \"$ID\"); "                                         \
    "echo; echo \"SKUA NO SERVER ${i:-$(uname -s)} $(uname -s)-$(uname -m)\"; exit 127"

/* busctl waits for a bus that hangs. Where one of these is missing its value is empty. */
#define FACTS                                                                                      \
    "echo; echo \"SKUA FACT locale $(locale charmap 2>/dev/null)\"; "                              \
    "echo \"SKUA FACT kill $(timeout 3 busctl get-property org.freedesktop.login1 "                \
    "/org/freedesktop/login1 org.freedesktop.login1.Manager KillUserProcesses 2>/dev/null)\"; "    \
    "echo \"SKUA FACT linger $([ -e /var/lib/systemd/linger/$(id -un) ] && echo yes || echo "      \
    "no)\"; "

#define PROBE                                                                                      \
    "if s=$(f skua-server); then echo \"SKUA FACT server $s\"; exec \"$s\" probe \"$@\"; "         \
    "elif s=$(f mosh-server); then echo \"SKUA FACT server $s\"; "                                 \
    "echo \"SKUA FACT stock $(\"$s\" --version 2>/dev/null | head -n 1)\"; exec \"$s\" new -s "    \
    "\"$@\" -- true; fi; "

void
ssh_command_quote(struct buf *out, struct view text)
{
    buf_put_u8(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '\'')
            buf_put_text(out, "'\\''");
        else
            buf_put_u8(out, text.data[i]);
    }
    buf_put_u8(out, '\'');
}

/* Whether some login shell would change this byte inside single quotes. */
static bool
is_fragile(uint8_t c)
{
    return c < 0x20 || c == 0x7f || c == '\'' || c == '\\' || c == '!';
}

static void
put_encoded(struct buf *out, const char *text)
{
    buf_put_u8(out, '\'');
    for (; *text != '\0'; text++) {
        uint8_t c = (uint8_t)*text;
        if (is_fragile(c))
            buf_putf(out, "\\0%03o", c);
        else
            buf_put_u8(out, c);
    }
    buf_put_u8(out, '\'');
}

static bool
has_fragile_byte(const char *text)
{
    for (; *text != '\0'; text++) {
        if (is_fragile((uint8_t)*text))
            return true;
    }
    return false;
}

static bool
has_fragile_argument(const struct ssh_command *c)
{
    for (size_t i = 0; i < c->command_count; i++) {
        if (has_fragile_byte(c->command[i]))
            return true;
    }
    return c->bind_address != NULL && has_fragile_byte(c->bind_address);
}

/* A blank and one argument, quoted for the shape in use. */
static void
put_argument(const struct ssh_command *c, struct buf *out, const char *text)
{
    buf_put_u8(out, ' ');
    if (c->server != NULL)
        ssh_command_quote(out, view_of_text(text));
    else
        put_encoded(out, text);
}

/* "-c N", then all the rest but what the script itself adds. */
static void
put_arguments(const struct ssh_command *c, struct buf *out)
{
    buf_putf(out, " '-c' '%d'", c->colors);
    if (c->bind == SSH_COMMAND_BIND_SSH || (c->bind == SSH_COMMAND_BIND_USUAL && c->server != NULL))
        put_argument(c, out, "-s");
    if (c->bind == SSH_COMMAND_BIND_ADDRESS) {
        put_argument(c, out, "-i");
        put_argument(c, out, c->bind_address);
    }
    if (c->port != NULL) {
        put_argument(c, out, "-p");
        put_argument(c, out, c->port);
    }
    for (size_t i = 0; i < c->locale_count; i++) {
        put_argument(c, out, "-l");
        put_argument(c, out, c->locale[i]);
    }
    if (c->command_count != 0)
        put_argument(c, out, "--");
    for (size_t i = 0; i < c->command_count; i++)
        put_argument(c, out, c->command[i]);
}

/* The shape that runs a given server. */
static void
put_given(const struct ssh_command *c, struct buf *out)
{
    if (c->show_connection)
        buf_put_text(out, "sh -c '" SHOW_CONNECTION "' ; ");
    if (c->probes)
        buf_put_text(out, "sh -c '" FACTS "' ; ");
    buf_put_text(out, c->server);
    buf_put_text(out, c->probes ? " 'probe'" : " 'new'");
    put_arguments(c, out);
}

/* The shape that looks for a server. */
static void
put_finder(const struct ssh_command *c, struct buf *out)
{
    const char *usual = c->bind == SSH_COMMAND_BIND_USUAL ? "-s " : "";

    buf_put_text(out, "sh -c '" FIND);
    if (c->payloads != NULL)
        upload_command_put_functions(out);
    if (c->show_connection)
        buf_put_text(out, SHOW_CONNECTION "; ");
    if (has_fragile_argument(c))
        buf_put_text(out, DECODE);
    if (c->probes) {
        buf_put_text(out, FACTS PROBE);
    } else {
        buf_put_text(out, "if s=$(f skua-server); then exec \"$s\" new -@ skua1 \"$@\"; "
                          "elif s=$(f mosh-server); then exec \"$s\" new ");
        buf_put_text(out, usual);
        buf_put_text(out, "\"$@\"; fi; ");
    }
    if (c->payloads != NULL)
        upload_command_put_search(c->payloads, out);
    buf_put_text(out, NO_SERVER "' skua");
    put_arguments(c, out);
}

/* The shape that takes a server in. Its arguments are decoded behind the token, which is plain. */
static void
put_intake(const struct ssh_command *c, struct buf *out)
{
    buf_put_text(out, "sh -c '");
    upload_command_put_functions(out);
    if (c->show_connection)
        buf_put_text(out, SHOW_CONNECTION "; ");
    if (has_fragile_argument(c))
        buf_put_text(out, DECODE);
    upload_command_put_intake(c->upload, out);
    buf_put_text(out, "' skua ");
    ssh_command_quote(out, view_of_text(c->token));
    put_arguments(c, out);
}

enum skua_err
ssh_command_build(const struct ssh_command *c, struct buf *out)
{
    if (c->upload != NULL)
        put_intake(c, out);
    else if (c->server != NULL)
        put_given(c, out);
    else
        put_finder(c, out);
    return out->overflow ? SKUA_ERR_TOO_LARGE : SKUA_OK;
}
