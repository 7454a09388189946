// SPDX-License-Identifier: Apache-2.0
// What a capability was used for, from the call in which it was checked.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "objects/accounts.h"
#include "objects/call_objects.h"
#include "objects/file_objects.h"
#include "profilegen/temporary_directory.h"

using namespace profilegen;

namespace {

constexpr uint64_t kNone = 0xffffffff;

AskedCall call_of(const std::string& name, std::array<uint64_t, 6> arguments = {}) {
  AskedCall call;
  call.name = name;
  call.arguments = arguments;
  return call;
}

template <typename... Values>
AskedCall with_behind(AskedCall call, Values... values) {
  const auto append = [&](auto value) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(&value);
    call.behind.insert(call.behind.end(), bytes, bytes + sizeof value);
  };
  (append(values), ...);
  return call;
}

std::optional<FoundProcess> nginx(uint32_t pid_ns, uint32_t number) {
  return number == 7 && pid_ns == 0 ? std::optional(FoundProcess{"nginx", 33}) : std::nullopt;
}

const PathResolver kNoFiles{UniqueFd()};
const IdMap kSameIds;

std::vector<std::string> told(const AskedCall& call) {
  Accounts accounts(kNoFiles, kSameIds, kSameIds);
  std::vector<std::string> texts;
  for (const CapabilityObject& object : objects_of_call(call, accounts, nginx)) texts.push_back(object_text(object));
  return texts;
}

using Texts = std::vector<std::string>;

const FileStatus kOpenDirectory{S_IFDIR | 0755, 0, 0};
const FileStatus kTheirs{S_IFDIR | 0755, 5, 5};

// "/", "/open" and "/theirs" with a file each of root and of user 5.
std::optional<FileStatus> look(const std::string& path) {
  if (path == "/" || path == "/open") return kOpenDirectory;
  if (path == "/theirs") return kTheirs;
  if (path.ends_with("/own")) return FileStatus{S_IFREG | 0400, 0, 0};
  if (path.ends_with("/other")) return FileStatus{S_IFREG | 0640, 5, 5};
  return std::nullopt;
}

Texts closed_in(const AskedCall& call, const std::string& path, FileOp op = FileOp::READ) {
  Accounts accounts(kNoFiles, kSameIds, kSameIds);
  Texts texts;
  for (const Closed& closed : closed_on_way(call, {{"/", path, "/", true}, op, false}, look))
    texts.push_back(object_text(object_of_closed(closed, accounts)));
  return texts;
}

std::string of_file(const AskedCall& call, FileOp op) {
  Accounts accounts(kNoFiles, kSameIds, kSameIds);
  return object_text(object_of_file(call, {{"/", "/open/other", "/", true}, op, false}, look, accounts));
}

}  // namespace

TEST_CASE("a signal is told with the process that it was for") {
  CHECK(told(call_of("kill", {7, 15})) == Texts{"SIGTERM to nginx of 33"});
  CHECK(told(call_of("tgkill", {7, 8, 9})) == Texts{"SIGKILL to nginx of 33"});
  CHECK(told(call_of("kill", {8, 15})) == Texts{"SIGTERM to a process that has ended"});
  CHECK(told(call_of("kill", {kNone, 15})) == Texts{"SIGTERM to several processes at once"});
  CHECK(told(call_of("ptrace", {16, 7})) == Texts{"nginx of 33"});
  CHECK(told(call_of("sched_setaffinity", {0})).empty());
}

TEST_CASE("ports, sockets, ids, limits and priorities are among the call's arguments") {
  CHECK(told(with_behind(call_of("bind"), uint16_t{AF_INET}, uint16_t{0x5000})) == Texts{"bind to port 80 of AF_INET"});
  CHECK(told(with_behind(call_of("bind"), uint16_t{AF_UNIX}, uint16_t{0x5000})).empty());
  CHECK(told(call_of("socket", {AF_INET, SOCK_RAW | SOCK_CLOEXEC, 1})) == Texts{"socket AF_INET SOCK_RAW icmp"});
  CHECK(told(call_of("setuid", {33})) == Texts{"change to user 33"});
  CHECK(told(call_of("setresuid", {kNone, 33, 0})) == Texts{"change to user 33", "change to user 0"});
  CHECK(told(call_of("setresgid", {4, 4, 4})) == Texts{"change to group 4"});
  CHECK(told(with_behind(call_of("setgroups", {2}), uint32_t{4}, uint32_t{24})) ==
        Texts{"change to group 4", "change to group 24"});
  CHECK(told(call_of("setgroups", {2})).empty());
  CHECK(told(call_of("setgroups", {0})) == Texts{"change to no further groups"});
  CHECK(told(with_behind(call_of("prlimit64", {0, RLIMIT_NOFILE}), uint64_t{64}, uint64_t{128})) ==
        Texts{"RLIMIT_NOFILE to 64, at most 128"});
  CHECK(told(call_of("setpriority", {0, 0, 0xfffffffb})) == Texts{"priority -5"});
  CHECK(told(call_of("sethostname", {1, 2})).empty());
}

