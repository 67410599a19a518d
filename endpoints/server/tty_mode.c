/* Two questions to the kernel; neither touches the program. */
#include "endpoints/server/tty_mode.h"

#include <termios.h>
#include <unistd.h>

static uint8_t
character(const struct termios *t, int which)
{
    return t->c_cc[which] == _POSIX_VDISABLE ? 0 : t->c_cc[which];
}

bool
tty_mode_read(int master, struct hints *out)
{
    struct termios t;
    if (tcgetattr(master, &t) < 0)
        return false;
    pid_t group = tcgetpgrp(master);
    *out = (struct hints){
        .known = true,
        .echo = (t.c_lflag & ECHO) != 0,
        .canonical = (t.c_lflag & ICANON) != 0,
        .signals = (t.c_lflag & ISIG) != 0,
        .extended = (t.c_lflag & IEXTEN) != 0,
        .erase = character(&t, VERASE),
        .word_erase = character(&t, VWERASE),
        .kill = character(&t, VKILL),
        .program = group > 0 ? (uint32_t)group : 0,
    };
    return true;
}
