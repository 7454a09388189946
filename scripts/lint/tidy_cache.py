# SPDX-License-Identifier: Apache-2.0
"""Remembers which files clang-tidy found clean. An entry is named after the file's text, its command line, the configuration
and clang-tidy's version; it lists the headers that were read, and a digest of what was in them. Paths are written relative to
the top and the build directory, so that another clone finds it, too."""
import hashlib
import os
import tempfile
import time

from project import all_files, output_of

DAYS_KEPT = 30


def place():
    home = "/var/cache" if os.getuid() == 0 else os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(os.environ.get("PROFILEGEN_CACHE") or home + "/profilegen", "tidy")


def digest(*parts):
    return hashlib.sha256(b"\0".join(part if isinstance(part, bytes) else part.encode() for part in parts)).hexdigest()


def bytes_of(path):
    with open(path, "rb") as file:
        return file.read()


class TidyCache:
    def __init__(self, commands, build):
        self.commands = commands
        self.roots = (("@BUILD@", build), ("@TOP@", os.getcwd()))
        self.digests = {}
        self.directory = place()
        configuration = [name for name in all_files() if os.path.basename(name) == ".clang-tidy"]
        self.setting = digest(output_of("clang-tidy", "--version"), *map(bytes_of, configuration))
        self.is_usable = self.prepare()

    def prepare(self):
        """Without a home nothing is remembered; all is checked as ever."""
        try:
            os.makedirs(self.directory, exist_ok=True)
            self.forget_old()
        except OSError:
            return False
        return os.access(self.directory, os.W_OK)

    def has(self, name):
        if not self.is_usable:
            return False
        try:
            with open(self.entry(name), encoding="utf-8") as file:
                told, *files = file.read().splitlines()
        except FileNotFoundError:
            return False
        if told != self.digest_of(map(self.here, files)):
            return False
        os.utime(self.entry(name))
        return True

    def add(self, name, files):
        if not self.is_usable:
            return
        files = sorted({self.anywhere(os.path.abspath(file)) for file in files})
        lines = [self.digest_of(map(self.here, files)), *files]
        # It gets its name when it is whole.
        descriptor, unfinished = tempfile.mkstemp(dir=self.directory)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        os.replace(unfinished, self.entry(name))

    def entry(self, name):
        return os.path.join(self.directory, digest(self.setting, name, self.anywhere(self.commands[name]), bytes_of(name)))

    def digest_of(self, paths):
        return digest(*(self.file_digest(path) for path in paths))

    def file_digest(self, path):
        if path not in self.digests:
            self.digests[path] = digest(bytes_of(path)) if os.path.isfile(path) else "none"
        return self.digests[path]

    def anywhere(self, text):
        for mark, root in self.roots:
            text = text.replace(root, mark)
        return text

    def here(self, text):
        for mark, root in self.roots:
            text = text.replace(mark, root)
        return text

    def forget_old(self):
        for entry in os.scandir(self.directory):
            if time.time() - entry.stat().st_mtime > DAYS_KEPT * 24 * 3600:
                os.unlink(entry.path)
