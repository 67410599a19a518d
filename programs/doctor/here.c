/* This machine's side of a session. */
#include "here.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bootstrap/shell_words.h"
#include "endpoints/client/abilities.h"
#include "programs/launch/args.h"
#include "rim/child.h"
#include "rim/clock.h"
#include "rim/locale.h"
#include "rim/sandbox.h"

#define SSH_WORDS_MAX_BYTES 65536
#define SSH_ANSWER_MS       5000
#define SSH_ANSWER_BYTES    256

static const struct {
    uint32_t can;
    const char *name;
} features[] = {
    { CAPS_CAN_ITALIC, "italic" },
    { CAPS_CAN_UNDERLINE_STYLES, "underline styles" },
    { CAPS_CAN_LINKS, "links" },
    { CAPS_CAN_CLIPBOARD, "clipboard" },
    { CAPS_CAN_SYNC, "synchronised" },
    { CAPS_CAN_MOUSE, "mouse" },
    { CAPS_CAN_PASTE, "bracketed paste" },
    { CAPS_CAN_CLUSTERS, "grapheme clusters" },
    { CAPS_CAN_CURSOR_STYLE, "cursor shapes" },
};

static void
examine_terminal(struct findings *f)
{
    const char *term = getenv("TERM");
    struct abilities a;
    char list[FINDINGS_TEXT_BYTES / 2] = "";

    if (term == NULL || !terminfo_is_known(term)) {
        findings_add(f, "terminal", FINDING_WARNING,
                     "TERM is '%.80s', which terminfo does not know", term == NULL ? "" : term);
        findings_advise(f, "set TERM to what the terminal is, or to xterm-256color");
        return;
    }
    abilities_init(&a);
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        size_t len = strlen(list);
        if ((a.caps.can & features[i].can) != 0)
            snprintf(list + len, sizeof list - len, ", %s", features[i].name);
    }
    char colors[16] = "direct";
    if (a.caps.colors <= 256)
        snprintf(colors, sizeof colors, "%u", (unsigned)a.caps.colors);
    findings_add(f, "terminal", FINDING_OK, "%.80s, %s colours%s; more may show when it is asked",
                 term, colors, list);
}

static void
examine_locale(struct findings *f)
{
    struct locale_report r = locale_read();

    if (r.is_utf8) {
        findings_add(f, "locale", FINDING_OK, "%s, UTF-8", r.setting);
        return;
    }
    findings_add(f, "locale", FINDING_WARNING, "%s%s, not UTF-8",
                 r.setting[0] == '\0' ? "none is set" : r.setting,
                 r.is_installed ? "" : ", which is not installed");
    findings_advise(f, "set LC_ALL=C.UTF-8; sessions go on in UTF-8 whatever it says");
}

/* There is no way back out of a sandbox, so a child goes in. */
static void
examine_sandbox(struct findings *f)
{
    int ends[2];
    struct fail why = { 0 };
    char text[FAIL_TEXT_BYTES] = "it could not be tried";

    if (getenv("SKUA_NO_SANDBOX") != NULL) {
        findings_add(f, "sandbox", FINDING_WARNING, "off: SKUA_NO_SANDBOX is set");
        return;
    }
    if (pipe(ends) != 0)
        return;
    pid_t pid = fork();
    if (pid == 0) {
        sandbox_client(&why);
        if (write(ends[1], why.text, sizeof why.text) < 0)
            _exit(1);
        _exit(0);
    }
    close(ends[1]);
    ssize_t len = pid < 0 ? -1 : read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    if (len > 0 && text[0] == '\0')
        findings_add(f, "sandbox", FINDING_OK, "active for the client");
    else
        findings_add(f, "sandbox", FINDING_WARNING, "only in part: %.200s", text);
}

/* ssh says its version on standard error. */
static bool
ask_version(const char *const *argv, char out[SSH_ANSWER_BYTES])
{
    int ends[2];
    struct child *child;
    struct child_exit how;
    struct fail why;
    size_t len = 0;
    ssize_t got;

    if (pipe(ends) != 0)
        return false;
    const struct child_plan plan = {
        .argv = argv,
        .in = CHILD_NULL,
        .out = ends[1],
        .err = ends[1],
    };
    enum skua_err err = child_start(&plan, &child, &why);
    close(ends[1]);
    if (err == SKUA_OK) {
        child_wait(child, clock_now_ms() + SSH_ANSWER_MS, &how);
        child_free(child);
        while (len < SSH_ANSWER_BYTES - 1 &&
               (got = read(ends[0], out + len, SSH_ANSWER_BYTES - 1 - len)) > 0)
            len += (size_t)got;
    }
    close(ends[0]);
    out[len] = '\0';
    out[strcspn(out, "\r\n")] = '\0';
    return err == SKUA_OK;
}

static void
examine_ssh(const struct options *o, struct findings *f)
{
    struct buf bytes;
    struct args a = { 0 };
    size_t count = 0;
    char text[SSH_ANSWER_BYTES] = "";
    int major = 0, minor = 0;

    buf_init(&bytes, SSH_WORDS_MAX_BYTES);
    if (shell_words_split(view_of_text(o->ssh), &bytes, &count) == SKUA_OK && count != 0) {
        const char *word = (const char *)bytes.data;
        for (size_t i = 0; i < count; i++, word += strlen(word) + 1)
            args_add(&a, word);
        args_add(&a, "-V");
    }
    if (a.count == 0 || a.overflow || !ask_version(a.word, text)) {
        findings_add(f, "ssh", FINDING_FAILURE, "'%.80s' cannot be run", o->ssh);
        findings_advise(f, "install OpenSSH's client, or name another with --ssh=COMMAND");
    } else if (sscanf(text, "OpenSSH_%d.%d", &major, &minor) == 2 &&
               (major < 9 || (major == 9 && minor < 6))) {
        findings_add(
            f, "ssh", FINDING_OK,
            "%.120s; strict key exchange (Terrapin) came with 9.6, or by your distribution", text);
    } else {
        findings_add(f, "ssh", FINDING_OK, "%.120s", text[0] == '\0' ? o->ssh : text);
    }
    buf_fini(&bytes);
}

void
here_examine(const struct options *o, struct findings *f)
{
    examine_terminal(f);
    examine_locale(f);
    examine_sandbox(f);
    examine_ssh(o, f);
}
