/*
 * What every target of this folder is: one function that takes any bytes. A broken promise ends the
 * process, by assert() or by a sanitizer. libFuzzer and AFL++ call it; replay.c does for the tests.
 */
#ifndef SKUA_FUZZ_TARGET_H
#define SKUA_FUZZ_TARGET_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

/* Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
