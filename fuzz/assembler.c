/*
 * Fragments in any order: contradicting, repeated, of many instructions at once. What is cut by us
 * among them comes together as it was.
 */
#include "net/transport/assembler.h"
#include "net/wire/instruction.h"
#include "tape.h"
#include "target.h"

/* Every fifth id or so is the honest sender's. */
#define ID_HONEST 40

static void
take_hostile(struct assembler *a, struct reader *tape)
{
    const uint64_t base[] = { 0, ID_HONEST + 1, UINT64_C(1) << 62, FRAGMENT_ID_RESERVED - 200 };
    struct fragment f = { .id = base[tape_pick(tape, 4)] + tape_pick(tape, ID_HONEST),
                          .index = tape_u8(tape) };
    uint8_t kind = tape_u8(tape);
    f.final = (kind & 1) != 0;
    if ((kind & 2) != 0)
        f.index = (uint16_t)(tape_u16(tape) % FRAGMENT_COUNT_MAX);
    f.body = tape_chunk(tape);
    struct view whole = { 0 };
    if (assembler_take(a, &f, &whole) == SKUA_OK)
        assert(whole.len <= INSTRUCTION_MAX_BYTES);
    assert(assembler_partial_count(a) <= ASSEMBLER_PARTIAL_MAX);
    assert(assembler_partial_bytes(a) <= ASSEMBLER_PARTIAL_MAX_BYTES);
}

/* The pieces of a blob in an order of the tape's choice, each at least once. */
static void
take_honest(struct reader *tape)
{
    struct assembler *a = assembler_new();
    struct view blob = tape_chunk(tape), whole = { 0 };
    size_t piece = 1u + tape_pick(tape, 16), count = fragment_count(blob.len, piece), have = 0;
    bool seen[256] = { false };
    enum skua_err err = SKUA_ERR_INCOMPLETE;

    while (have < count) {
        size_t index = tape_u8(tape) % count;
        while (tape_is_over(tape) && seen[index])
            index = (index + 1) % count;
        struct fragment f = fragment_of(ID_HONEST, blob, piece, index);
        err = assembler_take(a, &f, &whole);
        assert(seen[index] ? err == SKUA_ERR_DUPLICATE : true);
        have += seen[index] ? 0 : 1;
        seen[index] = true;
    }
    assert(err == SKUA_OK && view_equal(whole, blob));
    assembler_free(a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reader tape = reader_of(view_of(data, size));
    struct fragment f;
    struct view whole;
    uint8_t kind = tape_u8(&tape);

    if (kind == 0) {
        take_honest(&tape);
        return 0;
    }
    struct assembler *a = assembler_new();
    while (!tape_is_over(&tape)) {
        if (kind % 2 == 0)
            take_hostile(a, &tape);
        else if (fragment_parse(tape_chunk(&tape), &f) == SKUA_OK)
            (void)assembler_take(a, &f, &whole);
    }
    assembler_free(a);
    return 0;
}
