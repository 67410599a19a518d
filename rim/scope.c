/* By busctl, which is there wherever such a manager is: no library of a bus in a server. */
#include "rim/scope.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rim/child.h"

#define LINGER "/var/lib/systemd/linger/"

/* A process as it is when a session begins: itself, the shell, who keeps the login records. */
#define PIDS_MAX  8
#define PID_BYTES 12

#define WORDS_BEFORE 18
#define WORDS_MAX    (WORDS_BEFORE + 1 + PIDS_MAX + 2) /* their count, they, the end twice */

bool
scope_is_lasting(void)
{
    char path[PATH_MAX];
    const char *user = getenv("LOGNAME");
    if (user == NULL || *user == '\0' || strchr(user, '/') != NULL)
        return false;
    if ((size_t)snprintf(path, sizeof path, LINGER "%s", user) >= sizeof path)
        return false;
    return access(path, F_OK) == 0;
}

/* The process and its children, as words. Returns how many. */
static size_t
list_pids(pid_t pid, char words[PIDS_MAX][PID_BYTES])
{
    char path[64];
    size_t count = 0;
    snprintf(words[count++], PID_BYTES, "%ld", (long)pid);
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)pid, (long)pid);
    FILE *file = fopen(path, "re");
    while (file != NULL && count < PIDS_MAX && fscanf(file, "%11s", words[count]) == 1)
        count++;
    if (file != NULL)
        fclose(file);
    return count;
}

enum skua_err
scope_leave(pid_t pid, struct fail *why)
{
    char name[64], count_word[PID_BYTES], pids[PIDS_MAX][PID_BYTES];
    size_t count = list_pids(pid, pids);
    snprintf(name, sizeof name, "skua-%ld.scope", (long)pid);
    snprintf(count_word, sizeof count_word, "%zu", count);
    const char *argv[WORDS_MAX] = {
        "busctl",
        "--user",
        "--timeout=10",
        "--quiet",
        "call",
        "org.freedesktop.systemd1",
        "/org/freedesktop/systemd1",
        "org.freedesktop.systemd1.Manager",
        "StartTransientUnit",
        "ssa(sv)a(sa(sv))",
        name,
        "fail",
        "2",
        "Description",
        "s",
        "Session of skua-server",
        "PIDs",
        "au",
    };
    size_t words = WORDS_BEFORE;
    argv[words++] = count_word;
    for (size_t i = 0; i < count; i++)
        argv[words++] = pids[i];
    argv[words++] = "0";

    const struct child_plan plan = {
        .argv = argv, .in = CHILD_NULL, .out = CHILD_NULL, .err = CHILD_NULL
    };
    struct child *child;
    enum skua_err err = child_start(&plan, &child, why);
    if (err == SKUA_OK)
        child_release(child);
    return err;
}
