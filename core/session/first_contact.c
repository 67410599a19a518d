/* Stock's times and words. */
#include "session/first_contact.h"

#include <stdio.h>

enum first_contact_step
first_contact_tend(struct first_contact *f, uint64_t now_ms)
{
    uint64_t waited_ms = now_ms - f->start_ms;
    if (f->has_given_up || waited_ms < FIRST_CONTACT_NOTICE_MS)
        return FIRST_CONTACT_WAIT;
    f->has_given_up = waited_ms >= FIRST_CONTACT_TIMEOUT_MS;
    if (f->has_given_up)
        return FIRST_CONTACT_GIVE_UP;
    f->is_told = true;
    return FIRST_CONTACT_TELL;
}

uint64_t
first_contact_deadline_ms(const struct first_contact *f, uint64_t now_ms)
{
    bool is_early = now_ms - f->start_ms < FIRST_CONTACT_NOTICE_MS;
    return is_early ? f->start_ms + FIRST_CONTACT_NOTICE_MS : now_ms + FIRST_CONTACT_STEP_MS;
}

bool
first_contact_end(struct first_contact *f)
{
    bool was_told = f->is_told;
    f->is_told = false;
    return was_told;
}

void
first_contact_text(uint16_t port, struct buf *out)
{
    char text[80];
    snprintf(text, sizeof text, "Nothing received from server on UDP port %u.", (unsigned)port);
    (void)buf_put_text(out, text);
}
