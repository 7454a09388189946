#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""completion_test.py PROFILEGEN SHELL: checks what the shell offers with the output of `profilegen completion`."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

PROFILEGEN, SHELL = sys.argv[1:3]
HERE = os.path.dirname(os.path.abspath(__file__))
RUN = {"bash": ["bash", "--norc", HERE + "/bash.sh"], "zsh": ["zsh", "-f", HERE + "/zsh.zsh"],
       "fish": ["fish", "--no-config", HERE + "/fish.fish"]}

if shutil.which(SHELL) is None:
    print(f"completion_{SHELL}: skipped: {SHELL} is needed: scripts/install-deps.sh --test")
    sys.exit(1 if os.environ.get("PROFILEGEN_REQUIRE_LIVE") else 77)


class Completion(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="profilegen-completion.")
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.script = cls.directory + "/completion"
        with open(cls.script, "wb") as file:
            subprocess.run([PROFILEGEN, "completion", SHELL], stdout=file, check=True)
        cls.work = cls.directory + "/work"
        os.makedirs(cls.work + "/webs")
        for name in ("web.trace.json", "other.json"):
            open(f"{cls.work}/{name}", "w", encoding="utf-8").close()

    def offered(self, *words):
        environment = dict(os.environ, HOME=self.work, XDG_CONFIG_HOME=self.work, TERM="dumb")
        done = subprocess.run([*RUN[SHELL], self.script, "profilegen", *words], cwd=self.work, env=environment, timeout=60,
                              capture_output=True, text=True, check=True)
        return {word.rstrip("/ ") for word in done.stdout.split("\n") if word.strip()}

    def test_commands(self):
        self.assertEqual(self.offered("em"), {"emit"})
        self.assertLessEqual({"record", "emit", "diff", "report", "doctor"}, self.offered(""))

    def test_options_of_a_command(self):
        self.assertEqual(self.offered("emit", "--fo"), {"--format"})
        self.assertLessEqual({"--container", "--duration", "--output"}, self.offered("record", "--"))
        self.assertNotIn("--duration", self.offered("emit", "--"))

    def test_words_that_an_option_takes(self):
        self.assertEqual(self.offered("emit", "--format", "dock"), {"docker", "docker-apparmor"})
        self.assertEqual(self.offered("diff", "--format", ""), {"text", "json", "markdown", "sarif", "github"})

    def test_files_and_directories(self):
        self.assertEqual(self.offered("emit", "web"), {"web.trace.json", "webs"})
        self.assertEqual(self.offered("emit", "-o", "web"), {"webs"})
        self.assertEqual(self.offered("verify", "web"), {"webs"})
        self.assertEqual(self.offered("diff", "other.json", "web"), {"web.trace.json", "webs"})

    def test_words_of_a_positional(self):
        self.assertEqual(self.offered("completion", "z"), {"zsh"})
        self.assertEqual(self.offered("manual", "rec"), {"record"})

    def test_what_is_recorded_is_completed_as_a_command(self):
        self.assertIn("uname", self.offered("record", "--", "unam"))
        self.assertIn("other.json", self.offered("record", "--", "cat", "oth"))


unittest.main(argv=sys.argv[:1], verbosity=2)
