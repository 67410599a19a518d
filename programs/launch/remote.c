/*
 * How the server's address is learnt depends on ssh's configuration. Where ssh would connect by itself, it
 * connects through us (proxy): what we reached is what UDP should try. Where a jump host, the user's own
 * ProxyCommand or a shared connection stands between, sshd's word counts (remote).
 */
#include "remote.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "addresses.h"
#include "args.h"
#include "base/buf.h"
#include "bootstrap/host_name.h"
#include "bootstrap/shell_words.h"
#include "bootstrap/ssh_command.h"
#include "bootstrap/ssh_config.h"
#include "capture.h"
#include "payload.h"
#include "proxy.h"
#include "rim/clock.h"
#include "rim/random.h"
#include "server_command.h"
#include "ssh_query.h"
#include "start.h"
#include "upload.h"
#include "verdict.h"

#define EXIT_LAUNCHER       255
#define SSH_WORDS_MAX_BYTES 65536
#define PROXY_MAX_BYTES     16384
#define LOOKUP_MAX_BYTES    (LOOKUP_MAX * (NUMERIC_ADDRESS_MAX + 1))
#define LOOKUP_GRACE_MS     300 /* for a name that ssh has long resolved */

/* One launch. */
struct launch {
    const struct options *o;
    const char *self;
    int colors;
    enum options_remote_ip method; /* never UNSAID */
    struct options_family family;
    struct ssh_config config; /* is_known only if the method was ours to choose */
    char target[HOST_NAME_MAX_BYTES + RESOLVE_TEXT_BYTES + 1]; /* what ssh gets as its host */
    char token[PROXY_TOKEN_CHARS + 1];                         /* empty: no proxy */
    char name[PROXY_TOKEN_CHARS + 1]; /* of what is brought along, until it is complete */
    struct args head;                 /* the words of --ssh, borrowed from: */
    struct buf head_bytes, proxy, command;
    struct lookup_list resolved;         /* method local */
    const struct upload_payload *upload; /* to bring along; NULL: none */
    int payload_fd;                      /* it; -1: none */
    struct examination *examination;     /* NULL: for a session */
    struct capture lookup;               /* of config.hostname, beside ssh */
};

static enum skua_err
split_ssh(struct launch *l, struct fail *why)
{
    size_t count = 0;
    enum skua_err err = shell_words_split(view_of_text(l->o->ssh), &l->head_bytes, &count);

    if (err == SKUA_OK && count == 0)
        err = SKUA_ERR_MALFORMED;
    if (err != SKUA_OK)
        return fail_set(why, err, 0, "--ssh='%.80s' is no command: is a quote left open?",
                        l->o->ssh);
    const char *word = (const char *)l->head_bytes.data;
    for (size_t i = 0; i < count; i++, word += strlen(word) + 1)
        args_add(&l->head, word);
    return SKUA_OK;
}

static void
choose_method(struct launch *l)
{
    const char *only = l->o->family.word;

    l->method = l->o->remote_ip;
    l->family = l->o->family;
    if (l->method != OPTIONS_REMOTE_IP_UNSAID)
        return;
    l->config = ssh_query_config(&l->head, l->o->host);
    l->method = OPTIONS_REMOTE_IP_PROXY;
    if (!l->config.is_known)
        return;
    if (!l->config.is_direct ||
        (l->config.has_control_path && ssh_query_has_master(&l->head, l->o->host)))
        l->method = OPTIONS_REMOTE_IP_REMOTE;
    if (l->config.family == SSH_CONFIG_FAMILY_INET)
        only = "inet";
    else if (l->config.family == SSH_CONFIG_FAMILY_INET6)
        only = "inet6";
    if (!l->family.given)
        options_family_parse(only, &l->family);
}

