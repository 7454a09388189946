// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/explain.h"

using namespace profilegen;
using Catch::Contains;

namespace {

Evidence seen(const std::string& program, std::initializer_list<RunId> runs, uint64_t ns = 812'000'000) {
  return {{ns, 71, program == "sh" ? 71U : 72U, program}, RunSet(runs)};
}

Trace example() {
  Trace trace;
  for (const char* id : {"a", "b", "c"}) {
    trace.runs[id].kernel = "6.1";
    trace.runs[id].subject.image = "web:1";
    trace.runs[id].duration = 2'000'000'000;
  }
  trace.syscalls[{Phase::app, Arch::x86_64, 0}] = seen("sh", {"a", "b", "c"});
  trace.syscalls[{Phase::app, Arch::x86_64, 101}] = {seen("gdb", {"b"}), "gdb"};
  trace.syscalls[{Phase::app, Arch::x86, 3}] = seen("old", {"a", "b", "c"});
  trace.syscalls[{Phase::runtime_run, Arch::x86_64, 126}] = seen("runc", {"a", "b", "c"});
  trace.arguments[{{Phase::app, Arch::x86_64, 101}, {0}}] = seen("gdb", {"b"});
  trace.denied[{Arch::x86_64, 165, 1}] = seen("sh", {"a"});
  trace.capabilities[{13, CapVerdict::needed, Arch::x86_64, 41, "inet_create<sock"}] = {seen("ping", {"c"}),
                                                                                        {{"c", 4}}};
  trace.capabilities[{21, CapVerdict::denied, Arch::x86_64, 165, ""}] = {seen("sh", {"a"}), {{"a", 1}}};
  trace.files[{"/etc/passwd", FileOp::READ}] = {seen("sh", {"a", "b", "c"}), "/", false};
  trace.files[{"/var/lib/app/\x1b[2J", FileOp::CREATE}] = {seen("sh", {"a", "b", "c"}), "/", false};
  trace.sockets[{2, 1, SocketUse::made}] = seen("sh", {"a", "b", "c"});
  trace.behaviours[{Behaviour::SIGNAL_HANDLER, Arch::x86_64, 13}] = seen("sh", {"a"});
  return trace;
}

std::string explained(const std::string& name, const Trace& trace = example()) {
  return explain_items(trace, without_chains(find_items(trace, name)));
}

}  // namespace

TEST_CASE("Why a call is allowed: who, when, in which runs, with what") {
  CHECK(explained("ptrace") ==
        "syscall ptrace: the application, by gdb alone\n"
        "  first at 0.812 s by gdb (pid 71, thread 72)\n"
        "  seen in 1 of 3 runs: b\n"
        "arguments ptrace: PTRACE_TRACEME\n"
        "  first at 0.812 s by gdb (pid 71, thread 72)\n"
        "  seen in 1 of 3 runs: b\n");
  CHECK_THAT(explained("capset"), Contains("the runtime, starting the container"));
  CHECK(explained("mount") ==
        "denied mount: answered EPERM by a filter during the recording\n"
        "  first at 0.812 s by sh (pid 71)\n"
        "  seen in 1 of 3 runs: a\n");
}

TEST_CASE("A call of another table is named with it, and found with and without") {
  CHECK_THAT(explained("i386 read"), Contains("syscall i386 read: the application"));
  CHECK(find_items(example(), "read").size() == 2);
  CHECK(find_items(example(), "i386 read").size() == 1);
  CHECK(find_items(example(), "re*").size() == 2);
}

TEST_CASE("Why a capability is given: verdict, call and count") {
  for (const char* name : {"NET_RAW", "CAP_NET_RAW", "cap_net_raw"})
    CHECK(explained(name) ==
          "capability NET_RAW: needed, in socket\n"
          "  first at 0.812 s by ping (pid 71, thread 72)\n"
          "  seen in 1 of 3 runs: c\n"
          "  4 times\n");
}

