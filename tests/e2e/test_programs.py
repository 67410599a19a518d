"""Real programs in a session look as they do with nothing between."""

import os
import subprocess
from dataclasses import replace

import pytest

import programs as paths
from conftest import require
from side_by_side import SideBySide

ENTER, ESCAPE = "\r", "\x1b"


@pytest.fixture
def both(surroundings, skua):
    require(None if paths.tool("tmux") else "not installed: tmux")
    with SideBySide(surroundings, skua) as made:
        yield made


def need(name):
    require(None if paths.tool(name) else f"not installed: {name}")


def start(both, command):
    """On a screen that something is left on, to see that it comes back."""
    both.type("clear; seq 5; echo before" + ENTER)
    both.wait_text("5\nbefore\n$")
    both.type(command + ENTER)


def left(both, what):
    both.wait_prompt()
    both.type("echo after" + ENTER)
    both.wait_text("\nafter\n$")
    both.shot(f"{what} left")


def test_vim(both):
    need("vim.basic")
    (both.home / "vimrc").write_text(
        "set nocompatible noswapfile viminfo= termguicolors background=dark hlsearch number ruler showmode\n"
        "set t_u7= t_RV= t_RF= t_RB= timeoutlen=50 ttimeoutlen=50\n"  # what it asks the terminal itself
        "let &t_SI=\"\\e[6 q\"\nlet &t_EI=\"\\e[2 q\"\nsyntax on\n"
        "hi Normal guifg=#d0d0c8 guibg=#102030\nhi Comment guifg=#ff8000 gui=italic\n"
        "hi SpellBad gui=undercurl guisp=#ff0000 guibg=NONE\n")
    (both.home / "text.c").write_text("/* a comment */\n" + "".join(
        f"int number_{n} = {n}; /* {n} */\n" for n in range(60)) + "char *text = \"mispeled\";\n")
    start(both, "vim.basic -u vimrc text.c")
    both.wait_text("int number_0")
    both.shot("opened, in true colours")
    both.type("/number_4" + ENTER)
    both.wait_text("/number_4")
    both.shot("found")
    both.type(":vsplit" + ENTER + ":set spell" + ENTER + "G")
    both.wait_text("mispeled")
    both.shot("two windows")
    both.type("ggO")
    both.wait_text("-- INSERT --")
    both.paste("pasted\n    indented\n        more\n")
    both.wait_text("more")
    both.wait_cursor_style(6)
    both.shot("pasted")
    both.type(ESCAPE)
    both.wait_no_text("-- INSERT --")
    both.wait_cursor_style(2)
    both.shot("edited")
    both.type(":qa!" + ENTER)
    left(both, "vim")


def test_nvim(both):
    need("nvim")
    (both.home / "text.lua").write_text("-- a comment\n" + "".join(f"local n{n} = {n} .. 'x'\n" for n in range(60)))
    start(both, "nvim -u NONE -i NONE -n -c 'syntax on' -c 'set termguicolors number' text.lua")
    both.wait_text("local n0")
    both.shot("opened")
    both.type("GOinserted")
    both.wait_text("inserted")
    both.type(ESCAPE)
    both.wait_no_text("-- INSERT --")
    both.shot("edited")
    both.type(":split" + ENTER)
    both.shot("two windows")
    both.type(":qa!" + ENTER)
    left(both, "nvim")


def test_less(both):
    (both.home / "rows").write_text("".join(
        f"\x1b[3{n % 8}mrow {n}\x1b[0m \x1b[1mbold\x1b[0m \x1b[4munder\x1b[0m\n" for n in range(500)))
    start(both, "LESS= less -R rows")
    both.wait_text("row 22")
    both.shot("opened")
    both.type("  /row 400" + ENTER)
    both.wait_text("row 400")
    both.shot("found")
    both.key("Up", "Up", "PPage")
    both.wait_text("row 380")
    both.shot("back")
    both.type("q")
    left(both, "less")


