/* Bytes both ways through a forked relay, and how each side's end is passed on. */
#include "test.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rim/relay.h"
#include "rim/resolve.h"

struct fixture {
    int to_relay, from_relay; /* what ssh holds */
    int far;                  /* what the server holds */
    pid_t relay;
};

static int
setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    int in[2], out[2], net[2];
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, net), 0);
    f->relay = fork();
    if (f->relay == 0) {
        close(in[1]);
        close(out[0]);
        close(net[1]);
        _exit(relay_run(in[0], out[1], net[0], NULL) == SKUA_OK ? 0 : 1);
    }
    close(in[0]);
    close(out[1]);
    close(net[0]);
    f->to_relay = in[1];
    f->from_relay = out[0];
    f->far = net[1];
    *state = f;
    return 0;
}

static int
relay_status(struct fixture *f)
{
    int status = -1;
    assert_int_equal(waitpid(f->relay, &status, 0), f->relay);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int
teardown(void **state)
{
    free(*state);
    return 0;
}

/*
 * Send len bytes of a pattern while reading them at the other end, so that no buffer needs to hold
 * all.
 */
static void
check_flow(int source, int sink, size_t len)
{
    pid_t writer = fork();
    if (writer == 0) {
        for (size_t i = 0; i < len; i++) {
            uint8_t byte = (uint8_t)(i * 7 + i / 251);
            if (write(source, &byte, 1) != 1)
                _exit(1);
        }
        _exit(0);
    }
    for (size_t i = 0; i < len;) {
        uint8_t bytes[4096];
        ssize_t got = read(sink, bytes, sizeof bytes);
        assert_true(got > 0);
        for (ssize_t j = 0; j < got; j++, i++)
            assert_int_equal(bytes[j], (uint8_t)(i * 7 + i / 251));
    }
    int status = -1;
    waitpid(writer, &status, 0);
    assert_int_equal(status, 0);
}

static void
test_both_ways(void **state)
{
    struct fixture *f = *state;
    check_flow(f->to_relay, f->far, 200000);
    check_flow(f->far, f->from_relay, 200000);
    char byte;
    /* ssh's end reaches the server, which still may talk. */
    close(f->to_relay);
    assert_int_equal(read(f->far, &byte, 1), 0);
    check_flow(f->far, f->from_relay, 5000);
    close(f->far);
    assert_int_equal(read(f->from_relay, &byte, 1), 0);
    close(f->from_relay);
    assert_int_equal(relay_status(f), 0);
}

static void
test_server_ends_first(void **state)
{
    struct fixture *f = *state;
    char byte;
    shutdown(f->far, SHUT_WR);
    assert_int_equal(read(f->from_relay, &byte, 1), 0);
    check_flow(f->to_relay, f->far, 5000); /* the other direction goes on */
    close(f->to_relay);
    assert_int_equal(read(f->far, &byte, 1), 0);
    close(f->far);
    close(f->from_relay);
    assert_int_equal(relay_status(f), 0);
}

static void
test_ssh_vanishes(void **state)
{
    struct fixture *f = *state;
    close(f->to_relay);
    close(f->from_relay);
    char byte;
    assert_int_equal(read(f->far, &byte, 1), 0);
    assert_int_equal(write(f->far, "x", 1), 1);
    assert_int_equal(relay_status(f), 1); /* nobody took the byte */
    close(f->far);
}

static void
test_connect(void **state)
{
    (void)state;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof local;
    assert_int_equal(bind(listener, (struct sockaddr *)&local, sizeof local), 0);
    assert_int_equal(listen(listener, 1), 0);
    getsockname(listener, (struct sockaddr *)&local, &len);
    struct addr to;
    assert_int_equal(resolve_numeric("127.0.0.1", ntohs(local.sin_port), &to), SKUA_OK);
    int fd;
    assert_int_equal(relay_connect(&to, &fd, NULL), SKUA_OK);
    close(fd);
    close(listener);
    struct fail why;
    assert_int_equal(relay_connect(&to, &fd, &why), SKUA_ERR_SYSTEM);
    assert_non_null(strstr(why.text, "127.0.0.1 port "));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_both_ways, setup, teardown),
        cmocka_unit_test_setup_teardown(test_server_ends_first, setup, teardown),
        cmocka_unit_test_setup_teardown(test_ssh_vanishes, setup, teardown),
        cmocka_unit_test(test_connect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
