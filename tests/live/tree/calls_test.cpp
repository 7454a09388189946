// SPDX-License-Identifier: Apache-2.0
// The filter allows exactly the calls that strace(1) shows for the same program.
#include <catch2/catch.hpp>
#include <cctype>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/recorded.h"

namespace {

using Names = std::set<std::string>;

std::string name_at(const std::string& line, size_t begin) {
  size_t end = begin;
  while (end < line.size() && (std::isalnum(static_cast<unsigned char>(line[end])) != 0 || line[end] == '_')) ++end;
  return line.substr(begin, end - begin);
}

// The name in "71 read(3, …" or "71 <... read resumed>…". Signals ("--- SIGCHLD …") and exits ("+++ exited …") are not
// calls.
std::string call_in(const std::string& line) {
  const size_t begin = line.find_first_not_of("0123456789 ");
  if (begin == std::string::npos) return "";
  const std::string unfinished = "<... ";
  if (line.compare(begin, unfinished.size(), unfinished) == 0) return name_at(line, begin + unfinished.size());
  return name_at(line, begin);
}

// clone3 counts as clone: the filter answers it with ENOSYS, on which C libraries use clone.
Names strace(const Scratch& scratch, const Words& command) {
  Words words{"strace", "-f", "-qq", "-o", "strace.out", "--"};
  words.insert(words.end(), command.begin(), command.end());
  const Outcome outcome = scratch.run(words);
  INFO(outcome.err);
  REQUIRE(outcome.status == 0);
  Names names;
  std::istringstream lines(scratch.read("strace.out"));
  for (std::string line; std::getline(lines, line);)
    if (const std::string name = call_in(line); !name.empty()) names.insert(name == "clone3" ? "clone" : name);
  return names;
}

Names allowed(const Scratch& scratch, const Words& command) {
  (void)scratch.record(command);
  const Outcome emitted =
      scratch.profilegen({"emit", "--no-companions", "--format", "seccomp", "profilegen-trace.json"});
  REQUIRE(emitted.status == 0);
  const auto policy = nlohmann::json::parse(emitted.out);
  Names names;
  for (const auto& rule : policy["syscalls"])
    if (rule["action"] == "SCMP_ACT_ALLOW") names.merge(rule["names"].get<Names>());
  return names;
}

Names common(const Names& a, const Names& b) { return without(a, without(a, b)); }

// Calls that threads make only when they wait for each other. strace slows threads down, so that they do so at other
// times.
const Names kTiming{"futex", "restart_syscall", "sched_yield"};

// A call that a program makes only sometimes may be missing on either side. So each program runs twice on each side,
// and what both runs of one side show must be known to the other side.
void check_same(const Words& command) {
  const Scratch scratch;
  const Names seen = strace(scratch, command), seen_again = strace(scratch, command);
  const Names let_through = allowed(scratch, command), let_through_again = allowed(scratch, command);
  const Names missing = without(without(common(seen, seen_again), let_through), let_through_again);
  const Names extra = without(without(common(let_through, let_through_again), seen), seen_again);
  CHECK(without(missing, kTiming) == Names{});
  CHECK(without(extra, kTiming) == Names{});
  CHECK(seen.size() > 20);
}

constexpr const char* kPython = R"(
import os, signal, socket, subprocess, tempfile, threading, time
signal.signal(signal.SIGUSR1, lambda *_: None)
os.kill(os.getpid(), signal.SIGUSR1)
threads = [threading.Thread(target=time.sleep, args=(0.05,)) for _ in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
child = os.fork()
if child == 0:
    os.setsid()
    os._exit(0)
os.waitpid(child, 0)
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
peer, _ = server.accept()
client.sendall(b"hello")
assert peer.recv(5) == b"hello"
assert subprocess.run("echo one | cat", shell=True, capture_output=True).stdout == b"one\n"
subprocess.Popen(["true"], start_new_session=True).wait()
with tempfile.TemporaryDirectory() as folder:
    os.rename(open(folder + "/a", "w").name, folder + "/b")
)";

constexpr const char* kPerl = R"(
pipe(my $read, my $write); my $child = fork();
if (!$child) { $SIG{ALRM} = sub { print $write "late\n"; close $write; exit 3 }; kill ALRM => $$; sleep 9; }
close $write; die unless <$read> eq "late\n"; waitpid($child, 0); die unless $? == 3 << 8;
opendir(my $folder, "/"); my @names = sort readdir($folder); open(my $out, ">", "names") or die;
print $out "$_\n" for @names; close $out; chmod 0600, "names"; utime 1, 2, "names"; unlink "names" or die;
die unless `echo x` eq "x\n";
)";

constexpr const char* kNode = R"(
const fs = require("fs"), http = require("http"), { execFileSync } = require("child_process");
fs.mkdirSync("folder"); fs.writeFileSync("folder/file", "x"); fs.renameSync("folder/file", "folder/other");
fs.rmSync("folder", { recursive: true });
if (execFileSync("echo", ["one"]).toString() !== "one\n") process.exit(1);
const server = http.createServer((request, response) => response.end("hello"));
server.listen(0, "127.0.0.1", () => http.get(server.address(), (response) => {
  response.on("data", (data) => { if (data.toString() !== "hello") process.exit(1); });
  response.on("end", () => process.exit(0));
}));
)";

constexpr const char* kGit = R"(
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
rm -rf repository && git init -q repository && cd repository && echo one >file && git add file &&
git commit -q -m one && echo two >>file && git commit -q -a -m two && git log --stat >/dev/null && git gc -q
)";

constexpr const char* kPipeline =
    "ls -l /etc | sort | tee copy | uniq -c | tail -n 3 >last && wc -l <copy && cp -p copy other && "
    "ln -sf other link && readlink link && tar -cf - copy | gzip | gunzip | tar -tf - && rm copy other link last";

}  // namespace

TEST_CASE("A filter has the calls that strace shows, no more and no less: python3") {
  check_same({"/usr/bin/python3", "-c", kPython});
}

TEST_CASE("A filter has the calls that strace shows, no more and no less: perl") { check_same({"perl", "-e", kPerl}); }

TEST_CASE("A filter has the calls that strace shows, no more and no less: node", "[slow]") {
  check_same({"node", "-e", kNode});
}

TEST_CASE("A filter has the calls that strace shows, no more and no less: git", "[slow]") {
  check_same({"sh", "-c", kGit});
}

TEST_CASE("A filter has the calls that strace shows, no more and no less: a pipeline of a shell") {
  check_same({"sh", "-c", kPipeline});
}
