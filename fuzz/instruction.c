/* The outer message: any bytes are refused or mean what their own encoding means again. */
#include "net/wire/instruction.h"
#include "target.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct instruction first, second;
    struct buf storage, again, encoded;
    buf_init(&storage, INSTRUCTION_MAX_BYTES);
    buf_init(&again, INSTRUCTION_MAX_BYTES);
    buf_init(&encoded, 2 * INSTRUCTION_MAX_BYTES);
    if (instruction_parse(view_of(data, size), &storage, &first) == SKUA_OK) {
        assert(instruction_encode(&first, &encoded) == SKUA_OK);
        assert(instruction_parse(buf_view(&encoded), &again, &second) == SKUA_OK);
        assert(first.protocol_version == second.protocol_version);
        assert(first.old_num == second.old_num && first.new_num == second.new_num);
        assert(first.ack_num == second.ack_num && first.throwaway_num == second.throwaway_num);
        assert(view_equal(first.diff, second.diff) && view_equal(first.chaff, second.chaff));
        assert(first.hello.version == second.hello.version);
    }
    buf_fini(&encoded);
    buf_fini(&again);
    buf_fini(&storage);
    return 0;
}
