#include "test.h"

#include "term/predict/query.h"

static void
test_rows(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int rows;
    } brief[] = {
        { "insert into town values ('a;b', 3);", 1 },
        { "UPDATE town SET people = people + 1;", 1 },
        { "drop table town;", 1 },
        { "select 1 + (2 * 3);", 5 },
        { "select count(*) from town;", 5 },
        { "Select max(people), min(people) from town where name = 'from';", 5 },
        { "select name from town limit 5;", -1 },
        { "SELECT name FROM town ORDER BY name LIMIT 9;", -1 },
    };
    for (size_t i = 0; i < sizeof brief / sizeof brief[0]; i++) {
        struct view text = view_of_text(brief[i].text);
        if (!query_is_brief(text) || query_rows(text) != brief[i].rows)
            fail_msg("%s: %d", brief[i].text, query_rows(text));
    }
}

/* A pager may begin, more is to come, or the prompt changes; psql's own commands may ask for a password. */
static void
test_what_is_not_brief(void **state)
{
    (void)state;
    const char *lines[] = {
        "",
        ";",
        "select",
        "select * from town;",
        "select name from town limit 50;",
        "select name, count(*) from town group by name;",
        "select sum(people) over () from town;",
        "select 1 union select people from town;",
        "delete from town returning *;",
        "insert into town values ('a",
        "insert into town values ('a';",
        "insert into town values (3",
        "drop table town",
        "drop table a; drop table b;",
        "drop table a; \\password",
        "\\password ann;",
        "\\c other;",
        "copy town from stdin;",
        "begin;",
        "commit;",
        "do $$ begin end $$;",
        "explain select 1;",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (query_is_brief(view_of_text(lines[i])))
            fail_msg("%s", lines[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_what_is_not_brief),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
