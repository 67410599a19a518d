/*
 * The notice: one line over the top row, or the bottom one, that says what the user could not know otherwise. That the
 * server is silent, that our keys are not acknowledged, what the escape key offers, why we leave.
 */
#ifndef SKUA_TERM_OVERLAY_NOTICE_H
#define SKUA_TERM_OVERLAY_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/view.h"
#include "term/screen/screen.h"

/* Longer texts are cut. */
#define NOTICE_TEXT_MAX_BYTES 1024

#define NOTICE_LATE_SERVER_MS 6500 /* more silence than this: "last contact" */
#define NOTICE_LATE_REPLY_MS                                                                       \
    10000 /* older than this is our newest acknowledged state: "last reply" */
/*
 * A server that has leave to be silent for longer than NOTICE_QUIET_MS is late so much after that; and
 * when the leave ends, not before it has had so long to answer.
 */
#define NOTICE_QUIET_MS  6400
#define NOTICE_SLACK_MS  2000
#define NOTICE_ANSWER_MS 3500

#define NOTICE_STEP_MS       1000 /* how often the counted seconds change */
#define NOTICE_SLOW_STEP_MS  3000 /* the same once silence is longer than NOTICE_SLOW_AFTER_MS */
#define NOTICE_SLOW_AFTER_MS 60000

/* Times to live for notice_set(). */
#define NOTICE_MESSAGE_MS 1000
#define NOTICE_ERROR_MS   3100
#define NOTICE_FOR_EVER   UINT64_MAX

/* Storage is the caller's: notice_init() and notice_fini(). */
struct notice {
    struct buf label;    /* "mosh: " */
    struct buf hint;     /* " [To quit: Ctrl-^ .]" */
    struct buf text;     /* empty: none */
    uint64_t expires_ms; /* NOTICE_FOR_EVER: when replaced */
    bool with_hint;      /* the hint follows the text */
    bool is_network_error;
    bool watching; /* silence is counted; not so while leaving */
    uint64_t heard_ms, acked_ms;
    uint64_t leave_ms; /* for how long the server may be silent beyond the usual */
    uint64_t grace_ms; /* it is not late before this */
};

/*
 * No text, silence counted from now_ms on. label stands before everything ("mosh: ": the name that
 * the program was called by), hint after it; both are copied and may be empty.
 */
void notice_init(struct notice *n, struct view label, struct view hint, uint64_t now_ms);
void notice_fini(struct notice *n);

/* A state of the server arrived at at_ms; an acknowledgement alone counts. */
void notice_heard(struct notice *n, uint64_t at_ms);

/* From now on a healthy server may be silent for so long. */
void notice_expect(struct notice *n, uint64_t silence_ms, uint64_t now_ms);

/* The newest client state that the server has acknowledged was sent at sent_at_ms. */
void notice_acked(struct notice *n, uint64_t sent_at_ms);

/*
 * Show text (UTF-8, copied) in place of any earlier one, for ttl_ms or NOTICE_FOR_EVER. with_hint:
 * the hint follows it.
 */
void
notice_set(struct notice *n, struct view text, bool with_hint, uint64_t ttl_ms, uint64_t now_ms);

/* As notice_set() for NOTICE_ERROR_MS, cut short by notice_sent(). */
void notice_network_error(struct notice *n, struct view text, uint64_t now_ms);

/* A datagram left without an error: a network error is shown for one second more at most. */
void notice_sent(struct notice *n, uint64_t now_ms);

/* Take the text away. What silence has to say stays. */
void notice_clear(struct notice *n);

/* For the last screen before leaving: no text, and silence is no longer counted. */
void notice_end(struct notice *n);

/* Whether notice_overlay() paints anything now. */
bool notice_is_shown(const struct notice *n, uint64_t now_ms);

/*
 * The screen to paint, as a new reference: s with the notice in place of the top row, or of the bottom row
 * while the cursor stands behind something in the top one, a prompt; or s itself. Its cursor is hidden if it stands there all the same.
 */
struct screen *notice_overlay(const struct notice *n, struct screen *s, uint64_t now_ms);

/* When the picture changes by itself. UINT64_MAX: never. */
uint64_t notice_deadline_ms(const struct notice *n, uint64_t now_ms);

#endif
