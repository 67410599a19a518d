/*
 * Words that a user, the environment or ssh gives us: hosts, addresses, keys, command lines,
 * configurations, terminals.
 */
#include "bootstrap/config_line.h"
#include "bootstrap/host_name.h"
#include "bootstrap/host_pattern.h"
#include "bootstrap/locale_variable.h"
#include "bootstrap/numeric_address.h"
#include "bootstrap/shell_words.h"
#include "bootstrap/ssh_config.h"
#include "net/crypto/key.h"
#include "session/escape.h"
#include "target.h"
#include "term/outer/adjust.h"
#include "term/outer/known.h"
#include "term/predict/preference.h"

#define WORDS_MAX_BYTES 4096

/* What is taken for an address or a key is written back in a form that is taken for the same. */
static void
check_forms(struct view text)
{
    struct numeric_address address, again;
    struct key key;
    char key_form[KEY_TEXT_CHARS + 1];
    if (numeric_address_parse(text, &address) == SKUA_OK) {
        assert(numeric_address_parse(view_of_text(address.text), &again) == SKUA_OK);
        assert(strcmp(address.text, again.text) == 0 && address.family == again.family);
        (void)numeric_address_is_loopback(&address);
    }
    if (key_parse(text, &key) == SKUA_OK) {
        key_text(&key, key_form);
        assert(view_equal(view_of_text(key_form), text));
    }
}

/* A name that is let through can be no option and no word of a shell. */
static void
check_host(struct view text)
{
    struct view user, host;
    if (host_name_split(text, &user, &host) != SKUA_OK)
        return;
    assert(text.data[0] != '-' && host.len > 0 && host.data[0] != '-');
    for (size_t i = 0; i < text.len; i++)
        assert(text.data[i] > 0x20 && strchr("'`\"$;&<>|(){}", text.data[i]) == NULL);
}

/* A value is never longer than its line; only a star fits nothing. */
static void
check_config(struct view text)
{
    struct config_line line;
    const char *problem = NULL;
    if (config_line_parse(text, &line, &problem) != SKUA_OK) {
        assert(problem != NULL);
        return;
    }
    assert(strlen(line.value) <= text.len);
    (void)config_line_is(&line, "Host");
    if (host_pattern_fits(view_of_text(line.value), line.keyword))
        assert(line.keyword.len != 0 || strchr(line.value, '*') != NULL);
}

static void
check_escape_key(const char *text)
{
    struct escape e = escape_start(escape_key_of(text), true);
    struct buf line;
    buf_init(&line, WORDS_MAX_BYTES);
    assert(escape_key_of(text) < 128);
    escape_menu(&e, &line);
    escape_quit_hint(&e, &line);
    assert(!line.overflow);
    buf_fini(&line);
}

static void
check_text(char *text)
{
    const char *fit = NULL;
    for (size_t i = 0; i < LOCALE_VARIABLE_COUNT; i++)
        fit = locale_variable_fit(locale_variable_name(i), text);
    enum predict_display display;
    assert(fit == NULL || strlen(fit) <= LOCALE_VARIABLE_MAX_BYTES);
    check_escape_key(text);
    if (predict_display_parse(text, &display))
        assert(strcmp(predict_display_word(display), text) == 0);
}

/* What is said of the terminal adds abilities, but for what the user takes away. */
static void
check_terminal(const char *text)
{
    const struct known_environment as_each[] = {
        { .term = text },
        { .term = "xterm", .colorterm = text, .term_program = text },
        { .term = text, .vte_version = text, .konsole_version = text, .kitty_window_id = text },
        { .term = "xterm", .wt_session = text, .tmux = text },
        { .term = text, .sty = text },
    };
    struct adjustment adjustment = adjustment_parse(view_of_text(text));
    assert((adjustment.add & adjustment.remove) == 0);
    for (size_t i = 0; i < sizeof as_each / sizeof as_each[0]; i++) {
        struct caps caps = caps_xterm;
        known_add_environment(&as_each[i], &caps);
        (void)known_add_name(view_of_text(text), &caps);
        assert((caps.can & caps_xterm.can) == caps_xterm.can && caps.colors >= caps_xterm.colors);
        (void)known_probes(&as_each[i]);
        adjustment_apply(&adjustment, &caps);
        assert((caps.can & adjustment.remove) == 0);
        assert((caps.can & adjustment.add) == adjustment.add);
    }
    (void)known_has_title(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view in = view_of(data, size);
    struct buf text, words;
    size_t count = 0;

    check_forms(in);
    check_host(in);
    check_config(in);
    (void)ssh_config_parse(in);
    buf_init(&text, size + 1);
    buf_put(&text, in);
    buf_put_u8(&text, 0);
    check_text((char *)text.data);
    check_terminal((const char *)text.data);
    buf_init(&words, WORDS_MAX_BYTES);
    if (shell_words_split(in, &words, &count) == SKUA_OK)
        assert(count == 0 || (count <= words.len && words.data[words.len - 1] == 0));
    buf_fini(&words);
    buf_fini(&text);
    return 0;
}