TEST_CASE("an open is refused by what it asks of the file") {
  CHECK(closed_in(call_of("openat", {0, 0, O_RDONLY}), "/open/other") == Texts{"read of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("open", {0, O_WRONLY}), "/open/other") == Texts{"write of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("openat", {0, 0, O_RDONLY | O_TRUNC}), "/open/own") == Texts{"write of /open/own, 0400 0:0"});
  CHECK(closed_in(call_of("openat", {0, 0, O_RDONLY}), "/open/own").empty());
  CHECK(closed_in(call_of("openat", {0, 0, O_PATH}), "/open/other").empty());
  CHECK(closed_in(with_behind(call_of("openat2"), uint64_t{O_WRONLY}), "/open/other") ==
        Texts{"write of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("openat", {0, 0, O_TMPFILE | O_RDWR}), "/theirs") == Texts{"write of /theirs, 0755 5:5"});
}

TEST_CASE("a file is made in its directory, which must be writable") {
  const AskedCall create = call_of("openat", {0, 0, O_WRONLY | O_CREAT});
  CHECK(closed_in(create, "/theirs/new") == Texts{"write of /theirs, 0755 5:5"});
  CHECK(closed_in(create, "/open/new").empty());
  // What exists now and belongs to the thread may have been made by this call, other people's files not.
  CHECK(closed_in(create, "/theirs/own").front() == "write of /theirs, 0755 5:5");
  CHECK(closed_in(create, "/theirs/other") == Texts{"write of /theirs/other, 0640 5:5"});
  CHECK(closed_in(call_of("mkdir"), "/theirs/new", FileOp::MKDIR) == Texts{"write of /theirs, 0755 5:5"});
  CHECK(closed_in(call_of("unlink"), "/theirs/gone", FileOp::UNLINK) == Texts{"write of /theirs, 0755 5:5"});
  CHECK(closed_in(call_of("rename"), "/open/other", FileOp::RENAME_FROM).empty());
}

TEST_CASE("other calls ask for less, or for what their arguments say") {
  CHECK(closed_in(call_of("stat"), "/open/other").empty());
  CHECK(closed_in(call_of("access", {0, R_OK | W_OK}), "/open/other") == Texts{"write of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("faccessat", {0, 0, R_OK}), "/open/other") == Texts{"read of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("chmod", {0, 0600}), "/open/other", FileOp::CHMOD).empty());
  CHECK(closed_in(call_of("truncate"), "/open/other", FileOp::TRUNCATE) == Texts{"write of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("utimensat", {0, 0, 0}), "/open/other", FileOp::UTIME).size() == 1);
  CHECK(closed_in(call_of("utimensat", {0, 0, 1}), "/open/other", FileOp::UTIME).empty());
  CHECK(closed_in(call_of("execve"), "/open/other", FileOp::EXEC) == Texts{"execution of /open/other, 0640 5:5"});
  CHECK(closed_in(call_of("chdir"), "/theirs").empty());
}

TEST_CASE("what only the owner may do is told with the file and what becomes of it") {
  CHECK(of_file(call_of("chown", {0, 33, kNone}), FileOp::CHOWN) == "chown of /open/other, 0640 5:5, to 33");
  CHECK(of_file(call_of("fchownat", {0, 0, kNone, 4}), FileOp::CHOWN) == "chown of /open/other, 0640 5:5, to :4");
  CHECK(of_file(call_of("chmod", {0, 0100600}), FileOp::CHMOD) == "chmod of /open/other, 0640 5:5, to 0600");
  CHECK(of_file(call_of("fchmodat", {0, 0, 0644}), FileOp::CHMOD) == "chmod of /open/other, 0640 5:5, to 0644");
  CHECK(of_file(call_of("mknodat", {0, 0, S_IFCHR | 0600, makedev(1, 3)}), FileOp::MKNOD) ==
        "mknod of /open/other, device 1:3");
  CHECK(of_file(call_of("chroot"), FileOp::READ) == "chroot at /open/other, 0640 5:5");
}

TEST_CASE("an owner that the call itself has given is not told as the former one") {
  CHECK(of_file(call_of("chown", {0, 5, 5}), FileOp::CHOWN) == "chown of /open/other, to 5:5");
}

TEST_CASE("ids are those of the container") {
  const IdMap map = IdMap::parse("         0     100000      1000\n      1000          0          1\n");
  CHECK(map.inside(100033) == 33);
  CHECK(map.inside(0) == 1000);
  CHECK(map.inside(5) == 65534);
  CHECK(map.inside(101000) == 65534);
  CHECK(IdMap::parse("").inside(33) == 33);
  CHECK(IdMap::parse("         0          0 4294967295\n").inside(4294967294) == 4294967294);
}

TEST_CASE("names come from the container's files, if they are plain") {
  const std::string text =
      "root:x:0:0:root:/root:/bin/sh\nwww-data:x:33:33::/:/bin/sh\nbad\x1b[2J:x:5:\nshort:x\ng:x:44";
  CHECK(account_name(text, 0) == "root");
  CHECK(account_name(text, 33) == "www-data");
  CHECK(account_name(text, 5).empty());
  CHECK(account_name(text, 3).empty());
  CHECK(account_name(text, 44) == "g");
  CHECK(account_name("", 0).empty());
}

TEST_CASE("a container's file of names that is none is not read") {
  const auto scratch = TemporaryDirectory::create();
  REQUIRE(scratch);
  std::filesystem::create_directory(scratch->path() + "/etc");
  REQUIRE(mkfifo((scratch->path() + "/etc/passwd").c_str(), 0600) == 0);  // reading it would wait for a writer
  std::ofstream(scratch->path() + "/etc/group") << "adm:x:4:\n";
  const PathResolver container{UniqueFd(open(scratch->path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))};
  Accounts accounts(container, kSameIds, kSameIds);
  CHECK(accounts.user(0) == Account{0, ""});
  CHECK(accounts.group(4) == Account{4, "adm"});
}
