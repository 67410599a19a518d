/*
 * A user types ahead of a program that does anything: the decorated screen stays a screen, is of the
 * same size, and once nothing is predicted it is the raw one.
 */
#include "term/predict/predictor.h"
#include "play.h"
#include "screen_check.h"
#include "tape.h"
#include "target.h"

struct game {
    struct predictor *predictor;
    struct emulator *program;
    struct screen *raw;
    struct predict_sync sync;
    enum predict_display display;
    uint64_t now_ms;
};

static void
show_program(struct game *g, struct reader *tape)
{
    struct reader script = reader_of(tape_chunk(tape));
    uint8_t known = tape_u8(tape);
    const struct hints hints = { .known = (known & 1) != 0,
                                 .echo = (known & 2) != 0,
                                 .canonical = (known & 4) != 0,
                                 .signals = (known & 8) != 0,
                                 .extended = (known & 16) != 0,
                                 .erase = HINTS_ERASE,
                                 .word_erase = HINTS_WORD_ERASE,
                                 .kill = HINTS_KILL,
                                 .program = known >> 5,
                                 .since_input = g->sync.sent - g->sync.sent % 3 };
    int rows = g->raw->rows, cols = g->raw->cols;
    while (play_step(g->program, &script, 0, &g->now_ms))
        continue;
    screen_unref(g->raw);
    g->raw = emulator_snapshot(g->program, g->now_ms);
    if (g->raw->rows != rows || g->raw->cols != cols)
        predictor_reset(g->predictor);
    if (g->sync.echo_ack < g->sync.sent)
        g->sync.echo_ack += tape_pick(tape, 3);
    predictor_judge(g->predictor, g->raw, &hints, &g->sync, g->now_ms);
}

static void
check_overlay(struct game *g)
{
    struct screen *shown = predictor_overlay(g->predictor, g->raw, g->now_ms);
    screen_check(shown, true);
    assert(shown->rows == g->raw->rows && shown->cols == g->raw->cols);
    if (!predictor_is_active(g->predictor) || g->display == PREDICT_NEVER)
        assert(screen_equal(shown, g->raw));
    (void)predictor_deadline_ms(g->predictor, g->now_ms);
    screen_unref(shown);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct game g = { .display = (enum predict_display)tape_pick(&tape, 4), .now_ms = 1000 };
    const struct predict_preference preference = { .display = g.display,
                                                   .overwrite = tape_pick(&tape, 2) != 0 };
    int rows = play_size(&tape);
    g.program = emulator_new(EMULATOR_PTY, screen_new(rows, play_size(&tape)));
    g.raw = emulator_snapshot(g.program, 0);
    g.predictor = predictor_new(&preference);
    g.sync.send_interval_ms = 20 + tape_u8(&tape) % 231;

    while (!tape_is_over(&tape)) {
        if (tape_pick(&tape, 2) == 0) {
            predictor_type(g.predictor, tape_chunk(&tape), g.raw, &g.sync, g.now_ms);
            g.sync.sent++;
        } else {
            show_program(&g, &tape);
        }
        g.now_ms += tape_u8(&tape);
        check_overlay(&g);
    }
    predictor_reset(g.predictor);
    check_overlay(&g);
    predictor_free(g.predictor);
    screen_unref(g.raw);
    emulator_free(g.program);
    return 0;
}
