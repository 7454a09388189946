// SPDX-License-Identifier: Apache-2.0
// Changes to files are recorded with the path that the kernel resolves.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/recorded.h"

namespace fs = std::filesystem;
using profilegen::FileOp;
using Names = std::set<std::string>;

namespace {

Names lines(const std::string& text) {
  Names found;
  for (size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
    found.insert(text.substr(begin, end - begin));
  return found;
}

// The changes of COMMAND below the scratch directory, as "operation path" relative to it.
Names changes(const Scratch& scratch, const Words& command) {
  const std::string below = " " + scratch.path() + "/";
  Names found;
  for (const std::string& change : writes(scratch.record(command))) {
    const size_t at = change.find(below);
    if (at != std::string::npos) found.insert(change.substr(0, at + 1) + change.substr(at + below.size()));
  }
  return found;
}

Names python(const Scratch& scratch, const std::string& script) {
  return changes(scratch, {"/usr/bin/python3", "-c", "import os\n" + script});
}

}  // namespace

TEST_CASE("Every kind of change is recorded, each with its own path, and nothing else") {
  const Scratch scratch;
  fs::create_directory(scratch.path() + "/ground");
  const Words command{PROFILEGEN, "record", "--quiet", "--", prog("file_ops"), scratch.path() + "/ground"};
  const Outcome outcome = scratch.run(command);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  const auto trace = profilegen::load_trace(scratch.path() + "/profilegen-trace.json");
  REQUIRE(trace);
  const Names done = lines(outcome.out);
  Names recorded;
  for (const auto& [key, fact] : trace->files)
    if (key.op != FileOp::READ && key.path.rfind(scratch.path(), 0) == 0)
      recorded.insert(std::string(file_op_name(key.op)) + " " + key.path);
  CHECK(without(done, recorded) == Names{});
  CHECK(without(recorded, done) == Names{});
  CHECK(done.size() > 60);
}

TEST_CASE("Names are bytes: white space, brackets, line ends and what is no UTF-8") {
  const Scratch scratch;
  const Names found = python(scratch, R"(
for name in b" ", b"a b", b"[x] {y} *?", b"back\\slash", b"line\nend", b"not \xff utf-8 \xc3", "é".encode(), b"\"q\"":
    os.mkdir(name)
    open(name + b"/f", "x").close()
    os.chmod(name, 0o700)
)");
  Names expected;
  for (const char* name : {" ", "a b", "[x] {y} *?", "back\\slash", "line\nend", "not \xff utf-8 \xc3", "é", "\"q\""})
    for (const char* change : {"mkdir %", "chmod %", "create %/f", "write %/f"}) {
      std::string text(change);
      expected.insert(text.replace(text.find('%'), 1, name));
    }
  CHECK(found == expected);
}

TEST_CASE("A path through symbolic links is recorded as the place that it leads to") {
  const Scratch scratch;
  fs::create_directories(scratch.path() + "/real/deep");
  fs::create_symlink("real", scratch.path() + "/link");
  fs::create_symlink(scratch.path() + "/link/deep", scratch.path() + "/absolute");
  scratch.write("real/target", "x");
  fs::create_symlink("target", scratch.path() + "/real/last");
  fs::create_symlink("target", scratch.path() + "/real/other");
  const Names found = python(scratch, R"(
open("link/a", "x").close()
os.mkdir("absolute/b")
os.mkdir("absolute/../c")
os.chmod("link/last", 0o600)
os.truncate("link/last", 0)
os.unlink("link/other")
)");
  CHECK(found == Names{"create real/a", "write real/a", "mkdir real/deep/b", "mkdir real/c", "chmod real/target",
                       "truncate real/target", "unlink real/other"});
}

TEST_CASE("In a chroot, absolute names and links are the chroot's") {
  const Scratch scratch;
  fs::create_directories(scratch.path() + "/jail/etc");
  fs::create_symlink("/etc", scratch.path() + "/jail/link");
  const Names found = python(scratch, R"(
os.chroot("jail")
os.chdir("/")
os.mkdir("/a")
os.mkdir("b")
os.mkdir("/link/c")
os.mkdir("/../../d")
open("/link/e", "x").close()
os.chmod("/link", 0o700)
)");
  CHECK(found == Names{"mkdir jail/a", "mkdir jail/b", "mkdir jail/etc/c", "mkdir jail/d", "create jail/etc/e",
                       "write jail/etc/e", "chmod jail/etc"});
}

TEST_CASE("A directory that is renamed while it is the working directory has its new name from then on") {
  const Scratch scratch;
  const Names found = python(scratch, R"(
os.mkdir("old")
os.chdir("old")
os.mkdir("a")
open("b", "x").close()
os.rename("../old", "../new")
os.mkdir("a2")
open("b2", "x").close()
os.chmod("b", 0o600)
)");
  CHECK(found == Names{"mkdir old", "mkdir old/a", "create old/b", "write old/b", "rename-from old", "rename-to new",
                       "mkdir new/a2", "create new/b2", "write new/b2", "chmod new/b"});
}

TEST_CASE("A program whose working directory is deleted is recorded") {
  const Scratch scratch;
  const Names found = python(scratch, R"(
os.mkdir("gone")
os.chdir("gone")
os.rmdir("../gone")
os.mkdir(")" + scratch.path() + R"(/elsewhere")
try: os.mkdir("impossible")
except FileNotFoundError: pass
else: raise SystemExit(1)
)");
  CHECK(found == Names{"mkdir gone", "rmdir gone", "mkdir elsewhere"});
}

TEST_CASE("A change that failed is none") {
  const Scratch scratch;
  const Names found = python(scratch, R"(
for change in lambda: os.mkdir("no/where"), lambda: os.unlink("missing"), lambda: os.rename("a", "b"), \
              lambda: os.chmod("missing", 0), lambda: open("missing/file", "w"):
    try: change()
    except OSError: pass
    else: raise SystemExit(1)
)");
  CHECK(found == Names{});
}

TEST_CASE("Pipes, sockets and memory are no files that need a place") {
  const Scratch scratch;
  const Names found = writes(scratch.record({"/usr/bin/python3", "-c", R"(
import os, socket
read, write = os.pipe()
os.write(write, b"x")
a, b = socket.socketpair()
a.send(b"x")
memory = os.memfd_create("name")
os.truncate(memory, 100)
os.fchmod(memory, 0o600)
)"}));
  CHECK(found == Names{});
}
