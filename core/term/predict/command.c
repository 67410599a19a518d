/* Words of a command line, and where in it commands stand. POSIX.1-2017, Shell Command Language 2.3. */
#include "term/predict/command.h"

#include <string.h>

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
    "[",     "basename", "cal",    "cat",     "cd",      "chmod",     "clear",    "cmp",
    "comm",  "cp",       "cut",    "date",    "df",      "diff",      "dirname",  "du",
    "echo",  "egrep",    "expr",   "false",   "fgrep",   "file",      "find",     "free",
    "grep",  "groups",   "head",   "hexdump", "history", "hostname",  "id",       "jobs",
    "ln",    "ls",       "md5sum", "mkdir",   "mv",      "nl",        "nproc",    "od",
    "paste", "popd",     "printf", "ps",      "pushd",   "pwd",       "readlink", "realpath",
    "rev",   "rg",       "rm",     "rmdir",   "seq",     "sha256sum", "sleep",    "sort",
    "stat",  "strings",  "tac",    "tail",    "test",    "touch",     "tr",       "tree",
    "true",  "tty",      "type",   "uname",   "uniq",    "uptime",    "wc",       "which",
    "who",   "whoami",
};

/* After these a command follows. */
static const char *const leading[] = { "!",    "do",   "elif",  "else",  "env", "if",
                                       "then", "time", "until", "while", "{" };

/* These end a command, and none follows. */
static const char *const closing[] = { "done", "end", "esac", "fi", "}" };

/* git's own commands that sign nothing and go nowhere. */
static const char *const git_harmless[] = { "add", "blame", "branch", "diff",
                                            "log", "show",  "status" };

#define IS_ONE_OF(word, list) view_is_one_of((word), (list), sizeof(list) / sizeof((list)[0]))

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

static bool
begins_with(struct view word, const char *start)
{
    struct view want = view_of_text(start);
    return word.len >= want.len && view_equal(view_first(word, want.len), want);
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
        } else if (begins_with(word, "-exec") || begins_with(word, "-ok")) {
            kind = COMMAND_UNKNOWN; /* find's */
        }
    }
    return place == PLACE_GIT ? COMMAND_UNKNOWN : kind;
}

/* Programs that read the terminal when they are given no operand. */
static const char *const reading[] = {
    "cat",       "comm", "cut",  "egrep", "fgrep", "grep", "head", "hexdump",
    "md5sum",    "nl",   "od",   "paste", "rev",   "rg",   "sort", "strings",
    "sha256sum", "tac",  "tail", "tr",    "uniq",  "wc",
};

/* What waits, clears the screen, or may leave the cursor behind its text. */
static const char *const lasting[] = { "clear", "sleep" };

/* The same with an option: program and option in turn. */
static const char *const lasting_with[] = { "echo", "-n", "head", "-c", "tail", "-c", "tail", "-f",
                                            "tr", "-d",
                                            /* These may begin a pager. */
                                            "git", "blame", "git", "branch", "git", "diff", "git",
                                            "log", "git", "show" };

/* What is begun and ended by a word of its own. */
static const char *const opening[] = { "(", "case", "for", "if", "until", "while", "{" };
static const char *const ending[] = { ")", "done", "end", "esac", "fi", "}" };

/* Whether every quote is closed, and nothing at the end says that the line goes on. */
static bool
is_complete(struct view text)
{
    uint8_t quote = 0, last = 0;
    for (size_t i = 0; i < text.len; i++) {
        last = text.data[i] == ' ' ? last : text.data[i];
        if (text.data[i] == '\\' && quote != '\'')
            i++;
        else if (text.data[i] == quote)
            quote = 0;
        else if (quote == 0 && is_among(text.data[i], "'\""))
            quote = text.data[i];
    }
    return quote == 0 && !is_among(last, "\\|&");
}

/* Whether a word tells that its program waits or ends without a new line. */
static bool
is_lasting(struct view program, struct view word)
{
    for (size_t i = 0; i + 1 < sizeof lasting_with / sizeof lasting_with[0]; i += 2) {
        if (view_equal(program, view_of_text(lasting_with[i])) &&
            view_equal(word, view_of_text(lasting_with[i + 1])))
            return true;
    }
    return IS_ONE_OF(program, lasting) || begins_with(word, "<<");
}

/* Whether what printf writes by this format ends its row. */
static bool
ends_row(struct view format)
{
    if (format.len > 0 && is_among(format.data[format.len - 1], "'\""))
        format.len--;
    return format.len > 1 && format.data[format.len - 1] == 'n' &&
           format.data[format.len - 2] == '\\';
}

