# SPDX-License-Identifier: Apache-2.0
"""Checks that each source file belongs to a target. For bpf/, its CMakeLists.txt does that."""
from compilation import commands, configure
from project import all_files, end, with_suffix

# Compiled elsewhere: by bpf/'s own rules, and in the test images.
ELSEWHERE = ("bpf/", "tests/live/images/")

configure()
compiled = commands().keys()
sources = [name for name in with_suffix(all_files(), ".c", ".cpp") if not name.startswith(ELSEWHERE)]
end([f"{name}:1: in no CMakeLists.txt, so that nobody compiles it: add it there, or delete it"
     for name in sources if name not in compiled])
