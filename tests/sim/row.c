/* bench/latency_report.py looks for the first word. */
#include "row.h"

#include <stdarg.h>
#include <stdio.h>

void
row_print(const char *what, const char *bar, const char *format, ...)
{
    va_list list;
    printf("# row: %s | %s | ", what, bar);
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    printf("\n");
}
