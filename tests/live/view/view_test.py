#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""view_test.py PROFILEGEN [SCREENS]: tests, in an emulated terminal, what `record` shows. Saves the screens as text
in the directory SCREENS, if it is given."""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest

try:
    import pyte
except ImportError:
    pyte = None

PROFILEGEN = os.path.abspath(sys.argv[1])
SCREENS = sys.argv[2] if len(sys.argv) > 2 else None
PATIENCE = 30
BLOCK = "-- profilegen: recording"


def skip(missing):
    print("skipped, missing: " + missing)
    sys.exit(1 if os.environ.get("PROFILEGEN_REQUIRE_LIVE") else 77)


class Terminal:
    """A program on a terminal of its own, and what the screen shows."""

    def __init__(self, directory, command, rows=24, columns=80, **environment):
        self.screen = pyte.HistoryScreen(columns, rows, history=100_000)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(directory)
                os.execvpe(command[0], command, dict(os.environ, TERM="xterm", **environment))
            finally:
                os._exit(127)
        self.resize(rows, columns)

    def resize(self, rows, columns):
        screen = self.screen
        if rows < screen.lines:
            # When a terminal gets smaller, it drops lines at the top only as far as needed to show the cursor. pyte
            # always drops all of them there, and does not move the cursor.
            row, column = screen.cursor.y, screen.cursor.x
            leave = max(0, row - (rows - 1))
            screen.cursor_position(1, 1)
            screen.insert_lines(screen.lines - rows - leave)
            screen.resize(rows, columns)
            screen.cursor_position(row - leave + 1, column + 1)
        else:
            screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds=0.1):
        """Feeds the available output to the screen. False at the end of the output."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.bytes += data
        self.stream.feed(data)
        return bool(data)

    def lines(self):
        """All lines, including those that have scrolled away."""
        past = ["".join(line[x].data for x in range(self.screen.columns)).rstrip() for line in self.screen.history.top]
        return past + [line.rstrip() for line in self.screen.display]

    def shown(self):
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, holds):
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end or not self.read():
                raise AssertionError("it never came to be:\n" + self.shown())

    def type(self, keys):
        os.write(self.fd, keys)

    def wait(self):
        while self.read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class View(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Takes half a minute, during which the other tests run.
        scratch = tempfile.TemporaryDirectory(prefix="profilegen-view.")
        cls.addClassCleanup(scratch.cleanup)
        cls.long = subprocess.Popen([PROFILEGEN, "record", "--", "sh", "-c", "sleep 31"], cwd=scratch.name,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="profilegen-view.")
        self.addCleanup(scratch.cleanup)
        self.directory = scratch.name
        os.mkfifo(self.directory + "/go")

    # The end of a script: it goes on until the test has seen what it wants to see.
    HOLD = "; read held <go || :"

    def release(self):
        with open(self.directory + "/go", "w", encoding="utf-8"):
            pass

    def record(self, script, *options, rows=24, columns=80, **environment):
        return Terminal(self.directory, [PROFILEGEN, "record", *options, "--", "sh", "-c", script], rows, columns, **environment)

    def test_a_block_tells_how_it_stands_and_is_gone_at_the_end(self):
        terminal = self.record("echo one > made" + self.HOLD)
        terminal.until(lambda: "change" in terminal.shown())
        self.assertRegex(terminal.shown(), r"-- profilegen: recording 0:0\d\n"
                         r"   \d+ syscalls, \d+ capabilit(y|ies), \d+ changes? to files\n"
                         r"   last new item 0:0\d ago, still finding\n"
                         r"   nothing lost, recorder: [\d.]+ % of a processor")
        self.release()
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn(BLOCK, "\n".join(terminal.lines()))
        self.assertIn("profilegen-trace.json: ", terminal.shown())

    def test_what_command_prints_is_never_garbled(self):
        script = "i=0; while [ $i -lt 400 ]; do echo line $i; i=$((i+1)); sleep 0.01; done"
        terminal = self.record(script)
        self.assertEqual(terminal.wait(), 0)
        printed = [line for line in terminal.lines() if line and not line.startswith("profilegen:")]
        self.assertEqual(printed, [f"line {i}" for i in range(400)])
        self.assertIn(BLOCK.encode(), terminal.bytes)

    def test_a_line_without_an_end_is_left_alone(self):
        terminal = self.record("printf 'Password: '; sleep 2.5; read word; echo got $word")
        terminal.until(lambda: "Password:" in terminal.shown())
        end = time.monotonic() + 2.2
        while time.monotonic() < end:
            terminal.read()
            self.assertNotIn(BLOCK, terminal.shown())
        terminal.type(b"secret\n")
        self.assertEqual(terminal.wait(), 0)
        self.assertIn("Password: secret", terminal.lines())
        self.assertIn("got secret", terminal.lines())

    def test_a_program_that_moves_the_cursor_has_the_terminal_to_itself(self):
        program = r"printf '\033[2J\033[Hfull screen\r\n'; sleep 2.5; printf 'end\r\n'"
        terminal = self.record(program)
        terminal.until(lambda: "full screen" in terminal.shown())
        seen = terminal.bytes.index(b"full screen")
        self.assertEqual(terminal.wait(), 0)
        self.assertNotIn(BLOCK.encode(), terminal.bytes[seen:])

    def test_it_fits_a_terminal_that_changes_its_size(self):
        terminal = self.record("i=0; while [ $i -lt 60 ]; do echo row $i; i=$((i+1)); sleep 0.08; done; stty size </dev/stdout")
        terminal.until(lambda: BLOCK in terminal.shown())
        for rows, columns in ((30, 200), (12, 40), (5, 40), (24, 80)):
            terminal.resize(rows, columns)
            end = time.monotonic() + 0.9
            while time.monotonic() < end:
                terminal.read()
        self.assertEqual(terminal.wait(), 0)
        # The emulated terminal drops lines when it shrinks, so the bytes that were sent to it are checked.
        self.assertEqual(re.findall(rb"(?<=[\nJ])(row \d+)\r+\n", b"\n" + terminal.bytes), [b"row %d" % i for i in range(60)])
        self.assertIn("24 80", terminal.lines())
        self.assertNotIn(BLOCK, "\n".join(terminal.lines()))

    def test_the_terminal_is_as_it_was_whatever_ends_it(self):
        for end in ("exit", "ctrl-c", "term", "kill"):
            with self.subTest(end):
                terminal = self.record("echo ready; sleep 30" if end != "exit" else "echo ready" + self.HOLD)
                before = termios.tcgetattr(terminal.fd)
                terminal.until(lambda: "ready" in terminal.shown() and BLOCK in terminal.shown())
                if end == "ctrl-c":
                    terminal.type(b"\x03")
                elif end == "term":
                    os.kill(terminal.pid, signal.SIGTERM)
                elif end == "kill":
                    os.kill(terminal.pid, signal.SIGKILL)
                    terminal.until(lambda: BLOCK not in terminal.shown())
                    self.assertEqual(termios.tcgetattr(terminal.fd), before)
                    os.waitpid(terminal.pid, 0)
                    subprocess.run(["pkill", "-f", "^sleep 30$"], check=False)
                    continue
                else:
                    self.release()
                    terminal.until(lambda: BLOCK not in terminal.shown())
                status = terminal.wait()
                self.assertEqual(status, {"exit": 0, "ctrl-c": 130, "term": 143}[end])
                self.assertNotIn(BLOCK, "\n".join(terminal.lines()))
                self.assertFalse(terminal.screen.cursor.hidden)
                self.assertIn(pyte.modes.DECAWM, terminal.screen.mode)

    def test_losses_are_red_where_colours_are_wanted(self):
        many = "chown 1 . && chown 0 . && mkdir -p d" + self.HOLD  # more call sites than the map has room for
        for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            with self.subTest(environment):
                terminal = self.record(many, "--sizes", "capability_sites", "1", **environment)
                terminal.until(lambda: "lost: " in terminal.shown())
                row = next(y for y, line in enumerate(terminal.screen.display) if "lost: " in line)
                column = terminal.screen.display[row].index("lost: ")
                self.assertEqual(terminal.screen.buffer[row][column].fg == "red", coloured)
                self.release()
                terminal.wait()

    def test_quiet_and_dumb_terminals_show_nothing(self):
        for options, environment in ((["--quiet"], {}), ([], {"TERM": "dumb"})):
            with self.subTest(options):
                terminal = Terminal(self.directory, ["env", *(f"{k}={v}" for k, v in environment.items()), PROFILEGEN, "record",
                                                     *options, "--", "sh", "-c", "sleep 1.5; echo done"])
                self.assertEqual(terminal.wait(), 0)
                self.assertNotIn(BLOCK.encode(), terminal.bytes)
                self.assertIn("done", terminal.lines())

    def test_what_goes_elsewhere_is_not_taken(self):
        terminal = self.record("echo to the file; echo to the terminal >&2; sleep 1.3", columns=80)
        terminal.wait()
        done = Terminal(self.directory, ["sh", "-c", f"{PROFILEGEN} record -- sh -c 'echo to the file; echo said >&2; sleep 1.3' > out"])
        self.assertEqual(done.wait(), 0)
        with open(self.directory + "/out", encoding="utf-8") as file:
            self.assertEqual(file.read(), "to the file\n")
        self.assertIn("said", done.lines())
        self.assertIn(BLOCK.encode(), done.bytes)

    def test_what_runs_on_in_the_background_goes_on_printing(self):
        terminal = Terminal(self.directory, ["sh", "-c", f"{PROFILEGEN} record -- sh -c '(sleep 1; echo late) & echo now'; sleep 2"])
        self.assertEqual(terminal.wait(), 0)
        self.assertLessEqual({"now", "late"}, set(terminal.lines()))

    def test_without_a_terminal_there_is_a_line_now_and_then(self):
        said = self.long.communicate(timeout=31 + PATIENCE)[1]
        self.assertEqual(self.long.returncode, 0, said)
        lines = said.splitlines()
        self.assertEqual(len(lines), 2, said)
        self.assertRegex(lines[0], r"^profilegen: 0:30: \d+ syscalls, \d+ capabilit(y|ies), \d+ changes? to files; last new item 0:\d\d ago")

    def test_it_is_readable_at_80_and_200_columns(self):
        for columns in (80, 200):
            with self.subTest(columns):
                terminal = self.record("echo output of the command" + self.HOLD, columns=columns)
                terminal.until(lambda: "processor" in terminal.shown())
                if SCREENS:
                    with open(f"{SCREENS}/{columns}.txt", "w", encoding="utf-8") as file:
                        file.write(terminal.shown())
                block = [line for line in terminal.shown().splitlines() if line.startswith(("--", "   "))]
                self.assertEqual(len(block), 4)
                self.release()
                terminal.wait()


if os.geteuid() != 0:
    skip("root")
if pyte is None:
    skip("python3-pyte (scripts/install-deps.sh --test)")
unittest.main(argv=sys.argv[:1], verbosity=2)