TEST_CASE(
    "The kernel's functions are told to those who ask, to others the same check is told once, with all its times") {
  Trace trace = example();
  trace.capabilities[{13, CapVerdict::needed, Arch::x86_64, 41, "packet_create<sock"}] = {seen("arping", {"a"}, 1),
                                                                                          {{"a", 2}}};
  CHECK(explained("NET_RAW", trace) ==
        "capability NET_RAW: needed, in socket\n"
        "  first at 0.000 s by arping (pid 71, thread 72)\n"
        "  seen in 2 of 3 runs: a c\n"
        "  6 times\n");
  const std::string deep = explain_items(trace, find_items(trace, "NET_RAW"));
  CHECK_THAT(deep, Contains("capability NET_RAW: needed, in socket, at inet_create<sock\n"));
  CHECK_THAT(deep, Contains("capability NET_RAW: needed, in socket, at packet_create<sock\n"));
  trace.capabilities[{21, CapVerdict::denied, Arch::x86_64, 165, "may_mount"}] = {seen("sh", {"a"}), {{"a", 1}}};
  CHECK_THAT(explain_overview(trace), Contains("what was denied while recording (2):") && !Contains("may_mount") &&
                                          Contains("capability SYS_ADMIN: denied, in mount, 2 times, first at "));
  CHECK_THAT(explain_overview(trace, true), Contains("what was denied while recording (3):") && Contains("may_mount"));
}

TEST_CASE("Runs are called by their container, and many of one image by that") {
  Trace trace = example();
  for (auto& [id, run] : trace.runs) run.subject.container_name = "web";
  CHECK_THAT(explain_overview(trace), Contains("3 runs of web, Linux 6.1\n"));
  for (const char* id : {"d", "e"}) trace.runs[id] = trace.runs["a"];
  for (auto& [id, run] : trace.runs) run.subject.container_name = "made_up_" + id;
  CHECK_THAT(explain_overview(trace), Contains("5 runs of web:1, Linux 6.1\n"));
}

TEST_CASE("Files by path, by directory and by pattern; sockets in any spelling") {
  CHECK(find_items(example(), "/etc/passwd").size() == 1);
  CHECK(find_items(example(), "/etc").empty());
  CHECK(find_items(example(), "/etc/").size() == 1);
  CHECK(find_items(example(), "/*").size() == 2);
  for (const char* name : {"inet stream", "AF_INET SOCK_STREAM", "inet", "af_inet sock_stream"})
    CHECK(find_items(example(), name).size() == 1);
  CHECK(find_items(example(), "inet6").empty());
  CHECK(find_items(example(), "").empty());
}

TEST_CASE("The overview ranks what few runs needed, and tells apart who needed what") {
  const std::string text = explain_overview(example());
  CHECK_THAT(text, Contains("3 runs of web:1, Linux 6.1\n"));
  CHECK_THAT(text, Contains("what few runs needed (2):\n  1 of 3 runs: syscall ptrace: first at 0.812 s by gdb"));
  CHECK_THAT(text, Contains("calls that only the runtime needs (1):\n  capset\n"));
  CHECK_THAT(text, Contains("calls that one program alone needs (1):\n  gdb (1): ptrace\n"));
  CHECK_THAT(text, Contains("what was denied while recording (2):\n  denied mount: answered EPERM"));
  CHECK_THAT(text, Contains("expected unseen: "));
}

TEST_CASE("No name drives the terminal") { CHECK(explained("/var/lib/app/").find('\x1b') == std::string::npos); }

TEST_CASE("A port is found by its number, and with its kind of socket") {
  const std::string port =
      "port AF_INET SOCK_STREAM 80: bound\n"
      "  first at 0.812 s by sh (pid 71)\n"
      "  seen in 1 of 3 runs: b\n";
  Trace trace = example();
  trace.ports[{2, 1, 80}] = seen("sh", {"b"});
  for (const char* name : {"80", "port 80", "inet stream 80"}) CHECK(explained(name, trace) == port);
  CHECK_THAT(explained("inet stream", trace), Contains("socket AF_INET SOCK_STREAM: made") && Contains(port));
  CHECK(explained("8080", trace).empty());
}

