// SPDX-License-Identifier: Apache-2.0
#include "profilegen/process/messages_copy.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "profilegen/unique_fd.h"

using namespace profilegen;

namespace {

/// Our own standard error is a file in memory while this object lives.
class StandardError {
 public:
  StandardError() : before_(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)), file_(memfd_create("stderr", MFD_CLOEXEC)) {
    dup2(file_.get(), STDERR_FILENO);
  }
  StandardError(const StandardError&) = delete;
  StandardError& operator=(const StandardError&) = delete;
  ~StandardError() { dup2(before_.get(), STDERR_FILENO); }

  [[nodiscard]] std::string content() const {
    std::string text(size_t{1} << 20U, '\0');
    const ssize_t length = pread(file_.get(), text.data(), text.size(), 0);
    text.resize(length > 0 ? static_cast<size_t>(length) : 0);
    return text;
  }

 private:
  UniqueFd before_;
  UniqueFd file_;
};

void say(int fd, const std::string& text) { REQUIRE(write(fd, text.data(), text.size()) == ssize_t(text.size())); }

}  // namespace

TEST_CASE("what a command says is passed on, and kept") {
  const StandardError standard_error;
  auto messages = MessagesCopy::start();
  REQUIRE(messages);
  say(messages->input(), "one\n");
  say(messages->input(), "two\n");
  CHECK(messages->finish() == "one\ntwo\n");
  CHECK(standard_error.content() == "one\ntwo\n");
}

TEST_CASE("of a long text the beginning is kept, and all is passed on") {
  const StandardError standard_error;
  auto messages = MessagesCopy::start();
  REQUIRE(messages);
  const std::string piece(1000, 'x');
  for (int i = 0; i < 100; ++i) say(messages->input(), piece);
  CHECK(messages->finish() == std::string(65536, 'x'));
  CHECK(standard_error.content().size() == 100000);
}

TEST_CASE("a writer that goes on does not hold up the end") {
  const StandardError standard_error;
  auto messages = MessagesCopy::start();
  REQUIRE(messages);
  const UniqueFd other(fcntl(messages->input(), F_DUPFD_CLOEXEC, 3));
  say(other.get(), "text");
  CHECK(messages->finish() == "text");
}
