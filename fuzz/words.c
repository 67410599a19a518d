/* Words that a user or ssh gives the launcher: hosts, addresses, keys, command lines, ssh -G. */
#include "bootstrap/host_name.h"
#include "bootstrap/locale_variable.h"
#include "bootstrap/numeric_address.h"
#include "bootstrap/shell_words.h"
#include "bootstrap/ssh_config.h"
#include "net/crypto/key.h"
#include "session/escape.h"
#include "target.h"
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

static void
check_text(char *text)
{
    const char *fit = locale_variable_fit("LC_ALL", text);
    enum predict_display display;
    assert(fit == NULL || strlen(fit) <= LOCALE_VARIABLE_MAX_BYTES);
    assert(escape_key_of(text) < 128);
    if (predict_display_parse(text, &display))
        assert(strcmp(predict_display_word(display), text) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct view in = view_of(data, size);
    struct buf text, words;
    size_t count = 0;

    check_forms(in);
    check_host(in);
    (void)ssh_config_parse(in);
    buf_init(&text, size + 1);
    buf_put(&text, in);
    buf_put_u8(&text, 0);
    check_text((char *)text.data);
    buf_init(&words, WORDS_MAX_BYTES);
    if (shell_words_split(in, &words, &count) == SKUA_OK)
        assert(count == 0 || (count <= words.len && words.data[words.len - 1] == 0));
    buf_fini(&words);
    buf_fini(&text);
    return 0;
}
