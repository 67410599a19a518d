/* The registry is read once; what is killed is waited for by its entry's lock. */
#include "sessions.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "rim/clock.h"
#include "rim/registry.h"
#include "control/presence.h"
#include "term/text/json.h"

#define LIST_MAX 256

/* A session tells its client of the end for at most 10 s: docs/PROTOCOL.md, "Shutdown". */
#define END_WAIT_MS 15000
#define END_LOOK_US 20000

#define JSON_MAX_BYTES (LIST_MAX * 4096)
#define ID_SHOWN_CHARS 8
#define AGE_BYTES      32

struct listed {
    char id[REGISTRY_ID_CHARS + 1];
    pid_t pid;
    struct presence presence;
};

struct list {
    struct listed sessions[LIST_MAX];
    size_t count;
    int64_t now_s;
};

static void
note(void *context, const struct registry_entry *entry)
{
    struct list *list = context;
    struct listed *s = &list->sessions[list->count];
    if (list->count == LIST_MAX || !presence_parse(view_of(entry->text, entry->len), &s->presence))
        return;
    memcpy(s->id, entry->id, sizeof s->id);
    s->pid = entry->pid;
    list->count++;
}

static int
older_first(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    if (x->presence.began_s != y->presence.began_s)
        return x->presence.began_s < y->presence.began_s ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* The caller frees it. */
static struct list *
read_list(void)
{
    struct list *list = mem_new(1, sizeof *list);
    list->now_s = clock_read().wall_ms / 1000;
    registry_visit(note, list);
    qsort(list->sessions, list->count, sizeof list->sessions[0], older_first);
    return list;
}

/* How long nobody has been heard; 0 while somebody is. */
static int64_t
silence_s(const struct listed *s, int64_t now_s)
{
    if (s->presence.state == PRESENCE_ATTACHED)
        return 0;
    int64_t from = s->presence.heard_s != 0 ? s->presence.heard_s : s->presence.began_s;
    return now_s > from ? now_s - from : 0;
}

static void
put_age(int64_t seconds, char out[AGE_BYTES])
{
    static const struct {
        int64_t seconds;
        const char *unit;
    } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" } };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (seconds >= 2 * units[i].seconds) {
            snprintf(out, AGE_BYTES, "%" PRId64 " %s", seconds / units[i].seconds, units[i].unit);
            return;
        }
    }
    snprintf(out, AGE_BYTES, "%" PRId64 " s", seconds);
}

static void
print_client(const struct listed *s, int64_t now_s)
{
    char age[AGE_BYTES];
    put_age(silence_s(s, now_s), age);
    if (s->presence.state == PRESENCE_WAITING)
        printf("none yet");
    else if (s->presence.state == PRESENCE_SILENT)
        printf("%s, silent for %s", s->presence.client, age);
    else
        printf("%s", s->presence.client);
}

static void
print_table(const struct list *list)
{
    if (list->count > 0)
        printf("%-*s  %7s  %-12s  %-11s  %5s  %s\n", ID_SHOWN_CHARS, "ID", "PID", "BEGAN",
               "TERMINAL", "PORT", "CLIENT");
    for (size_t i = 0; i < list->count; i++) {
        const struct listed *s = &list->sessions[i];
        const time_t at = (time_t)s->presence.began_s;
        struct tm local;
        char began[32] = "?";
        if (localtime_r(&at, &local) != NULL)
            strftime(began, sizeof began, "%b %e %H:%M", &local);
        printf("%.*s  %7ld  %-12s  %-11s  %5u  ", ID_SHOWN_CHARS, s->id, (long)s->pid, began,
               s->presence.terminal, (unsigned)s->presence.port);
        print_client(s, list->now_s);
        printf("%s%s\n", s->presence.command[0] != '\0' ? "  " : "", s->presence.command);
    }
}

static void
put_field(struct buf *out, const char *name, const char *text)
{
    (void)buf_putf(out, ", \"%s\": ", name);
    (void)json_put_text(out, view_of_text(text));
}

static void
print_json(const struct list *list)
{
    static const char *const states[] = { "waiting", "attached", "silent" };
    struct buf out;
    buf_init(&out, JSON_MAX_BYTES);
    (void)buf_put_text(&out, "[");
    for (size_t i = 0; i < list->count; i++) {
        const struct listed *s = &list->sessions[i];
        (void)buf_putf(&out, "%s\n {\"id\": \"%s\", \"pid\": %ld, \"began\": %" PRId64,
                       i > 0 ? "," : "", s->id, (long)s->pid, s->presence.began_s);
        (void)buf_putf(&out, ", \"silent_s\": %" PRId64 ", \"port\": %u", silence_s(s, list->now_s),
                       (unsigned)s->presence.port);
        put_field(&out, "state", states[s->presence.state]);
        put_field(&out, "terminal", s->presence.terminal);
        put_field(&out, "client", s->presence.client);
        put_field(&out, "command", s->presence.command);
        (void)buf_put_text(&out, "}");
    }
    (void)buf_put_text(&out, "\n]\n");
    fwrite(out.data, 1, out.len, stdout);
    buf_fini(&out);
}

