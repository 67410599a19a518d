/* termios(3), IUTF8. */
#include "rim/tty_utf8.h"

tcflag_t
tty_utf8_flag(void)
{
    return IUTF8;
}
