#include "test.h"

#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include "endpoints/server/tty_mode.h"

static void
test_modes_and_characters(void **state)
{
    (void)state;
    int master, slave;
    struct hints h;
    assert_int_equal(openpty(&master, &slave, NULL, NULL, NULL), 0);
    assert_true(tty_mode_read(master, &h));
    assert_true(h.known && h.echo && h.canonical && h.signals && h.extended);
    assert_int_equal(h.erase, HINTS_ERASE);
    assert_int_equal(h.word_erase, HINTS_WORD_ERASE);
    assert_int_equal(h.kill, HINTS_KILL);

    struct termios t;
    assert_int_equal(tcgetattr(slave, &t), 0);
    t.c_lflag &= ~(tcflag_t)(ECHO | ISIG | IEXTEN);
    t.c_cc[VERASE] = 8;
    t.c_cc[VKILL] = _POSIX_VDISABLE;
    assert_int_equal(tcsetattr(slave, TCSANOW, &t), 0);
    assert_true(tty_mode_read(master, &h));
    assert_true(!h.echo && h.canonical && !h.signals && !h.extended);
    assert_int_equal(h.erase, 8);
    assert_int_equal(h.kill, 0);

    close(slave);
    close(master);
    h.erase = 99;
    assert_false(tty_mode_read(master, &h));
    assert_int_equal(h.erase, 99);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_modes_and_characters) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
