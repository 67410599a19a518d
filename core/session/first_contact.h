/* A client that waits for the server's first word: what it tells its user meanwhile, and when it gives up. */
#ifndef SKUA_SESSION_FIRST_CONTACT_H
#define SKUA_SESSION_FIRST_CONTACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* docs/PROTOCOL.md, "Constants". */
#define FIRST_CONTACT_NOTICE_MS  250
#define FIRST_CONTACT_TIMEOUT_MS 15000
#define FIRST_CONTACT_STEP_MS    500 /* the notice is renewed before it expires */

struct first_contact {
    uint64_t start_ms;
    bool is_told;      /* the user is shown that nothing came yet */
    bool has_given_up; /* the time limit was reached */
};

enum first_contact_step {
    FIRST_CONTACT_WAIT,
    FIRST_CONTACT_TELL,    /* show first_contact_text(), again */
    FIRST_CONTACT_GIVE_UP, /* once */
};

/* What to do now, while nothing was heard. */
enum first_contact_step first_contact_tend(struct first_contact *f, uint64_t now_ms);

/* When to ask again. */
uint64_t first_contact_deadline_ms(const struct first_contact *f, uint64_t now_ms);

/* The server was heard. Whether the notice is still shown, which is to go then. */
bool first_contact_end(struct first_contact *f);

/* Append what to show. */
void first_contact_text(uint16_t port, struct buf *out);

#endif