def test_htop(both):
    need("htop")
    (both.home / "htoprc").write_text(
        "htop_version=3.2.2\nconfig_reader_min_version=3\nfields=0 48 17 1\nheader_layout=one_100\n"
        "column_meters_0=Blank\ncolumn_meter_modes_0=2\ntree_view=1\ncolor_scheme=0\ndelay=100\n")
    sleeper = subprocess.Popen(["sleep", "600"], env={"PATH": os.environ["PATH"]})
    try:
        start(both, f"HTOPRC=htoprc htop -p {sleeper.pid}")
        both.wait_text("sleep 600")
        both.shot("opened")
        both.key("F1")
        both.wait_text("show process environment")
        both.shot("help")
        both.type(" ")
        both.wait_text("sleep 600")
        both.key("F6")
        both.wait_text("Sort by")
        both.shot("a menu")
        both.type(ESCAPE)
        both.wait_no_text("Sort by")
        both.type("q")
        left(both, "htop")
    finally:
        sleeper.kill()
        sleeper.wait(10)


def test_mc(both):
    need("mc")
    for name in ("here", "there"):
        (both.home / name).mkdir()
        for number in range(8):
            (both.home / name / f"file{number}").write_text("text\n" * number)
            os.utime(both.home / name / f"file{number}", (1e9, 1e9))
        os.utime(both.home / name, (1e9, 1e9))
    os.makedirs(both.home / ".config/mc")
    (both.home / ".config/mc/ini").write_text(
        "[Midnight-Commander]\nauto_save_setup=false\n[Layout]\nmessage_visible=0\nfree_space=0\nxterm_title=0\n")
    os.utime(both.home, (1e9, 1e9))
    start(both, "mc --nosubshell here there")
    both.wait_text("file7")
    both.shot("opened")
    both.key("Down", "Down", "Down")
    both.key("F3")
    both.wait_text("text\ntext")
    both.shot("a file")
    both.key("F10")
    both.wait_text("file7")
    both.key("F9")
    both.key("Down")
    both.wait_text("Listing format")
    both.shot("a menu")
    both.type(ESCAPE + ESCAPE)
    both.wait_no_text("Listing format")
    both.key("F10")
    left(both, "mc")


def test_dialog(both):
    need("dialog")
    # It ends the alternate screen without having begun it. Where the cursor is then differs from tmux, as it does
    # from xterm (docs/TERMINAL.md, "Known differences from xterm").
    start(both, "dialog --shadow --checklist 'What to eat' 15 40 5 1 apple on 2 pear off 3 quince on; clear")
    both.wait_text("quince")
    both.shot("a list")
    both.key("Down")
    both.type(" ")
    both.wait_text("[*] 2")
    both.shot("chosen")
    both.key("Tab")
    both.shot("a button")
    both.type(ENTER)
    left(both, "dialog")


def test_fish(both):
    need("fish")
    (both.home / "prompt.fish").write_text(
        "function fish_prompt; set_color -o 80ff00; printf 'fish> '; set_color normal; end\n")
    start(both, "fish --no-config -C 'source prompt.fish'")
    both.wait_text("\nfish>")
    both.type("echo \"one $HOME\" | nosuchcommand # why")
    both.wait_text("# why")
    both.shot("coloured as it is typed")
    both.key("C-c")
    both.type("clear; echo two" + ENTER)
    both.wait_text("two\nfish>")
    both.type("ec")
    both.wait_text("fish> ec")
    both.shot("with a suggestion")
    both.key("C-c")
    both.type("exit" + ENTER)
    left(both, "fish")


def test_zsh_with_a_right_prompt(both):
    need("zsh")
    (both.home / ".zshrc").write_text("PS1='zsh%# ' RPS1='%F{cyan}[right]%f'\n")
    start(both, "zsh --no-globalrcs")
    both.wait_text("[right]")
    both.shot("two prompts")
    both.type("echo " + "x" * 66)
    both.wait_no_text("[right]")
    both.shot("the right one has gone")
    both.key("C-u")
    both.wait_text("[right]")
    both.shot("and is back")
    both.type("exit" + ENTER)
    left(both, "zsh")


