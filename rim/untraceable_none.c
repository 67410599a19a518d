/* A system that knows no such wish. No core file is written all the same: rim/limits.c. */
#include "rim/untraceable.h"

void
untraceable(void)
{
}