/* What ssh gets as its host: as typed, but for method local the address in the name's place. */
static enum skua_err
choose_target(struct launch *l, struct fail *why)
{
    struct view user, host;
    char text[RESOLVE_TEXT_BYTES], name[HOST_NAME_MAX_BYTES + 1];

    snprintf(l->target, sizeof l->target, "%s", l->o->host);
    if (l->method != OPTIONS_REMOTE_IP_LOCAL)
        return SKUA_OK;
    enum skua_err err = host_name_split(view_of_text(l->o->host), &user, &host);
    if (err != SKUA_OK)
        return fail_set(why, err, 0, "bad host");
    memcpy(name, host.data, host.len);
    name[host.len] = '\0';
    if ((err = addresses_find(name, 0, &l->family, &l->resolved, why)) != SKUA_OK)
        return err;
    resolve_text(&l->resolved.addresses[0], text);
    snprintf(l->target, sizeof l->target, "%.*s%s%s", (int)user.len, (const char *)user.data,
             user.len == 0 ? "" : "@", text);
    return SKUA_OK;
}

static enum skua_err
make_random_word(char out[PROXY_TOKEN_CHARS + 1], struct fail *why)
{
    uint8_t bytes[PROXY_TOKEN_BYTES];
    enum skua_err err = random_fill(bytes, sizeof bytes, why);

    if (err != SKUA_OK)
        return err;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return SKUA_OK;
}

/* ssh puts %h and %p into a ProxyCommand; a percent sign in our own path is doubled. */
static enum skua_err
build_proxy(struct launch *l, const char *self, struct fail *why)
{
    char family[OPTIONS_FAMILY_BYTES + 16];
    struct buf path;

    buf_init(&path, PROXY_MAX_BYTES / 8);
    for (; *self != '\0'; self++) {
        buf_put_u8(&path, (uint8_t)*self);
        if (*self == '%')
            buf_put_u8(&path, '%');
    }
    buf_put_text(&l->proxy, "ProxyCommand=");
    ssh_command_quote(&l->proxy, buf_view(&path));
    buf_put_u8(&l->proxy, ' ');
    snprintf(family, sizeof family, "--family=%s", l->family.word);
    ssh_command_quote(&l->proxy, view_of_text(family));
    buf_put_text(&l->proxy, " --fake-proxy -- %h %p");
    buf_put_u8(&l->proxy, '\0');
    bool fits = !path.overflow && !l->proxy.overflow;
    buf_fini(&path);
    return fits ? SKUA_OK
                : fail_set(why, SKUA_ERR_TOO_LARGE, 0, "the path of this program is too long");
}

static enum skua_err
build_argv(struct launch *l, struct args *a, struct fail *why)
{
    *a = l->head;
    /* A terminal there would change what passes. */
    if (l->upload != NULL) {
        args_add(a, "-C");
        args_add(a, "-T");
    } else if (l->examination != NULL) {
        args_add(a, "-T");
    } else {
        args_add(a, "-n");
        if (l->o->ssh_pty)
            args_add(a, "-tt");
    }
    if (l->method == OPTIONS_REMOTE_IP_REMOTE && l->family.only != RESOLVE_ANY)
        args_add(a, l->family.only == RESOLVE_INET ? "-4" : "-6");
    if (l->method == OPTIONS_REMOTE_IP_PROXY) {
        args_add(a, "-S");
        args_add(a, "none");
        args_add(a, "-o");
        args_add(a, (const char *)l->proxy.data);
    }
    if (l->config.has_remote_command) {
        args_add(a, "-o");
        args_add(a, "RemoteCommand=none");
    }
    args_add(a, l->target);
    args_add(a, "--");
    args_add(a, (const char *)l->command.data);
    return a->overflow ? fail_set(why, SKUA_ERR_TOO_LARGE, 0, "--ssh has too many words") : SKUA_OK;
}

/* What is ssh's standard input: nothing, or the reading end of a pipe that a doctor writes to. */
static int
open_asks(struct launch *l)
{
    int ends[2];

    if (l->examination == NULL || pipe2(ends, O_CLOEXEC) != 0)
        return CHILD_NULL;
    l->examination->asks = ends[1];
    return ends[0];
}

