/* A driver that takes bytes for characters. */
#include "rim/tty_utf8.h"

tcflag_t
tty_utf8_flag(void)
{
    return 0;
}
