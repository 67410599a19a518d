/*
 * Which guesses may be shown: those that the context is trusted with (context.h), or whose stretch of
 * input an echo has proved; and none that may be a secret, whatever was learned.
 */
#include <limits.h>

#include "term/predict/predict_internal.h"
#include "term/predict/secrecy.h"

/* sudo takes 100 ms to ask, with its plugins, and a login may have to ask the network first. */
#define SETTLE_MS 1000

bool
trust_forbids(const struct predictor *p, const struct screen *s)
{
    return secrecy_forbids(s, &p->hints, p->echoed_serial > p->control_serial);
}

/* The driver echoed some characters, and does no more: what they proved is void for all that follow. */
static void
end_proof(struct predictor *p)
{
    predictor_doubt(p);
    p->calm = false;
    for (int i = 0; i < p->guesses.count; i++)
        p->guesses.at[i].epoch = p->epoch;
}

void
trust_note_hints(struct predictor *p, const struct hints *hints, uint64_t now_ms)
{
    bool is_other_program = hints->program != p->hints.program;
    enum context_tty was = context_tty_of(&p->hints), now = context_tty_of(hints);
    if (is_other_program || now != was)
        p->tty_since_ms = now_ms;
    if (was == CONTEXT_TTY_FEW && now != was)
        end_proof(p);
    if (is_other_program)
        p->calm = false;
    p->hints = *hints;
}

/*
 * Whether the key of g may have been read in another mode than the one that hints now tell: typed in a
 * place of secrets, or before the mode changed. (A key that the server had not seen by then is read in
 * the new mode.)
 */
static bool
is_of_other_mode(const struct predictor *p, const struct guess *g)
{
    bool was_typed_before = p->hints.known && g->due <= p->hints.since_input;
    return g->is_secret || (was_typed_before && g->tty != context_tty_of(&p->hints));
}

/*
 * A program that has just begun to read lines may be about to switch echo off, and one that is known to
 * ask for secrets may do so at any time.
 */
static bool
is_settled(const struct predictor *p, uint64_t now_ms)
{
    return p->context->situation.tty != CONTEXT_TTY_CANONICAL ||
           (now_ms >= p->tty_since_ms + SETTLE_MS && p->started != COMMAND_ASKS);
}

enum predict_hold
trust_holds(const struct predictor *p, const struct guess *g, uint64_t now_ms)
{
    if (!g->is_modelled || p->context == NULL)
        return PREDICT_HOLD_UNKNOWN;
    if (is_of_other_mode(p, g) || !is_settled(p, now_ms))
        return PREDICT_HOLD_MODE;
    if (!g->switches && !context_knows(p->context, g->command))
        return PREDICT_HOLD_COMMAND;
    int proof = context_proof_needed(p->context, p->calm);
    /* Without proof only where somebody is known to read lines: another may read a secret next. */
    bool is_eager = p->preference.display == PREDICT_EXPERIMENTAL && p->context->score >= 0;
    bool is_proved = g->epoch <= p->confirmed_epoch && proof < INT_MAX;
    bool is_trusted =
        !p->unsettled && context_trusts(p->context, g->switches ? LINE_COMMAND_TEXT : g->command);
    bool is_shown =
        (is_eager && proof == 1 && context_can_be_trusted(p->context)) || is_proved || is_trusted;
    return is_shown ? PREDICT_HOLD_NONE : PREDICT_HOLD_UNPROVED;
}