static bool
is_named(const struct listed *s, const char *word)
{
    char pid[16];
    snprintf(pid, sizeof pid, "%ld", (long)s->pid);
    return strcmp(word, pid) == 0 || strncmp(s->id, word, strlen(word)) == 0;
}

/* The one session that a word of the user means; NULL after a message. */
static const struct listed *
find(const char *name, const struct list *list, const char *word)
{
    const struct listed *found = NULL;
    for (size_t i = 0; i < list->count && word[0] != '\0'; i++) {
        if (!is_named(&list->sessions[i], word))
            continue;
        if (found != NULL) {
            fprintf(stderr, "%s: more than one session begins with %.64s: give more of its ID\n",
                    name, word);
            return NULL;
        }
        found = &list->sessions[i];
    }
    if (found == NULL)
        fprintf(stderr, "%s: no session %.64s of yours on this host: see `%s list`\n", name, word,
                name);
    return found;
}

static bool
tell_to_end(const char *name, const struct listed *s)
{
    if (kill(s->pid, SIGTERM) == 0 || errno == ESRCH)
        return true;
    fprintf(stderr, "%s: cannot end %.*s (process %ld): %s\n", name, ID_SHOWN_CHARS, s->id,
            (long)s->pid, strerror(errno));
    return false;
}

/* Wait for those that were told. Returns whether all are gone. */
static bool
wait_for_end(const char *name, const struct listed *const *told, size_t count)
{
    const uint64_t until_ms = clock_now_ms() + END_WAIT_MS;
    bool all = true;
    for (size_t i = 0; i < count; i++) {
        while (registry_has(told[i]->id) && clock_now_ms() < until_ms)
            usleep(END_LOOK_US);
        if (!registry_has(told[i]->id))
            continue;
        fprintf(stderr, "%s: %.*s is still there: kill it once more, or process %ld with -9\n",
                name, ID_SHOWN_CHARS, told[i]->id, (long)told[i]->pid);
        all = false;
    }
    return all;
}

static int
complain(const char *name, const char *what)
{
    fprintf(
        stderr,
        "%s: %s\nUsage: %s list [--json]\n       %s kill ID...\n       %s kill --silent SECONDS\n",
        name, what, name, name, name);
    return 1;
}

/* "--silent SECONDS". Returns false if it is no such number. */
static bool
parse_silence(const char *text, int64_t *out)
{
    char *end;
    if (text == NULL || text[0] < '0' || text[0] > '9')
        return false;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return errno == 0 && *end == '\0';
}

/* Those who have been silent for so long. Returns how many. */
static size_t
pick_silent(const struct list *list, int64_t least_s, const struct listed *out[LIST_MAX])
{
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct listed *s = &list->sessions[i];
        if (s->presence.state == PRESENCE_SILENT && silence_s(s, list->now_s) >= least_s)
            out[count++] = s;
    }
    return count;
}

/* Those that words name. Returns how many; *ok becomes false if one is not found. */
static size_t
pick_named(const char *name, const struct list *list, char *const *words,
           const struct listed *out[LIST_MAX], bool *ok)
{
    size_t count = 0;
    for (; *words != NULL && count < LIST_MAX; words++) {
        const struct listed *s = find(name, list, *words);
        if (s != NULL)
            out[count++] = s;
        else
            *ok = false;
    }
    return count;
}

static int
kill_sessions(const char *name, int argc, char *const *argv)
{
    const struct listed *picked[LIST_MAX];
    int64_t least_s = 0;
    bool ok = true;
    const bool by_silence = argc > 1 && strcmp(argv[1], "--silent") == 0;
    if (argc < 2)
        return complain(name, "name a session to end, by its ID or its process");
    if (by_silence && (argc != 3 || !parse_silence(argv[2], &least_s)))
        return complain(name, "--silent needs a number of seconds, and nothing else");
    if (!by_silence && argv[1][0] == '-')
        return complain(name, "kill has only the option --silent");
    struct list *list = read_list();
    size_t count = by_silence ? pick_silent(list, least_s, picked)
                              : pick_named(name, list, argv + 1, picked, &ok);
    for (size_t i = 0; i < count; i++)
        ok = tell_to_end(name, picked[i]) && ok;
    ok = wait_for_end(name, picked, count) && ok;
    free(list);
    return ok ? 0 : 1;
}

static int
list_sessions(const char *name, int argc, char *const *argv)
{
    bool as_json = argc == 2 && strcmp(argv[1], "--json") == 0;
    if (argc > 2 || (argc == 2 && !as_json))
        return complain(name, "list has only the option --json");
    struct list *list = read_list();
    if (as_json)
        print_json(list);
    else
        print_table(list);
    free(list);
    return fflush(stdout) == 0 ? 0 : 1;
}

bool
sessions_is_command(const char *word)
{
    return word != NULL && (strcmp(word, "list") == 0 || strcmp(word, "kill") == 0);
}

int
sessions_run(const char *name, int argc, char *const *argv)
{
    return strcmp(argv[0], "list") == 0 ? list_sessions(name, argc, argv)
                                        : kill_sessions(name, argc, argv);
}