def test_tmux_in_a_session(both):
    (both.home / "inner.conf").write_text(
        "set -g status-right ''\nset -g status-left '[inner] '\nset -g default-terminal screen-256color\n"
        "set -g automatic-rename off\nset -g assume-paste-time 0\nbind X kill-server\nset -g window-status-current-format shell\nset -g default-command 'PS1=\"inner> \" exec sh'\n")
    # The name of a socket of its own for each side must not show.
    (both.home / "inner").write_text("exec tmux -S \"$HOME/inner-$SIDE\" -f inner.conf \"$@\"\n")
    start(both, "sh inner")
    both.wait_text("inner>")
    both.shot("opened")
    both.type("\x02%")
    both.wait_text("│")
    both.type("seq 30" + ENTER)
    both.wait_text("│30\n")
    both.shot("two panes")
    both.type("\x02\"")
    both.wait_text("├")
    both.shot("three panes")
    both.type("\x02X")
    both.wait_no_text("inner>")
    left(both, "tmux")


def test_line_drawing(both):
    both.type(r"clear; printf '\e(0lqwqk\e(B G0\n\e(0x x x\e(B\n\e)0\016tqnqu\017 G1\n\016x x x\017\n"
              r"\e(0mqvqj`afghijklmnopqrstuvwxyz{|}~\e(B done\n'; tput smacs; echo lqqk; tput rmacs; echo lqqk" + ENTER)
    both.wait_text("done")
    both.wait_text("┌──┐\nlqqk")
    both.shot("lines")


def test_emoji_in_a_log(both):
    need("git")
    repository = both.home / "repository"
    env = {"PATH": os.environ["PATH"], "HOME": str(both.home), "GIT_CONFIG_NOSYSTEM": "1"}
    for role in ("AUTHOR", "COMMITTER"):
        env |= {f"GIT_{role}_NAME": "Zoë Müller", f"GIT_{role}_EMAIL": "zoe@example.org",
                f"GIT_{role}_DATE": "2020-02-02T02:02:02Z"}

    def git(*words):
        subprocess.run(["git", "-C", str(repository), *words], env=env, check=True, capture_output=True, timeout=60)
    repository.mkdir()
    git("init", "-q", "-b", "main")
    for subject in ("🎉 begin", "✨ new: 日本語 and 한글", "🐛 fix the bug 🐞🐞🐞", "🚀🔥 release 1.0 ✅", "📝 docs → ünïcödé",
                    "🙈🙉🙊" * 12):
        git("commit", "-q", "--allow-empty", "-m", subject)
    git("checkout", "-q", "-b", "side", "HEAD~2")
    git("commit", "-q", "--allow-empty", "-m", "🍴 on a side")
    git("merge", "-q", "--no-ff", "-m", "🔀 merge", "main")
    both.type("clear; git -C repository --no-pager log --graph --oneline --decorate --color; echo 'do''ne'" + ENTER)
    both.wait_text("done")
    both.shot("the log")
    start(both, "LESS=-R git -C repository log --graph --color --stat")
    both.wait_text("Zoë")
    both.shot("in its pager")
    both.type("q")
    left(both, "the pager")


@pytest.mark.parametrize("play", [test_less, test_mc, test_dialog, test_line_drawing, test_nvim],
                         ids=lambda play: play.__name__[len("test_"):])
def test_stock_client(play, surroundings, skua, stock):
    """It too gets the screen from before, and lines for line drawing, though it knows of neither."""
    require(None if paths.tool("tmux") else "not installed: tmux")
    with SideBySide(surroundings, replace(skua, client=stock.client)) as both:
        play(both)