/* Run ssh with its output and errors in one pipe: our proxy's word comes among the errors. */
static enum skua_err
run_ssh(struct launch *l, struct child **child, int *fd, struct fail *why)
{
    char token[sizeof PROXY_TOKEN_VARIABLE + sizeof l->token];
    const char *const extra[] = { "SHELL=/bin/sh", token, NULL };
    struct args a;
    int ends[2];

    enum skua_err err = build_argv(l, &a, why);
    if (err != SKUA_OK)
        return err;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail_set(why, SKUA_ERR_SYSTEM, errno, "cannot make a pipe");
    int asked = open_asks(l);
    snprintf(token, sizeof token, "%s=%s", PROXY_TOKEN_VARIABLE, l->token);
    const struct child_plan plan = {
        .argv = a.word,
        .in = l->upload != NULL ? l->payload_fd : asked,
        .out = ends[1],
        .err = ends[1],
        /* ssh runs a ProxyCommand by $SHELL, and ours is written for sh. */
        .extra = l->token[0] == '\0' ? NULL : extra,
    };
    err = child_start(&plan, child, why);
    if (asked != CHILD_NULL)
        close(asked);
    close(ends[1]);
    if (err != SKUA_OK)
        close(ends[0]);
    else
        *fd = ends[0];
    return err;
}

/* Look the host's name up in a process of its own: a slow resolver must not keep a session waiting. */
static void
start_lookup(struct launch *l, const char *self)
{
    char family[OPTIONS_FAMILY_BYTES + 16];
    char numeric[HOST_NAME_MAX_BYTES + 1];
    struct args a = { 0 };

    if (!l->config.is_known)
        return;
    snprintf(family, sizeof family, "--family=%s", l->family.word);
    snprintf(numeric, sizeof numeric, "%s", l->config.hostname);
    args_add(&a, self);
    args_add(&a, family);
    args_add(&a, "--fake-proxy");
    args_add(&a, "--");
    args_add(&a, numeric);
    if (capture_start(a.word, false, &l->lookup, NULL) != SKUA_OK)
        l->lookup = (struct capture){ .fd = -1 };
}

/*
 * The first address of each family that the name has. Not all: those of one family may be different
 * machines behind one name.
 */
static void
add_looked_up(struct launch *l, struct session *out)
{
    bool has[2] = { false, false };
    struct child_exit how;
    struct buf text;

    if (l->lookup.fd < 0)
        return;
    buf_init(&text, LOOKUP_MAX_BYTES);
    capture_read(&l->lookup, clock_now_ms() + LOOKUP_GRACE_MS, &text, &how);
    for (size_t i = 0; i < out->address_count; i++)
        has[out->address[i].family] = l->method == OPTIONS_REMOTE_IP_PROXY;
    struct view rest = buf_view(&text);
    while (rest.len != 0) {
        const uint8_t *newline = memchr(rest.data, '\n', rest.len);
        size_t len = newline == NULL ? rest.len : (size_t)(newline - rest.data);
        struct numeric_address a;
        if (numeric_address_parse(view_first(rest, len), &a) == SKUA_OK && !has[a.family]) {
            has[a.family] = true;
            session_add(out, &a);
        }
        rest = view_from(rest, len + 1);
    }
    buf_fini(&text);
}

/* Where the server can be reached, the best first. */
static int
collect_addresses(struct launch *l, const struct start *start, struct session *out,
                  struct fail *why)
{
    bool trusted = start->has_connection && !numeric_address_is_loopback(&start->connection);

    if (l->method == OPTIONS_REMOTE_IP_LOCAL)
        session_add_addr(out, &l->resolved.addresses[0]);
    if (start->has_reached)
        session_add(out, &start->reached);
    else if (trusted)
        session_add(out, &start->connection);
    add_looked_up(l, out);
    /* Behind a multiplexer of ports sshd sees the loopback address: the last thing to try. */
    if (!start->has_reached && start->has_connection)
        session_add(out, &start->connection);
    if (out->address_count == 0)
        return verdict_no_address(l->o, why);
    if (l->method == OPTIONS_REMOTE_IP_REMOTE)
        fprintf(stderr, "%s: the server of %s is reached at %s\n", l->o->label, l->o->host,
                out->address[0].text);
    return 0;
}

