/* What was freed goes back, and only when there was much and there is time. */
#include "test.h"

#include <stdio.h>
#include <unistd.h>

#include "rim/memory.h"

#define PIECES      8000
#define PIECE_BYTES 4096

static long
resident_kb(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* Freed all but the last, which keeps the rest from being given back by itself. */
static void *
flood(void)
{
    static void *piece[PIECES];
    for (int i = 0; i < PIECES; i++) {
        piece[i] = malloc(PIECE_BYTES);
        memset(piece[i], 1, PIECE_BYTES);
    }
    for (int i = 0; i < PIECES - 1; i++)
        free(piece[i]);
    return piece[PIECES - 1];
}

static void
test_gives_back_at_rest(void **state)
{
    (void)state;
    struct memory m;
    memory_init(&m);
    (void)resident_kb();
    void *kept = flood();
    long before = resident_kb();
    memory_note(&m, MEMORY_WORK_BYTES - 1, 5000);
    assert_true(memory_deadline_ms(&m) == UINT64_MAX);
    memory_rest(&m, UINT64_MAX - 1);
    memory_note(&m, 1, 6000);
    assert_int_equal(memory_deadline_ms(&m), 6000 + MEMORY_QUIET_MS);
    memory_rest(&m, 6000 + MEMORY_QUIET_MS - 1);
    assert_in_range(resident_kb(), before - 4000, before + 1000);
    memory_rest(&m, 6000 + MEMORY_QUIET_MS);
    assert_true(resident_kb() < before - 16000);
    assert_true(memory_deadline_ms(&m) == UINT64_MAX);
    memory_note(&m, SIZE_MAX, 8000);
    memory_note(&m, SIZE_MAX, 8000);
    assert_true(m.work_bytes == SIZE_MAX);
    free(kept);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_gives_back_at_rest) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
