/* utmp says of a session that is starting what it says of one that was left: the registry knows better. */
#include "endpoints/server/unattached.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rim/logins.h"
#include "rim/registry.h"
#include "control/presence.h"

#define NAMED_MAX  4 /* more are counted */
#define KNOWN_MAX  256
#define NAME_BYTES 64

struct unattached {
    char names[NAMED_MAX][NAME_BYTES]; /* "1a2b3c4d", "mosh [1234]" */
    size_t count;
    pid_t known[KNOWN_MAX]; /* of the registry, attached or not */
    size_t known_count;
};

static void
add(struct unattached *u, const char *name)
{
    if (u->count < NAMED_MAX)
        snprintf(u->names[u->count], NAME_BYTES, "%.60s", name);
    u->count++;
}

static void
note(void *context, const struct registry_entry *entry)
{
    struct unattached *u = context;
    struct presence p;
    char name[9];
    if (u->known_count < KNOWN_MAX)
        u->known[u->known_count++] = entry->pid;
    if (!presence_parse(view_of(entry->text, entry->len), &p) || p.state != PRESENCE_SILENT)
        return;
    snprintf(name, sizeof name, "%.8s", entry->id);
    add(u, name);
}

static bool
is_known(const struct unattached *u, pid_t pid)
{
    for (size_t i = 0; i < u->known_count; i++) {
        if (u->known[i] == pid)
            return true;
    }
    return false;
}

/* Those of utmp, whose host text is "mosh [1234]". */
static void
add_logins(struct unattached *u, const char *user, const char *terminal)
{
    struct login found[LOGINS_MAX];
    size_t count = logins_unattached(user, terminal, found);
    for (size_t i = 0; i < count; i++) {
        const char *bracket = strchr(found[i].host, '[');
        long pid = bracket != NULL ? strtol(bracket + 1, NULL, 10) : 0;
        if (!is_known(u, (pid_t)pid))
            add(u, found[i].host);
    }
}

void
unattached_notice(struct buf *out, const char *user, const char *terminal)
{
    struct unattached u = { 0 };
    registry_visit(note, &u);
    add_logins(&u, user, terminal);
    if (u.count == 0)
        return;
    (void)buf_put_text(out, "\033[37;44mskua: nobody is attached to ");
    if (u.count == 1)
        (void)buf_put_text(out, "your session ");
    else
        (void)buf_putf(out, "%zu of your sessions: ", u.count);
    for (size_t i = 0; i < u.count && i < NAMED_MAX; i++)
        (void)buf_putf(out, "%s%s", i > 0 ? ", " : "", u.names[i]);
    (void)buf_putf(out, "%s (skua-server list)\033[m\n\n", u.count > NAMED_MAX ? ", ..." : "");
}