static enum skua_err
build_command(struct launch *l, struct fail *why)
{
    /* Our own search says where sshd was reached even beside a proxy, unless the method is set. */
    bool show = l->method == OPTIONS_REMOTE_IP_REMOTE ||
                (l->o->remote_ip == OPTIONS_REMOTE_IP_UNSAID && l->o->server == NULL);

    const struct server_command wish = {
        .colors = l->colors,
        .show_connection = show,
        .probes = l->examination != NULL,
        .upload = l->upload,
        .token = l->name,
    };

    buf_clear(&l->command);
    return server_command_build(l->o, &wish, &l->command, why);
}

/* Run ssh until it has started a server, or will not. Returns 0, or an exit status. */
static int
run_once(struct launch *l, struct session *out, struct start *start, struct fail *why)
{
    int fd = -1;

    if (build_command(l, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    if (run_ssh(l, &out->child, &fd, why) != SKUA_OK) {
        if (why->os_error == E2BIG)
            fail_context(why, "the command is too long for ssh");
        return EXIT_LAUNCHER;
    }
    if (l->upload == NULL)
        start_lookup(l, l->self);
    const struct start_plan plan = {
        .options = l->o,
        .child = out->child,
        .fd = fd,
        .token = view_of_text(l->token),
        .upload = l->upload,
        .text = l->examination == NULL ? NULL : &l->examination->text,
        .keep_fd = l->examination != NULL,
    };
    if (start_read(&plan, start, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    if (l->examination != NULL && start->end == START_STARTED)
        l->examination->answers = fd;
    return 0;
}

static void
note(struct examination *e, const struct start *start)
{
    e->has_login = start->has_connection || start->end == START_STARTED || start->has_no_server;
    e->has_none = start->has_no_server;
    memcpy(e->system, start->system, sizeof e->system);
}

/* Go once more, with a server. */
static int
bring_along(struct launch *l, struct session *out, struct start *start, struct fail *why)
{
    if (payload_open(l->upload, &l->payload_fd, why) != SKUA_OK ||
        make_random_word(l->name, why) != SKUA_OK)
        return EXIT_LAUNCHER;
    child_free(out->child);
    out->child = NULL;
    return run_once(l, out, start, why);
}

static int
run(struct launch *l, struct session *out, struct fail *why)
{
    struct start start;
    int status = run_once(l, out, &start, why);

    if (status == 0 && l->examination != NULL)
        note(l->examination, &start);
    else if (status == 0 && start.end == START_ENDED &&
             (l->upload = upload_choose(l->o, &start)) != NULL)
        status = bring_along(l, out, &start, why);
    if (status != 0)
        return status;
    if (start.end != START_STARTED)
        return verdict_no_start(l->o, &start, "ssh", why);
    out->port = start.port;
    out->advice = l->config.is_known && !l->config.is_direct
                      ? "ssh has a jump host or proxy on its way there, and UDP must pass without"
                      : "'skua doctor' with that host tells which way is closed";
    out->key = start.key;
    key_wipe(&start.key);
    return collect_addresses(l, &start, out, why);
}

int
remote_start(const struct options *o, const char *self, int colors, struct session *out,
             struct fail *why)
{
    struct launch l = {
        .o = o,
        .examination = out->examination,
        .self = self,
        .colors = colors,
        .lookup = { .fd = -1 },
        .payload_fd = -1,
    };
    int status = EXIT_LAUNCHER;

    buf_init(&l.head_bytes, SSH_WORDS_MAX_BYTES);
    buf_init(&l.proxy, PROXY_MAX_BYTES);
    buf_init(&l.command, SSH_COMMAND_MAX_BYTES);
    if (split_ssh(&l, why) != SKUA_OK)
        goto out;
    choose_method(&l);
    if (choose_target(&l, why) != SKUA_OK)
        goto out;
    if (l.method == OPTIONS_REMOTE_IP_PROXY &&
        (make_random_word(l.token, why) != SKUA_OK || build_proxy(&l, self, why) != SKUA_OK))
        goto out;
    status = run(&l, out, why);
out:
    if (l.payload_fd >= 0)
        close(l.payload_fd);
    capture_end(&l.lookup);
    buf_fini(&l.command);
    buf_fini(&l.proxy);
    buf_fini(&l.head_bytes);
    return status;
}
