/* One act a function; the table weighs them. */
#include "program.h"

#include <stddef.h>

static const char *const words[] = {
    "a",
    "ls -l",
    "  ",
    "the quick brown fox jumps over the lazy dog ",
    "0123456789",
    "é",
    "e\314\201",
    "Привет",
    "中文字",
    "한글",
    "カタカナ",
    "│──┐",
    "😀",
    "👩\342\200\215🚀",
    "❤\357\270\217",
    "❤",
    "🇫🇷",
    "🇩",
    "\356\202\260",                         /* private use */
    "\340\244\225\340\245\215\340\244\267", /* conjunct */
    "\340\244\276",                         /* spacing mark */
    "\341\204\200\341\205\241",             /* jamo */
    "\315\257\314\201",                     /* marks alone */
    "✔\357\270\216",
    "\360\237\253\250", /* newer than most tables */
};

static const char *const styles[] = {
    "\033[m",
    "\033[1m",
    "\033[2m",
    "\033[3m",
    "\033[4m",
    "\033[4:3m",
    "\033[5m",
    "\033[7m",
    "\033[8m",
    "\033[9m",
    "\033[21m",
    "\033[53m",
    "\033[31m",
    "\033[44m",
    "\033[95;102m",
    "\033[22;24m",
    "\033[27m",
    "\033[38;5;200m",
    "\033[48;2;1;2;3m",
    "\033[38;2;200;100;50m",
    "\033[39m",
    "\033[49m",
    "\033[58:5:3m",
    "\033[58:2::9:8:7m",
    "\033[59m",
    "\033[1\"q",
    "\033[0\"q",
    "\033]8;id=a;http://example.org/\033\\",
    "\033]8;;ftp://x/y\033\\",
    "\033]8;;http://example.org/\033\\",
    "\033]8;;\033\\",
};

static const char *const edits[] = {
    "\033[K",
    "\033[1K",
    "\033[2K",
    "\033[J",
    "\033[1J",
    "\033[2J",
    "\033[3X",
    "\033[9X",
    "\033[@",
    "\033[4@",
    "\033[P",
    "\033[3P",
    "\033[L",
    "\033[2L",
    "\033[M",
    "\033[3M",
    "\033[S",
    "\033[2S",
    "\033[T",
    "\033[3T",
    "\033M",
    "\n",
    "\r\n",
    "\r\n\n\n",
    "\033D",
    "\b",
    "\r",
    "\t",
    "\033[Z",
    "\033#8",
    "\033[5b",
    "\033[?J",
    "\033[88;1;2;3;5$x",
    "\033[1;1;2;4;;2;3$v",
    "\033[2;2;3;5$z",
    "\033[2 @",
    "\033[ A",
    "\033[2'}",
    "\033['~",
    "\0336",
    "\0339",
    "\033[22J",
    "\033c",
};

static const char *const modes[] = {
    "\033[?25l",   "\033[?25h",   "\033[?5h",    "\033[?5l",    "\033[?2004h", "\033[?2004l",
    "\033[?1000h", "\033[?1002h", "\033[?1003h", "\033[?1000l", "\033[?1006h", "\033[?1016h",
    "\033[?1006l", "\033[?1004h", "\033[?1004l", "\033[?1007h", "\033[?1h",    "\033[?1l",
    "\033=",       "\033>",       "\033[20h",    "\033[20l",    "\033[?2027h", "\033[?2027l",
    "\033[?1049h", "\033[?1049l", "\033[5 q",    "\033[0 q",    "\033[>3u",    "\033[<u",
    "\033[>4;2m",  "\033[>4m",    "\033[?7l",    "\033[?7h",    "\033[4h",     "\033[4l",
    "\033[?6h",    "\033[?6l",    "\033[!p",     "\033[?69h",   "\033[?69l",   "\a",
};

static const char *const strings[] = {
    "\033]0;title\a",       "\033]1;icon\a",
    "\033]2;другое\033\\",  "\033]0;\a",
    "\033]52;c;aGVsbG8=\a", "\033]52;c;d29ybGQ=\a",
    "\033]52;p;aGVsbG8=\a", "\033]52;c;?\a",
    "\033]133;A\a",         "\033]133;B\a",
    "\033]133;C\a",         "\033]133;D\a",
    "\033]4;1;rgb:1/2/3\a", "\033]7;file://h/p\a",
    "\033]7;file://h/q\a",  "\033]7;\a",
    "\033]9;done\a",        "\033]777;notify;a;b;c\a",
    "\033]99;;x\033\\",     "\033]9;4;1;50\a",
    "\033]9;4;3\a",         "\033]9;4;0\a",
    "\033]104\a",
};

#define PICK(d, list) list[dice_below(d, (int)(sizeof list / sizeof list[0]))]

static void
write_words(struct dice *d, struct buf *out)
{
    for (int i = 1 + dice_below(d, 4); i > 0; i--)
        buf_put_text(out, PICK(d, words));
}

/* Enough to wrap, and every row a different one: what scrolls is told apart. */
static void
write_lines(struct dice *d, int cols, struct buf *out)
{
    for (int i = 1 + dice_below(d, 5); i > 0; i--) {
        int len = dice_hits(d, 3) ? cols + dice_below(d, cols + 1) : dice_below(d, cols);
        for (int x = 0; x < len; x++)
            buf_put_u8(out, (uint8_t)('a' + dice_below(d, 26)));
        buf_put_text(out, "\r\n");
    }
}

static void
write_move(struct dice *d, int rows, int cols, struct buf *out)
{
    buf_putf(out, "\033[%d;%dH", 1 + dice_below(d, rows), 1 + dice_below(d, cols));
}

static void
write_margins(struct dice *d, int rows, int cols, struct buf *out)
{
    if (dice_hits(d, 2))
        buf_put_text(out, "\033[r");
    else if (dice_hits(d, 3))
        buf_putf(out, "\033[?69h\033[%d;%ds", 1 + dice_below(d, cols), 1 + dice_below(d, cols));
    else
        buf_putf(out, "\033[%d;%dr", 1 + dice_below(d, rows), 1 + dice_below(d, rows));
}

static void
write_act(struct dice *d, int rows, int cols, struct buf *out)
{
    switch (dice_below(d, 20)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: write_words(d, out); break;
    case 5:
    case 6: write_lines(d, cols, out); break;
    case 7:
    case 8:
    case 9:
    case 10: write_move(d, rows, cols, out); break;
    case 11: write_margins(d, rows, cols, out); break;
    case 12:
    case 13:
    case 14: buf_put_text(out, PICK(d, styles)); break;
    case 15:
    case 16:
    case 17: buf_put_text(out, PICK(d, edits)); break;
    case 18: buf_put_text(out, PICK(d, modes)); break;
    default: buf_put_text(out, PICK(d, strings)); break;
    }
}

void
program_write(struct dice *d, int rows, int cols, int most, struct buf *out)
{
    for (int i = 1 + dice_below(d, most); i > 0; i--)
        write_act(d, rows, cols, out);
}
