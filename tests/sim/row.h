/* A line of the table that `ninja -C build latency-report` makes of what the simulations print. */
#ifndef SKUA_TESTS_SIM_ROW_H
#define SKUA_TESTS_SIM_ROW_H

/* What was done, what must hold of it, and what was measured: the format and what follows it. */
__attribute__((format(printf, 3, 4))) void
row_print(const char *what, const char *bar, const char *format, ...);

#endif
