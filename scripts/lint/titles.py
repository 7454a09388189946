# SPDX-License-Identifier: Apache-2.0
"""Checks the titles of commits since LINT_BASE, and of HEAD: on main, only HEAD's can still be changed. Skips merges."""
import os

from project import end, output_of

LONGEST = 72


def titles():
    log = ("git", "log", "--no-merges", "--format=%h %s")
    listed = output_of(*log, f"{os.environ['LINT_BASE']}..HEAD") + output_of(*log, "--max-count=1", "HEAD")
    return [line.partition(" ") for line in listed.splitlines()]


end([f"commit {commit}: its title has {len(title)} characters, more than {LONGEST}: move the rest to the body: {title}"
     for commit, _, title in titles() if len(title) > LONGEST])
