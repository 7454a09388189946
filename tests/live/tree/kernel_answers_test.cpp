// SPDX-License-Identifier: Apache-2.0
// Which programs the kernel loads is remembered until the next boot. What is remembered never makes a recording
// another.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/recorded.h"

namespace fs = std::filesystem;

namespace {

const std::string kFile = "/run/profilegen/kernel-answers";

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// "fact: hook" of a recording of its own.
std::set<std::string> hooks_used() {
  const Scratch scratch;
  const profilegen::Trace trace = scratch.record({"true"});
  std::set<std::string> hooks;
  for (const profilegen::HookUse& use : only_run(trace).hooks) hooks.insert(use.fact + ": " + use.hook);
  return hooks;
}

/// The file as a recording leaves it.
std::string fresh_answers() {
  fs::remove(kFile);
  (void)hooks_used();
  return text_of(kFile);
}

/// All that the kernel refused is said to load.
std::string with_nothing_refused(std::string text) {
  for (size_t at = text.find("\n1 "); at != std::string::npos; at = text.find("\n1 ")) text[at + 1] = '0';
  return text;
}

}  // namespace

TEST_CASE("A recording leaves what the kernel loads to the next one, which uses the same hooks") {
  const std::string answers = fresh_answers();
  CHECK_FALSE(answers.empty());
  struct stat file {};
  REQUIRE(stat(kFile.c_str(), &file) == 0);
  CHECK((file.st_uid == 0 && (file.st_mode & 0777) == 0644));
  const auto hooks = hooks_used();
  CHECK(text_of(kFile) == answers);
  fs::remove(kFile);
  CHECK(hooks_used() == hooks);
}

TEST_CASE("Where the kernel refuses what is remembered to load, it is tried anew") {
  const std::string answers = fresh_answers();
  const auto hooks = hooks_used();
  std::ofstream(kFile) << with_nothing_refused(answers);
  CHECK(hooks_used() == hooks);
  CHECK(text_of(kFile) == answers);
}

TEST_CASE("Answers of another boot, or of another user, are not believed") {
  const std::string answers = fresh_answers();
  const auto hooks = hooks_used();
  const std::string wrong = with_nothing_refused(answers);
  std::ofstream(kFile) << std::string(wrong).replace(wrong.find('\n') + 1, 8, "00000000");
  CHECK(hooks_used() == hooks);
  CHECK(text_of(kFile) == answers);

  std::ofstream(kFile) << wrong;
  REQUIRE(chown(kFile.c_str(), 1000, 1000) == 0);
  CHECK(hooks_used() == hooks);
  CHECK(text_of(kFile) == answers);
}
