// SPDX-License-Identifier: Apache-2.0
// The emitted AppArmor profile: AppArmor's parser accepts it, and its rules allow everything that was recorded.
#include <catch2/catch.hpp>
#include <regex>

#include "support/workload.h"

using profilegen::FileFact;
using profilegen::FileKey;
using profilegen::FileOp;

namespace {

const std::string kPlaces = "profilegen-test/places";

/// Converts the part of AppArmor's pattern syntax that we use (apparmor.d(5)) to a regular expression.
std::regex expression(const std::string& pattern) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const std::string rest = pattern.substr(i);
    std::smatch octal;
    if (rest.starts_with("[0-9]*")) {
      text += "[0-9][^/]*";
      i += 5;
    } else if (rest.starts_with("**")) {
      text += "[^]+";
      i += 1;
    } else if (rest[0] == '*') {
      text += rest == "*" && text.ends_with('/') ? "[^/]+" : "[^/]*";
    } else if (std::regex_search(rest, octal, std::regex(R"(^\\[0-7]{3})"))) {
      text += "\\x" + std::string(1, "0123456789abcdef"[std::stoi(rest.substr(1, 3), nullptr, 8) / 16]) +
              "0123456789abcdef"[std::stoi(rest.substr(1, 3), nullptr, 8) % 16];
      i += 3;
    } else {
      if (rest[0] == '\\') ++i;
      if (std::string(".^$|()[]{}*+?\\").find(pattern[i]) != std::string::npos) text += '\\';
      text += pattern[i];
    }
  }
  return std::regex(text);
}

/// The path as AppArmor's hooks see it.
std::string seen_path(const FileKey& key, const FileFact& fact) {
  if (key.op == FileOp::TMPFILE) return key.path + "/#1";
  return fact.directory && key.path != "/" ? key.path + "/" : key.path;
}

class Rules {
 public:
  explicit Rules(const profilegen::Profile& profile) {
    for (const auto& [pattern, rule] : profile.files) rules_.emplace_back(expression(pattern), rule.permissions);
  }
  /// The permissions of all rules that match the path.
  [[nodiscard]] std::string of(const std::string& path) const {
    std::string letters;
    for (const auto& [pattern, permissions] : rules_)
      if (std::regex_match(path, pattern)) letters += permissions;
    return letters;
  }

 private:
  std::vector<std::pair<std::regex, std::string>> rules_;
};

std::string allowed(const profilegen::Profile& profile, const std::string& path) { return Rules(profile).of(path); }

/// "OPERATION PATH" of each recorded operation that the rules refuse.
std::set<std::string> refused(const Workload& work) {
  const Rules rules(work.profile());
  std::set<std::string> lines;
  for (const auto& [key, fact] : work.trace().files) {
    const std::string letters = rules.of(seen_path(key, fact));
    for (const char letter : file_op_apparmor(key.op))
      if (letters.find(letter) == std::string::npos) lines.insert(std::string(file_op_name(key.op)) + " " + key.path);
  }
  return lines;
}

void check_profile(const Workload& work) {
  const Outcome parsed =
      work.scratch().run({"apparmor_parser", "-Q", "-K", work.scratch().path() + "/profilegen-out/apparmor.profile"});
  INFO(parsed.err);
  CHECK(parsed.status == 0);
  CHECK(refused(work) == std::set<std::string>{});
  CHECK(work.trace().files.size() > 3);
  CHECK(allowed(work.profile(), "/etc/shadow").empty());
}

}  // namespace

TEST_CASE("An interpreted service: its interpreter, its libraries and what the kernel maps with them") {
  const Workload work({}, "profilegen-test/python",
                      "python3 -c 'import ctypes, json, socket, tempfile, mmap; tempfile.mkstemp(); "
                      "socket.socketpair(); socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
                      "socket.socket(socket.AF_INET6, socket.SOCK_STREAM); open(\"/var/lib/app/greeting\").read()'");
  check_profile(work);
  CHECK(allowed(work.profile(), "/usr/bin/python3.11") == "rmix");
  // The loader and the C library are mapped but not executed.
  for (const char* library : {"/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", "/usr/lib/x86_64-linux-gnu/libc.so.6"})
    CHECK(allowed(work.profile(), library) == "rm");
  CHECK(allowed(work.profile(), "/usr/bin/perl").find('x') == std::string::npos);
  const std::set<std::pair<std::string, std::string>> sockets{
      {"inet", "dgram"}, {"inet6", "stream"}, {"unix", "stream"}};
  CHECK(work.profile().network == sockets);
}

TEST_CASE("A script is executed itself, however it is called, and its interpreter too") {
  for (const char* call : {"/opt/bin/script", "/opt/bin/script-link", "cd /opt && ./bin/script",
                           "exec 3</opt/bin/script && /proc/self/fd/3", "PATH=/opt/bin:/bin && script"}) {
    INFO(call);
    const Workload work({}, kPlaces, std::string(call) + " && cat /etc/passwd");
    check_profile(work);
    CHECK(work.out().find("from the script\n") == 0);
    CHECK(allowed(work.profile(), "/opt/bin/script") == "rmix");
    CHECK(allowed(work.profile(), "/bin/busybox") == "rmix");
    CHECK(allowed(work.profile(), "/opt/bin/id").empty());
    check_passes(work);
  }
}

TEST_CASE("A set-id program is executed as one, and rules out no-new-privileges") {
  const Workload set_id({"-u", "1000"}, kPlaces, "/opt/bin/id -u && cat /etc/passwd /etc/group");
  check_profile(set_id);
  CHECK(set_id.trace().files.count({"/opt/bin/id", FileOp::EXEC_SETID}) == 1);
  CHECK_FALSE(set_id.profile().no_new_privileges);
  check_passes(set_id);

  const Workload plain({"-u", "1000"}, kPlaces, "id -u && cat /etc/passwd /etc/group");
  CHECK(plain.trace().files.count({"/bin/busybox", FileOp::EXEC_SETID}) == 0);
  CHECK(plain.profile().no_new_privileges);
}

TEST_CASE("Every change to a file has its rule, directories with the slash that AppArmor sees") {
  const Workload work({"-v", prog("file_ops") + ":/file_ops:ro"}, kPlaces,
                      "mkdir /srv/empty/d && /file_ops /srv/empty/d >/dev/null && chmod 700 /srv/odd && "
                      "mv /srv/empty/d /srv/empty/e && chown 1000 /srv/empty/e && rmdir /srv/many/0 && ls /srv/odd");
  check_profile(work);
  const auto rule = [&](const std::string& path) { return allowed(work.profile(), path); };
  CHECK(rule("/srv/odd/").find('w') != std::string::npos);
  CHECK(rule("/srv/empty/d/").find('w') != std::string::npos);
  CHECK(rule("/srv/empty/e/").find('w') != std::string::npos);
  CHECK(rule("/srv/empty/e").empty());
  CHECK(rule("/srv/odd/file").empty());
  CHECK(rule("/srv/empty/d/with [brackets] {and} *stars?").find('w') != std::string::npos);
  CHECK(rule("/srv/empty/d/with brackets").empty());
  check_passes(work);
}
