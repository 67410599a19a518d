/* Words of a command line, and where in it commands stand. POSIX.1-2017, Shell Command Language 2.3. */
#include "term/predict/command.h"

#include <string.h>

#define TEXT_MAX_BYTES 4096

#define BLANKS    " \t"
#define OPERATORS ";|&()"

/* Programs that ask for passwords, passphrases or codes, wherever they stand in a line. */
static const char *const asking[] = {
    "ansible",    "ansible-playbook",
    "chsh",       "cryptsetup",
    "curl",       "docker",
    "doas",       "ftp",
    "gpg",        "gpg2",
    "htpasswd",   "kinit",
    "ldapsearch", "login",
    "mosh",       "mount",
    "mysql",      "mysqldump",
    "openssl",    "op",
    "pass",       "passwd",
    "pinentry",   "pkexec",
    "podman",     "psql",
    "read",       "rsync",
    "run0",       "scp",
    "sftp",       "skua",
    "smbclient",  "ssh",
    "ssh-add",    "ssh-copy-id",
    "ssh-keygen", "su",
    "sudo",       "sudoedit",
    "telnet",     "vault",
    "visudo",     "wget",
    "zip",
};

/* Programs that read no secrets, nor run other programs. */
static const char *const harmless[] = {
    "[",        "basename", "cal",     "cat",   "cd",   "chmod",   "clear",  "cmp",       "comm",
    "cp",       "cut",      "date",    "df",    "diff", "dirname", "du",     "echo",      "egrep",
    "expr",     "false",    "fgrep",   "file",  "free", "grep",    "groups", "head",      "hexdump",
    "history",  "hostname", "id",      "jobs",  "ln",   "ls",      "md5sum", "mkdir",     "mv",
    "nl",       "nproc",    "od",      "paste", "popd", "printf",  "ps",     "pushd",     "pwd",
    "readlink", "realpath", "rev",     "rg",    "rm",   "rmdir",   "seq",    "sha256sum", "sleep",
    "sort",     "stat",     "strings", "tac",   "tail", "test",    "touch",  "tr",        "tree",
    "true",     "tty",      "type",    "uname", "uniq", "uptime",  "wc",     "which",     "who",
    "whoami",
};

/* After these a command follows. */
static const char *const leading[] = { "!",    "do",   "elif",  "else",  "if",
                                       "then", "time", "until", "while", "{" };

/* These end a command, and none follows. */
static const char *const closing[] = { "done", "end", "esac", "fi", "}" };

/* git's own commands that sign nothing and go nowhere. */
static const char *const git_harmless[] = { "add", "blame", "branch", "diff",
                                            "log", "show",  "status" };

static bool
is_one_of(struct view word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (view_equal(word, view_of_text(list[i])))
            return true;
    }
    return false;
}

#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof((list)[0]))

static bool
is_among(uint8_t byte, const char *set)
{
    return byte != 0 && byte < 0x80 && strchr(set, byte) != NULL;
}

/* The next word: what stands between blanks and operators, or one operator's byte. Empty: the end. */
static struct view
next_word(struct view *rest)
{
    size_t from = 0;
    while (from < rest->len && is_among(rest->data[from], BLANKS))
        from++;
    size_t to = from;
    while (to < rest->len && !is_among(rest->data[to], BLANKS OPERATORS))
        to++;
    if (to == from && to < rest->len)
        to++;
    struct view word = view_of(rest->data + from, to - from);
    *rest = view_from(*rest, to);
    return word;
}

/* The last part of a path, quotes apart: /usr/bin/sudo and \sudo are sudo. */
static struct view
program_of(struct view word)
{
    while (word.len > 0 && is_among(word.data[0], "\\'\"`$<>{"))
        word = view_from(word, 1);
    while (word.len > 0 && is_among(word.data[word.len - 1], "'\"`}"))
        word = view_first(word, word.len - 1);
    for (size_t i = word.len; i > 0; i--) {
        if (word.data[i - 1] == '/')
            return view_from(word, i);
    }
    return word;
}

static bool
is_assignment(struct view word)
{
    return word.len > 1 && word.data[0] != '=' && memchr(word.data, '=', word.len) != NULL;
}

/* Whether another command is run to make a part of this one. */
static bool
substitutes(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        bool opens = i + 1 < text.len && text.data[i + 1] == '(';
        if (text.data[i] == '`' || (opens && is_among(text.data[i], "$<>")))
            return true;
    }
    return false;
}

/* What stands at a command's place. */
enum place { PLACE_COMMAND, PLACE_ARGUMENT, PLACE_GIT };

/* An operator: what follows is a command. */
static bool
is_operator(struct view word)
{
    return word.len == 1 && is_among(word.data[0], OPERATORS);
}

enum command_kind
command_kind_of(struct view text)
{
    enum command_kind kind = substitutes(text) ? COMMAND_UNKNOWN : COMMAND_HARMLESS;
    enum place place = PLACE_COMMAND;
    struct view rest = text, word;
    while ((word = next_word(&rest)).len > 0) {
        struct view program = program_of(word);
        if (IS_ONE_OF(program, asking))
            return COMMAND_ASKS;
        if (is_operator(word)) {
            place = PLACE_COMMAND;
        } else if (place == PLACE_GIT) {
            kind = IS_ONE_OF(word, git_harmless) ? kind : COMMAND_UNKNOWN;
            place = PLACE_ARGUMENT;
        } else if (place == PLACE_COMMAND && !IS_ONE_OF(word, leading) && !is_assignment(word)) {
            bool is_git = view_equal(word, view_of_text("git"));
            bool is_known = is_git || view_equal(word, view_of_text("for")) ||
                            IS_ONE_OF(word, closing) || IS_ONE_OF(word, harmless);
            kind = is_known ? kind : COMMAND_UNKNOWN;
            place = is_git ? PLACE_GIT : PLACE_ARGUMENT;
        }
    }
    return place == PLACE_GIT ? COMMAND_UNKNOWN : kind;
}

enum command_kind
command_kind_of_line(const struct line *l)
{
    uint8_t text[TEXT_MAX_BYTES];
    size_t len = 0;
    for (int i = 0; i < l->len; i++) {
        uint8_t scratch[4];
        struct view cell = row_text(l->cells, i, scratch);
        if (cell.len == 0 && l->cells->cell[i].width != CELL_RIGHT_HALF)
            cell = view_of(" ", 1);
        if (cell.len > sizeof text - len)
            return COMMAND_UNKNOWN;
        if (cell.len > 0)
            memcpy(text + len, cell.data, cell.len);
        len += cell.len;
    }
    return command_kind_of(view_of(text, len));
}