TEST_CASE("A companion is explained by what it belongs to, and who did that") {
  CHECK(explained("rt_sigreturn") ==
        "companion rt_sigreturn: not made, but allowed: a handler was installed for a signal\n"
        "  first at 0.812 s by sh (pid 71)\n"
        "  seen in 1 of 3 runs: a\n");
  CHECK_THAT(explained("exit_group"), Contains("companion exit_group: not made, but allowed: every thread and every"));
  CHECK(explained("restart_syscall").empty());
  CHECK_THAT(explained("signal-handler"), Contains("a handler was installed for a signal, in rt_sigaction\n"));
}

TEST_CASE("A need that programs often do without is told as one to try without") {
  Trace trace = example();
  trace.capabilities[{5, CapVerdict::needed, Arch::x86_64, 62, "__kill_pgrp_info"}] = {seen("sh", {"a"}), {{"a", 1}}};
  CHECK_THAT(explain_items(trace, find_items(trace, "KILL")), Contains("may be droppable: verify --minimize"));
  CHECK_THAT(explain_items(trace, find_items(trace, "NET_RAW")), !Contains("droppable"));
}

TEST_CASE("What a capability was used for is told, the first first, and by whom") {
  Trace trace = example();
  CapabilityFact& fact = trace.capabilities.begin()->second;
  CapabilityObject log{.kind = ObjectKind::WRITE, .name = "/log\x1b[2J", .mode = 0640};
  log.owner = Account{33, "www-data"};
  log.group = Account{4, ""};
  fact.objects[log] = {9, 1, 1, "nginx"};
  fact.objects[{.kind = ObjectKind::SOCKET, .numbers = {2, 3, 1}}] = {3, 1, 1, ""};
  CHECK_THAT(explained("NET_RAW", trace), Contains("  for socket AF_INET SOCK_RAW icmp\n"
                                                   "  for write of /log\\x1B[2J, 0640 www-data:4, by nginx\n"));
}

TEST_CASE("A capability without a check is told with what demanded it") {
  Trace trace = example();
  const CapabilityFact fact{seen("sh", {"a"}), {{"a", 1}}};
  const auto detail = [&](CapVerdict verdict, const char* call, const std::string& site) {
    Trace one = trace;
    one.capabilities.clear();
    one.capabilities[{10, verdict, Arch::x86_64, syscall_number(Arch::x86_64, call).value(), site}] = fact;
    return items_of(one, ItemKind::capability).front().detail;
  };
  CHECK(detail(CapVerdict::file, "execve", "/bin/server") == "demanded by /bin/server, in execve");
  CHECK(detail(CapVerdict::kept, "capset", "") == "kept by capset");
  CHECK(detail(CapVerdict::kept, "prctl", "") == "raised by prctl");
  CHECK(detail(CapVerdict::denied, "execve", "/bin/server") == "denied, in execve of /bin/server, which demands it");
  CHECK(detail(CapVerdict::denied, "capset", "") == "denied, in a set that capset was asked for");
}

TEST_CASE("Checks that differ only in the kernel's functions are one, with what all of them were about") {
  Trace trace = example();
  for (const char* site : {"a<b", "c<d"}) {
    CapabilityFact fact{seen("nginx", {"c"}), {{"c", 1}}};
    fact.objects[{.kind = ObjectKind::WRITE, .name = std::string("/log/") + site[0]}] = {3, 1, 1, "nginx"};
    trace.capabilities[{1, CapVerdict::needed, Arch::x86_64, 257, site}] = fact;
  }
  const std::string text = explained("DAC_OVERRIDE", trace);
  CHECK_THAT(text, Contains("write of /log/a, by nginx\n") && Contains("write of /log/c, by nginx\n"));
  CHECK_THAT(text, Contains("2 times"));
}
