// SPDX-License-Identifier: Apache-2.0
#include "kernel/kernel_answers.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <vector>

#include "kernel/privileges.h"
#include "profilegen/process/small_file.h"
#include "profilegen/unique_fd.h"

namespace profilegen {
namespace {

constexpr const char* kFile = "kernel-answers";
constexpr std::string_view kHead = "profilegen kernel answers, version 1";
constexpr std::string_view kEnd = "end";
constexpr size_t kMostBytes = 64 << 10;

std::string in_one_line(std::string text) {
  for (char& c : text)
    if (c == '\n') c = ' ';
  return text;
}

bool is_the_owners_alone(int fd, mode_t kind, uid_t owner) {
  struct stat status {};
  return fstat(fd, &status) == 0 && (status.st_mode & S_IFMT) == kind && status.st_uid == owner &&
         (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

UniqueFd open_directory(const AnswersPlace& place) {
  UniqueFd directory(open(place.directory.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (directory && !is_the_owners_alone(directory.get(), S_IFDIR, place.owner)) directory.reset();
  return directory;
}

// "" if the file does not exist, is not the owner's alone, or is longer than this program writes it.
std::string trusted_text(const AnswersPlace& place) {
  const UniqueFd directory = open_directory(place);
  if (!directory) return "";
  const UniqueFd file(openat(directory.get(), kFile, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file || !is_the_owners_alone(file.get(), S_IFREG, place.owner)) return "";
  std::string text;
  std::array<char, 4096> piece{};
  for (ssize_t length = 1; length > 0 && text.size() <= kMostBytes;) {
    length = ::read(file.get(), piece.data(), piece.size());
    if (length > 0) text.append(piece.data(), static_cast<size_t>(length));
  }
  return text.size() <= kMostBytes ? text : "";
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

// Parses a line like "22 load 26 …": the answer, then the question.
bool add_line(std::map<std::string, int>& answers, std::string_view line) {
  int answer = 0;
  const auto [rest, failed] = std::from_chars(line.data(), line.data() + line.size(), answer);
  const auto digits = static_cast<size_t>(rest - line.data());
  if (failed != std::errc() || digits + 1 >= line.size() || line[digits] != ' ') return false;
  return answers.emplace(line.substr(digits + 1), answer).second;
}

bool is_lasting(int answer) {
  return answer >= 0 && answer != ENOMEM && answer != EAGAIN && answer != EINTR && answer != EMFILE && answer != ENFILE;
}

bool write_all(int fd, std::string_view text) {
  return write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// Writes a new file and renames it, since another process may be reading.
void replace_file(const UniqueFd& directory, std::string_view text) {
  const std::string fresh = std::string(kFile) + "." + std::to_string(getpid());
  const UniqueFd file(
      openat(directory.get(), fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!file) return;
  if (fchmod(file.get(), 0644) != 0 || !write_all(file.get(), text) ||
      renameat(directory.get(), fresh.c_str(), directory.get(), kFile) != 0)
    unlinkat(directory.get(), fresh.c_str(), 0);
}

}  // namespace

std::string answering_kernel() {
  utsname system{};
  uname(&system);
  return in_one_line(read_small_file("/proc/sys/kernel/random/boot_id") + " " + system.release + " " + system.version +
                     " " + system.machine + " " + read_small_file("/sys/kernel/security/lockdown") + " " +
                     std::to_string(effective_capabilities()));
}

KernelAnswers::KernelAnswers(AnswersPlace place, std::string kernel)
    : place_(std::move(place)), kernel_(std::move(kernel)) {
  read();
}

void KernelAnswers::read() {
  const std::string text = trusted_text(*place_);
  const auto lines = lines_of(text);
  if (lines.size() < 3 || lines[0] != kHead || lines[1] != kernel_ || lines.back() != kEnd) return;
  for (size_t i = 2; i + 1 < lines.size(); ++i)
    if (!add_line(from_file_, lines[i])) return from_file_.clear();
}

int KernelAnswers::get(const std::string& question, const std::function<int()>& ask) {
  if (const auto known = answers_.find(question); known != answers_.end()) return known->second;
  const auto remembered = from_file_.find(question);
  const bool is_remembered = remembered != from_file_.end();
  const int answer = is_remembered ? remembered->second : ask();
  if (!is_lasting(answer)) return answer;
  used_file_ |= is_remembered;
  changed_ |= !is_remembered;
  answers_.emplace(question, answer);
  return answer;
}

void KernelAnswers::forget() {
  answers_.clear();
  from_file_.clear();
  used_file_ = false;
  changed_ = true;
}

std::string KernelAnswers::text() const {
  std::map<std::string, int> all = answers_;
  all.insert(from_file_.begin(), from_file_.end());
  std::string text = std::string(kHead) + "\n" + kernel_ + "\n";
  for (const auto& [question, answer] : all) text += std::to_string(answer) + " " + question + "\n";
  return text + std::string(kEnd) + "\n";
}

void KernelAnswers::save() {
  if (!place_ || !changed_ || geteuid() != place_->owner) return;
  changed_ = false;
  mkdir(place_->directory.c_str(), 0755);  // may exist; open_directory() checks its owner
  if (const UniqueFd directory = open_directory(*place_)) replace_file(directory, text());
}

}  // namespace profilegen
