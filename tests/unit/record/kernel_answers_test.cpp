// SPDX-License-Identifier: Apache-2.0
#include "kernel/kernel_answers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "profilegen/temporary_directory.h"

using namespace profilegen;

namespace {

/// A place of our own, and how often the kernel was asked.
struct Place {
  TemporaryDirectory scratch = std::move(TemporaryDirectory::create()).value();
  std::string directory = scratch.path() + "/profilegen";
  std::string file = directory + "/kernel-answers";
  int asked = 0;

  [[nodiscard]] KernelAnswers open(const std::string& kernel = "boot 1, kernel 6.1", uid_t owner = geteuid()) const {
    return KernelAnswers({directory, owner}, kernel);
  }
  int ask(KernelAnswers& answers, int answer = EPERM, const std::string& question = "load fentry") {
    return answers.get(question, [&] { return ++asked, answer; });
  }
  void remember() {
    KernelAnswers first = open();
    ask(first);
    first.save();
    asked = 0;
  }
  /// Whether an answer that another run would give is believed.
  bool believed(const std::string& kernel = "boot 1, kernel 6.1", uid_t owner = geteuid()) {
    KernelAnswers answers = open(kernel, owner);
    const bool known = ask(answers, 0) == EPERM;
    CHECK(asked == (known ? 0 : 1));
    CHECK(answers.used_file() == known);
    asked = 0;
    return known;
  }
  void write(const std::string& text) const { std::ofstream(file, std::ios::trunc) << text; }
  [[nodiscard]] std::string text() const {
    std::ostringstream all;
    all << std::ifstream(file).rdbuf();
    return all.str();
  }
};

}  // namespace

TEST_CASE("what a kernel answered is not asked again, by this run or the next one") {
  Place place;
  KernelAnswers first = place.open();
  CHECK(place.ask(first) == EPERM);
  CHECK(place.ask(first) == EPERM);
  CHECK(place.asked == 1);
  CHECK_FALSE(first.used_file());
  first.save();
  place.asked = 0;
  CHECK(place.believed());
}

TEST_CASE("what one run did not ask stays known") {
  Place place;
  place.remember();
  KernelAnswers second = place.open();
  place.ask(second, 0, "kprobe cap_capable");
  second.save();
  place.asked = 0;
  CHECK(place.believed());
}

TEST_CASE("the answers of another boot, kernel or set of privileges are none") {
  Place place;
  place.remember();
  CHECK_FALSE(place.believed("boot 2, kernel 6.1"));
  CHECK(answering_kernel() == answering_kernel());
  CHECK(answering_kernel().find('\n') == std::string::npos);
}

TEST_CASE("a file that another user could have written is not believed") {
  Place place;
  place.remember();
  SECTION("another's") { CHECK_FALSE(place.believed("boot 1, kernel 6.1", geteuid() + 1)); }
  SECTION("anybody may write it") {
    chmod(place.file.c_str(), 0666);
    CHECK_FALSE(place.believed());
  }
  SECTION("anybody may replace it") {
    chmod(place.directory.c_str(), 0777);
    CHECK_FALSE(place.believed());
  }
  SECTION("it is a link") {
    std::filesystem::rename(place.file, place.scratch.path() + "/elsewhere");
    std::filesystem::create_symlink(place.scratch.path() + "/elsewhere", place.file);
    CHECK_FALSE(place.believed());
  }
  SECTION("its directory is a link") {
    std::filesystem::rename(place.directory, place.scratch.path() + "/elsewhere");
    std::filesystem::create_directory_symlink(place.scratch.path() + "/elsewhere", place.directory);
    CHECK_FALSE(place.believed());
  }
}

TEST_CASE("a damaged file is not believed, and replaced by the next run") {
  Place place;
  place.remember();
  const std::string whole = place.text();
  SECTION("cut off") { place.write(whole.substr(0, whole.size() - 4)); }
  SECTION("empty") { place.write(""); }
  SECTION("an answer that is no number") { place.write(std::string(whole).replace(whole.find("\n1 "), 3, "\nx ")); }
  SECTION("an answer without a question") { place.write(std::string(whole).insert(whole.rfind("end"), "1 \n")); }
  SECTION("two answers to one question") {
    place.write(std::string(whole).insert(whole.rfind("end"), "0 load fentry\n"));
  }
  SECTION("longer than any") { place.write(whole + std::string(1 << 20, 'x')); }
  SECTION("a pipe, which nobody writes to") {
    std::filesystem::remove(place.file);
    REQUIRE(mkfifo(place.file.c_str(), 0600) == 0);
  }
  CHECK_FALSE(place.believed());
  place.remember();
  CHECK(place.believed());
}

TEST_CASE("where the file can't be written, nothing is lost but time") {
  Place place;
  SECTION("the directory can't be made") {
    place.directory = place.scratch.path() + "/missing/profilegen";
    place.remember();
    CHECK_FALSE(place.believed());
  }
  SECTION("it is not ours to write") {
    KernelAnswers answers = place.open("boot 1, kernel 6.1", geteuid() + 1);
    place.ask(answers);
    answers.save();
    CHECK_FALSE(std::filesystem::exists(place.directory));
  }
}

TEST_CASE("answers that turned out wrong are forgotten, and asked for anew") {
  Place place;
  place.remember();
  KernelAnswers answers = place.open();
  place.ask(answers);
  REQUIRE(answers.used_file());
  answers.forget();
  CHECK(place.ask(answers, 0) == 0);
  CHECK_FALSE(answers.used_file());
  answers.save();
  KernelAnswers next = place.open();
  place.asked = 0;
  CHECK(place.ask(next) == 0);
  CHECK(place.asked == 0);
}

TEST_CASE("a lack of memory or of descriptors is no lasting answer") {
  Place place;
  for (const int passing : {ENOMEM, EAGAIN, EINTR, EMFILE, ENFILE, -1}) {
    KernelAnswers answers = place.open();
    CHECK(place.ask(answers, passing) == passing);
    CHECK(place.ask(answers, EPERM) == EPERM);
  }
}
