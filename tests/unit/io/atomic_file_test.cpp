// SPDX-License-Identifier: Apache-2.0
#include "profilegen/atomic_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <thread>

#include "temporary_directory.h"

using namespace profilegen;
namespace fs = std::filesystem;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("a file is written and replaced whole") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  REQUIRE(write_file(path, "one"));
  CHECK(read_back(path) == "one");
  REQUIRE(write_file(path, "second"));
  CHECK(read_back(path) == "second");
  CHECK(directory.entries() == 1);
}

TEST_CASE("a new file obeys the umask, an old one keeps its mode") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  const mode_t before = ::umask(027);
  REQUIRE(write_file(path, "x"));
  CHECK(mode_of(path) == 0640);
  REQUIRE(::chmod(path.c_str(), 0604) == 0);
  REQUIRE(write_file(path, "y"));
  CHECK(mode_of(path) == 0604);
  ::umask(before);
}

TEST_CASE("a reader of the old file never sees the new one") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  REQUIRE(write_file(path, "old"));
  std::ifstream reader(path);
  REQUIRE(write_file(path, "new and longer"));
  CHECK(std::string(std::istreambuf_iterator<char>(reader), {}) == "old");
}

TEST_CASE("a symbolic link stays, and what it points to is replaced") {
  const TemporaryDirectory directory;
  fs::create_directory(directory.file("real"));
  write_plain(directory.file("real/target"), "old");
  fs::create_symlink("real/target", directory.file("link"));
  fs::create_symlink("link", directory.file("link2"));
  REQUIRE(write_file(directory.file("link2"), "new"));
  CHECK(fs::is_symlink(directory.file("link")));
  CHECK(fs::is_symlink(directory.file("link2")));
  CHECK_FALSE(fs::is_symlink(directory.file("real/target")));
  CHECK(read_back(directory.file("real/target")) == "new");
}

TEST_CASE("a dangling link's target is made, a loop is an error") {
  const TemporaryDirectory directory;
  fs::create_symlink("later", directory.file("link"));
  REQUIRE(write_file(directory.file("link"), "x"));
  CHECK(read_back(directory.file("later")) == "x");
  fs::create_symlink("loop", directory.file("loop"));
  // rename() would replace the symbolic link itself.
  CHECK_FALSE(write_file(directory.file("loop"), "x"));
  CHECK(fs::is_symlink(directory.file("loop")));
}

TEST_CASE("devices are written to, not replaced") {
  REQUIRE(write_file("/dev/null", "x"));
  CHECK(fs::is_character_file("/dev/null"));
  const auto full = write_file("/dev/full", "x");
  REQUIRE_FALSE(full);
  CHECK(full.error().line() == "/dev/full: cannot be written: No space left on device");
  CHECK(fs::is_character_file("/dev/full"));
}

TEST_CASE("a named pipe is written to, not replaced") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("pipe");
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::string seen;
  std::thread reader([&] { seen = read_back(path); });
  const auto written = write_file(path, "through");
  reader.join();
  REQUIRE(written);
  CHECK(seen == "through");
  CHECK(fs::is_fifo(path));
}

TEST_CASE("standard output is written to where it stands") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("stdout");
  fs::create_symlink("/dev/stdout", directory.file("link"));
  const pid_t child = ::fork();
  if (child == 0) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    ::dup2(file, STDOUT_FILENO);
    bool fine = true;
    for (const std::string& target : {std::string("-"), std::string("/dev/stdout"), std::string("/proc/self/fd/1"),
                                      std::string("/dev/fd/1"), directory.file("link")}) {
      fine = fine && write_file(target, "x");
    }
    ::_exit(fine ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(read_back(path) == "xxxxx");
  CHECK(fs::is_symlink("/dev/stdout"));
}

TEST_CASE("what can't be written is said, and leaves nothing behind") {
  const TemporaryDirectory directory;
  const auto missing = write_file(directory.file("no/such/out.json"), "x");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().object == directory.file("no/such/out.json"));
  CHECK(missing.error().errnum == ENOENT);
  CHECK_THAT(missing.error().what, Catch::Contains(directory.file("no/such")));

  const auto is_directory = write_file(directory.path().string(), "x");
  REQUIRE_FALSE(is_directory);
  CHECK(is_directory.error().line() == directory.path().string() + ": is a directory, not a file");
  CHECK_FALSE(write_file(directory.file("out/"), "x"));
  CHECK_FALSE(write_file("", "x"));
  CHECK(directory.entries() == 0);
}

TEST_CASE("a failed write removes the temporary file and keeps the old one") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  REQUIRE(write_file(path, "old"));
  const pid_t child = ::fork();
  if (child == 0) {
    // A limit on file sizes replaces a full disk.
    const rlimit limit{16, 16};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);
    ::_exit(write_file(path, std::string(1000, 'x')) ? 1 : 0);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(status == 0);
  CHECK(read_back(path) == "old");
  CHECK(directory.entries() == 1);
}

TEST_CASE("whoever is killed while it writes leaves nothing behind") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  REQUIRE(write_file(path, "old"));
  const pid_t child = ::fork();
  if (child == 0) {
    static_cast<void>(write_file(path, [](const TextSink& sink) {
      sink(std::string(200000, 'x'));
      ::raise(SIGKILL);
    }));
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WIFSIGNALED(status));
  CHECK(read_back(path) == "old");
  CHECK(directory.entries() == 1);
}

TEST_CASE("a text that comes in pieces is written whole, and after a failure no more of it") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("out.json");
  std::string expected;
  REQUIRE(write_file(path, [&](const TextSink& sink) {
    for (const size_t size : {1, 65535, 65536, 65537, 0, 200000, 3}) {
      const std::string piece(size, static_cast<char>('a' + size % 26));
      expected += piece;
      sink(piece);
    }
  }));
  CHECK(read_back(path) == expected);
  const auto full = write_file("/dev/full", [](const TextSink& sink) {
    for (int i = 0; i < 10; ++i) sink(std::string(70000, 'x'));
  });
  REQUIRE_FALSE(full);
  CHECK(full.error().errnum == ENOSPC);
}