bool
command_is_brief(struct view text)
{
    if (command_kind_of(text) != COMMAND_HARMLESS || !is_complete(text))
        return false;
    struct view rest = text, word, program = { 0 };
    bool wants_operand = false, is_piped = false, is_hanging = false;
    int open = 0, operands = 0;
    while ((word = next_word(&rest)).len > 0) {
        open += IS_ONE_OF(word, opening) - IS_ONE_OF(word, ending);
        if (is_operator(word)) {
            is_piped = word.data[0] == '|';
            if (wants_operand || (is_hanging && !is_piped))
                return false;
            is_hanging = false;
            program = view_of(NULL, 0);
        } else if (program.len > 0) {
            wants_operand = wants_operand && word.data[0] == '-';
            is_hanging = is_hanging && !(operands++ == 0 && ends_row(word));
        } else if (!IS_ONE_OF(word, leading) && !is_assignment(word)) {
            program = program_of(word);
            wants_operand = !is_piped && IS_ONE_OF(program, reading);
            is_hanging = view_equal(program, view_of_text("printf"));
            operands = 0;
        }
        if (is_lasting(program, word))
            return false;
    }
    return open == 0 && !wants_operand && !is_hanging;
}

/* Print a row, if they are given one operand at most; and none if all goes well. */
static const char *const one_row[] = { "basename", "date",   "dirname", "echo",  "file",
                                       "hostname", "nproc",  "pwd",     "tty",   "readlink",
                                       "uname",    "uptime", "wc",      "which", "whoami" };
static const char *const no_row[] = { "cd", "chmod", "cp",    "false", "ln",    "mkdir",
                                      "mv", "rm",    "rmdir", "test",  "touch", "true" };

/* What head and tail print of one file by this option: -3, or -n and then 3. -1: it is none of these. */
static int
counted_rows(struct view option)
{
    bool is_digit =
        option.len > 0 && option.data[option.len - 1] >= '1' && option.data[option.len - 1] <= '9';
    bool is_short = option.len == 1 || (option.len == 2 && option.data[0] == '-');
    return is_digit && is_short ? option.data[option.len - 1] - '0' : -1;
}

int
command_rows(struct view text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_among(text.data[i], "$`*?[]~{}\\<>!" OPERATORS))
            return -1;
    }
    struct view rest = text, word, program = program_of(next_word(&rest));
    int operands = 0, counted = -1;
    while ((word = next_word(&rest)).len > 0) {
        operands += word.data[0] != '-' && word.data[0] != '+';
        counted = counted < 0 ? counted_rows(word) : counted;
    }
    bool is_part =
        view_equal(program, view_of_text("head")) || view_equal(program, view_of_text("tail"));
    if (is_part)
        return operands <= 2 ? counted : -1;
    bool is_one =
        view_equal(program, view_of_text("echo")) || (operands <= 1 && IS_ONE_OF(program, one_row));
    return is_one ? 1 : (IS_ONE_OF(program, no_row) ? 0 : -1);
}

bool
command_is_chat(struct view text)
{
    static const char *const saying[] = { "/echo", "/help", "/me", "/msg", "/notice", "/say" };
    struct view rest = text;
    return text.len == 0 || text.data[0] != '/' || IS_ONE_OF(next_word(&rest), saying);
}

bool
command_goes_elsewhere(struct view text)
{
    static const char *const going[] = { "cd", "popd", "pushd" };
    struct view rest = text, word;
    while ((word = next_word(&rest)).len > 0) {
        if (IS_ONE_OF(word, going))
            return true;
    }
    return false;
}

bool
command_text(const struct line *l, uint8_t text[COMMAND_MAX_BYTES], struct view *out)
{
    size_t len = 0, end = 0;
    for (int i = 0; i < l->len; i++) {
        uint8_t scratch[4];
        struct view cell = row_text(l->cells, i, scratch);
        if (cell.len == 0 && l->cells->cell[i].width != CELL_RIGHT_HALF)
            cell = view_of(" ", 1);
        if (cell.len > COMMAND_MAX_BYTES - len)
            return false;
        if (cell.len > 0)
            memcpy(text + len, cell.data, cell.len);
        len += cell.len;
        end = pane_cell_is_blank(l->cells, i) ? end : len;
    }
    *out = view_of(text, end);
    return true;
}

enum command_kind
command_kind_of_line(const struct line *l)
{
    uint8_t bytes[COMMAND_MAX_BYTES];
    struct view text;
    return command_text(l, bytes, &text) ? command_kind_of(text) : COMMAND_UNKNOWN;
}

uint32_t
command_hash(struct view text)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ text.data[i]) * 16777619u;
    return text.len == 0 ? 0 : (hash != 0 ? hash : 1);
}
