/* Reads the answer of `ssh -G`. */
#include "bootstrap/ssh_config.h"

#include <string.h>

/* If line is `keyword` and a value, set *value to it. */
static bool
has_keyword(struct view line, const char *keyword, struct view *value)
{
    struct view word = view_of_text(keyword);

    if (line.len <= word.len || line.data[word.len] != ' ' ||
        !view_equal(view_first(line, word.len), word))
        return false;
    *value = view_from(line, word.len + 1);
    return true;
}

static bool
is_word(struct view value, const char *word)
{
    return view_equal(value, view_of_text(word));
}

static void
read_hostname(struct view value, struct ssh_config *out)
{
    struct view user, host;

    if (host_name_split(value, &user, &host) != SKUA_OK || user.len != 0)
        return;
    memcpy(out->hostname, host.data, host.len);
    out->hostname[host.len] = '\0';
    out->is_known = true;
}

static void
read_line(struct view line, struct ssh_config *out)
{
    struct view value;

    if (has_keyword(line, "hostname", &value))
        read_hostname(value, out);
    else if (has_keyword(line, "addressfamily", &value))
        out->family = is_word(value, "inet")    ? SSH_CONFIG_FAMILY_INET
                      : is_word(value, "inet6") ? SSH_CONFIG_FAMILY_INET6
                                                : SSH_CONFIG_FAMILY_ANY;
    else if (has_keyword(line, "proxyjump", &value) || has_keyword(line, "proxycommand", &value))
        out->is_direct = out->is_direct && is_word(value, "none");
    else if (has_keyword(line, "controlpath", &value))
        out->has_control_path = !is_word(value, "none");
    else if (has_keyword(line, "remotecommand", &value))
        out->has_remote_command = !is_word(value, "none");
}

struct ssh_config
ssh_config_parse(struct view text)
{
    struct ssh_config out = { .is_direct = true };

    while (text.len != 0) {
        const uint8_t *newline = memchr(text.data, '\n', text.len);
        size_t len = newline == NULL ? text.len : (size_t)(newline - text.data);
        struct view line = view_first(text, len);
        if (line.len != 0 && line.data[line.len - 1] == '\r')
            line.len--;
        read_line(line, &out);
        text = view_from(text, len + 1);
    }
    return out;
}
