/*
 * backspace_settles_wrap: stock's differ counts one column too many after it has filled the last row
 * and sends BS for it. Eaten at the pending wrap, the cursor ends where the server meant it to.
 */
#include "term/emulator/role.h"

#define KIB 1024

/* docs/TERMINAL.md, "Bounds". Base64 of 256 KiB, and "52;" with targets. */
#define CLIPBOARD_TEXT_MAX_BYTES ((256 * KIB + 2) / 3 * 4 + 16)

/* 20,000 code points of up to four bytes: stock sends up to 16,384. */
#define HOST_STRING_MAX_BYTES (20000 * 4)

/* What stock keeps of one sequence's parameters. */
#define HOST_PARAMS_MAX_CHARS 100

static const struct role roles[] = {
    [EMULATOR_PTY] = {
        .parser = {
            .osc_max_bytes = 16 * KIB,
            .clipboard_max_bytes = CLIPBOARD_TEXT_MAX_BYTES,
            .dcs_max_bytes = 2 * KIB,
            .has_colons = true,
            .has_title_string = true,
        },
        .edit = &edit_rules_skua,
        .is_modern = true,
        .replies = true,
        .counts_scrolled_off = true,
        .holds_back = true,
        .takes_events = true,
        .names_links = true,
    },
    [EMULATOR_HOST_STOCK] = {
        .parser = {
            .osc_max_bytes = HOST_STRING_MAX_BYTES,
            .clipboard_max_bytes = HOST_STRING_MAX_BYTES,
            .params_max_chars = HOST_PARAMS_MAX_CHARS,
            .overflow_is_missing = true,
            .abort_reports = true,
        },
        .edit = &edit_rules_stock,
        .backspace_settles_wrap = true,
    },
    [EMULATOR_HOST_SKUA] = {
        .parser = {
            .osc_max_bytes = HOST_STRING_MAX_BYTES,
            .clipboard_max_bytes = CLIPBOARD_TEXT_MAX_BYTES,
            .overflow_is_missing = true,
            .has_colons = true,
            .has_title_string = true,
        },
        .edit = &edit_rules_skua,
        .is_modern = true,
        .alternate_is_level = true,
    },
};

const struct role *
role_of(enum emulator_role role)
{
    return &roles[role];
}
