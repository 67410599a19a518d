#include "test.h"

#include "bootstrap/ssh_config.h"

static struct ssh_config
parse(const char *text)
{
    return ssh_config_parse(view_of_text(text));
}

static void
test_plain_host(void **state)
{
    (void)state;
    struct ssh_config c = parse("user me\nhostname db.example\nport 22\naddressfamily any\n"
                                "controlmaster false\ncontrolpersist no\n");
    assert_true(c.is_known);
    assert_string_equal(c.hostname, "db.example");
    assert_int_equal(c.family, SSH_CONFIG_FAMILY_ANY);
    assert_true(c.is_direct);
    assert_false(c.has_control_path);
    assert_false(c.has_remote_command);
}

static void
test_indirect(void **state)
{
    (void)state;
    assert_false(parse("hostname h\nproxyjump me@bastion\n").is_direct);
    assert_false(parse("hostname h\nproxycommand nc %h %p\n").is_direct);
    assert_true(parse("hostname h\nproxyjump none\nproxycommand none\n").is_direct);
    assert_false(parse("hostname h\nproxyjump x\nproxycommand none\n").is_direct);
    assert_true(parse("hostname h\nproxyusefdpass no\n").is_direct);
}

static void
test_the_rest(void **state)
{
    (void)state;
    assert_true(parse("hostname h\ncontrolpath /tmp/x-%C\n").has_control_path);
    assert_false(parse("hostname h\ncontrolpath none\n").has_control_path);
    assert_true(parse("hostname h\nremotecommand tmux a\n").has_remote_command);
    assert_false(parse("hostname h\nremotecommand none\n").has_remote_command);
    assert_int_equal(parse("hostname h\naddressfamily inet\n").family, SSH_CONFIG_FAMILY_INET);
    assert_int_equal(parse("hostname h\r\naddressfamily inet6\r\n").family,
                     SSH_CONFIG_FAMILY_INET6);
    assert_string_equal(parse("hostname fe80::1%eth0").hostname, "fe80::1%eth0");
}

static void
test_no_answer(void **state)
{
    (void)state;
    assert_false(parse("").is_known);
    assert_false(parse("\n\n\n").is_known);
    assert_false(parse("unknown option -- G\nusage: ssh\n").is_known);
    assert_false(parse("hostname\n").is_known);
    assert_false(parse("hostname \n").is_known);
    assert_false(parse("hostname -oProxyCommand=x\n").is_known);
    assert_false(parse("hostname a b\n").is_known);
    assert_false(parse("hostname me@h\n").is_known);
}

static void
test_long_hostname(void **state)
{
    (void)state;
    char text[HOST_NAME_MAX_BYTES + 32];
    int len = snprintf(text, sizeof text, "hostname ");
    memset(text + len, 'a', HOST_NAME_MAX_BYTES + 1);
    struct view all = view_of(text, (size_t)len + HOST_NAME_MAX_BYTES + 1);
    assert_false(ssh_config_parse(all).is_known);
    struct ssh_config c = ssh_config_parse(view_first(all, all.len - 1));
    assert_true(c.is_known);
    assert_int_equal(strlen(c.hostname), HOST_NAME_MAX_BYTES);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_host),    cmocka_unit_test(test_indirect),
        cmocka_unit_test(test_the_rest),      cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_long_hostname),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
