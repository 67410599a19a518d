"""What a user does in a session, as scripts: the same script played against two terminals must leave the
same screens. A script types, waits for what it caused, and calls shot(name) where screens are compared.

Nothing in them depends on the time, the machine, or the process ids.
"""

from surroundings import PROMPT

ESCAPE = "\x1b"
CTRL_A, CTRL_D, CTRL_E = "\x01", "\x04", "\x05"
BACKSPACE, ENTER = "\x7f", "\r"
# As a terminal sends them with application cursor keys off; a session translates as the program asks.
UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"


def run(terminal, command, mark, deadline_s=60):
    """Run a shell command on a cleared screen; wait for the mark it prints last and for the prompt."""
    terminal.send(f"clear; {command}; echo {mark}{ENTER}")
    terminal.wait_line(mark, deadline_s)
    terminal.wait_last_line(PROMPT, deadline_s)


def typing(terminal, shot):
    terminal.send("echo helo" + LEFT + "l" + CTRL_A + RIGHT * 4 + " -n" + CTRL_E + "  worlx" + BACKSPACE + "d")
    terminal.wait_text("echo -n hello  world")
    shot("an edited line")
    terminal.send(ENTER)
    terminal.wait_text("hello world$ ")
    shot("its output")
    terminal.send("; printf '%s\\n' ~/ \"" + ENTER + "two" + ENTER + '"' + "\x03")
    terminal.wait_text("^C")
    shot("an interrupted line")
    terminal.send("clear" + ENTER)


def seq_10000(terminal, shot):
    run(terminal, "seq 10000", "counted")
    shot("the end of seq")


def colours(terminal, shot):
    run(terminal, r"for n in 0 1 2 3 4 5 6 7; do printf '\e[3%dm f%d \e[9%dm F%d \e[0m\e[4%dm b%d \e[10%dm B%d "
        r"\e[0m' $n $n $n $n $n $n $n $n; echo; done", "basic")
    shot("16 colours")
    run(terminal, r"for n in $(seq 16 255); do printf '\e[48;5;%dm%x\e[0m' $n $((n % 16)); done; echo", "cube")
    shot("256 colours")
    run(terminal, r"for n in $(seq 0 5 255); do printf '\e[38;2;%d;%d;%dm#\e[48;2;9;%d;99m.\e[0m' "
        r"$n $((255 - n)) 128 $n; done; echo", "true")
    shot("true colours")
    run(terminal, r"for n in 1 3 4 5 7; do printf '\e[%dmattribute %d\e[0m, \e[31;44;%dmin colour\e[0m\n' "
        r"$n $n $n; done", "styled")
    shot("attributes")
    run(terminal, r"printf '\e[44mblue to the end\e[K\e[0m\n\e[42m\e[2Kgreen line\e[0m\nplain\n'", "erased")
    shot("erasing in colour")


def wide(terminal, shot):
    run(terminal, r"printf '\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e wide, e\xcc\x81 combining\n'", "mixed")
    shot("wide and combining")
    run(terminal, r"for n in 78 79 80; do head -c $n /dev/zero | tr '\0' x; printf '\xe5\x9b\xbd!\n'; done",
        "margin")
    shot("wide characters at the margin")
    run(terminal, r"printf '\xe4\xb8\xad\xe4\xb8\xad\xe4\xb8\xad\e[4G<\n\xed\x95\x9c\xea\xb8\x80\e[1G|\n'",
        "halves")
    shot("overwritten halves")


def vim(terminal, shot):
    run(terminal, "seq -f 'line %03g of a text to edit' 100 >text", "written")
    terminal.send("vim.tiny -u NONE -i NONE -N text" + ENTER)
    terminal.wait_text('"text" 100L')
    shot("opened")
    terminal.send("50G")
    terminal.wait_text("line 050")
    terminal.send("dd5jOinserted here" + ESCAPE)  # and nothing at once, or it is the key Alt
    terminal.wait_text("inserted here")
    terminal.wait_no_text("-- INSERT --")
    shot("edited")
    terminal.send("\x06\x06\x02")
    terminal.wait_text("line 073")
    shot("paged")
    terminal.send("gg" + DOWN * 3 + RIGHT * 5 + "xP")
    terminal.wait_for(lambda: terminal.display.cursor == (3, 5), what="the cursor at row 3, column 5")
    terminal.send(":split" + ENTER)
    terminal.wait_for(lambda: terminal.text.count("text [+]") == 2, what="two windows")
    shot("split")
    terminal.send(":qa!" + ENTER)
    terminal.wait_last_line(PROMPT)
    shot("left")
    terminal.send("clear" + ENTER)


def less(terminal, shot):
    run(terminal, "seq -f 'row %g' 2000 >rows", "written")
    terminal.send("LESS= less rows" + ENTER)
    terminal.wait_line("rows")
    shot("opened")
    terminal.send("  ")
    page = terminal.display.rows - 1
    terminal.wait_line(f"row {3 * page}")
    shot("paged")
    terminal.send("/row 1234" + ENTER)
    terminal.wait_line("row 1234")
    shot("found")
    terminal.send("kkkb")
    terminal.wait_line(f"row {1234 - 3 - page}")
    shot("back")
    terminal.send("G")
    terminal.wait_line("(END)")
    shot("end")
    terminal.send("q")
    terminal.wait_last_line(PROMPT)
    shot("left")
    terminal.send("clear" + ENTER)


def resizing(terminal, shot):
    for columns, rows in ((100, 30), (40, 12), (132, 43), (80, 24)):
        terminal.resize(columns, rows)
        run(terminal, f"until [ \"$(stty size)\" = '{rows} {columns}' ]; do read -t 0.1; done; clear; "
            "stty size; seq 9", f"size{columns}")
        shot(f"{columns}x{rows}")
    terminal.send("vim.tiny -u NONE -i NONE -N" + ENTER)
    terminal.wait_text("~")
    terminal.resize(60, 18)
    terminal.send("ia long line that will not fit into the window when it is as narrow as sixty" + ESCAPE)
    terminal.wait_text("sixty")
    terminal.wait_no_text("-- INSERT --")
    terminal.send("\x0c")
    shot("vim in a smaller window")
    terminal.send(":q!" + ENTER)
    terminal.wait_last_line(PROMPT)
    terminal.send("clear" + ENTER)


def scrolling(terminal, shot):
    """What full-screen programs do inside margins."""
    run(terminal, r"seq 20; printf '\e[5;15r\e[15;1H'; seq 101 108; printf '\e[5;1H\e[3L\e[10;1H\e[2M\e[r\e[22H'",
        "margins")
    shot("inside margins")
    run(terminal, r"seq 20; printf '\e[5S\e[2T\e[10;5H\e[4@\e[3P\e[2X\e[22H'", "moved")
    shot("scrolled, inserted, deleted")


SCRIPTS = (typing, seq_10000, colours, wide, vim, less, resizing, scrolling)
