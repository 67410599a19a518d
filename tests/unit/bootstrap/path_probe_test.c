#include "test.h"

#include "bootstrap/path_probe.h"
#include "net/crypto/crypto_start.h"

struct pair {
    struct path_probe *client, *server;
    struct buf out;
};

static struct pair
pair_new(void)
{
    struct key key = { { 1, 2, 3 } };
    assert_int_equal(crypto_start(), SKUA_OK);
    struct pair p = { .client = path_probe_new(&key, false), .server = path_probe_new(&key, true) };
    assert_non_null(p.client);
    assert_non_null(p.server);
    buf_init(&p.out, PATH_PROBE_MAX_BYTES);
    return p;
}

static void
pair_free(struct pair *p)
{
    path_probe_free(p->client);
    path_probe_free(p->server);
    buf_fini(&p->out);
}

static void
test_there_and_back(void **state)
{
    (void)state;
    struct pair p = pair_new();
    const size_t sizes[] = { PATH_PROBE_MIN_BYTES, 500, 1472, PATH_PROBE_MAX_BYTES };
    uint64_t number = 99;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        buf_clear(&p.out);
        assert_int_equal(path_probe_seal(p.client, i, sizes[i], &p.out), SKUA_OK);
        assert_int_equal(p.out.len, sizes[i]);
        assert_int_equal(path_probe_open(p.server, buf_view(&p.out), &number), SKUA_OK);
        assert_int_equal(number, i);
        assert_int_equal(path_probe_open(p.server, buf_view(&p.out), &number), SKUA_ERR_DUPLICATE);
        assert_int_equal(path_probe_open(p.client, buf_view(&p.out), &number), SKUA_ERR_DIRECTION);
        buf_clear(&p.out);
        assert_int_equal(path_probe_seal(p.server, i, sizes[i], &p.out), SKUA_OK);
        assert_int_equal(path_probe_open(p.client, buf_view(&p.out), &number), SKUA_OK);
    }
    assert_int_equal(path_probe_received(p.server), 4);
    assert_int_equal(path_probe_received(p.client), 4);
    pair_free(&p);
}

static void
test_forgeries(void **state)
{
    (void)state;
    struct pair p = pair_new();
    uint64_t number = 99;
    assert_int_equal(path_probe_seal(p.client, 1, PATH_PROBE_MIN_BYTES, &p.out), SKUA_OK);
    for (size_t i = 1; i < p.out.len; i++) {
        p.out.data[i] ^= 1;
        assert_int_equal(path_probe_open(p.server, buf_view(&p.out), &number), SKUA_ERR_FORGED);
        p.out.data[i] ^= 1;
    }
    for (size_t len = 0; len < PATH_PROBE_MIN_BYTES; len++)
        assert_int_equal(path_probe_open(p.server, view_first(buf_view(&p.out), len), &number),
                         SKUA_ERR_TRUNCATED);
    static const uint8_t large[PATH_PROBE_MAX_BYTES + 1];
    assert_int_equal(path_probe_open(p.server, view_of(large, sizeof large), &number),
                     SKUA_ERR_TOO_LARGE);
    buf_clear(&p.out);
    assert_int_equal(path_probe_seal(p.client, PATH_PROBE_NUMBERS, PATH_PROBE_MIN_BYTES, &p.out),
                     SKUA_OK);
    assert_int_equal(path_probe_open(p.server, buf_view(&p.out), &number), SKUA_ERR_MALFORMED);
    assert_int_equal(number, 99);
    assert_int_equal(path_probe_received(p.server), 0);
    pair_free(&p);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back),
        cmocka_unit_test(test_forgeries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
