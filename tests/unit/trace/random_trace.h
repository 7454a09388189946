// SPDX-License-Identifier: Apache-2.0
// Random small traces that overlap: they have few different keys, so that merging has something to join.
#pragma once

#include <random>
#include <string>

#include "profilegen/trace.h"

class RandomTrace {
 public:
  explicit RandomTrace(uint32_t seed) : random_(seed) {}

  profilegen::Trace next() {
    using namespace profilegen;
    Trace trace;
    for (uint32_t count = 1 + below(3); count > 0; --count) add_run(trace);
    for (uint32_t count = below(6); count > 0; --count) {
      trace.syscalls[{Phase(below(3)), Arch(below(5)), below(3)}] = {evidence(trace), text()};
      trace.arguments[{{Phase(below(2)), Arch::x86_64, below(2)}, values()}] = evidence(trace);
      trace.denied[{Arch(below(2)), below(3), 1 + below(2)}] = evidence(trace);
      trace.capabilities[{below(42), CapVerdict(below(5)), Arch::x86_64, below(2) ? below(3) : kNoSyscall, text()}] =
          counted(trace);
      trace.files[{path(), FileOp(below(26))}] = {evidence(trace), path(), below(2) == 1};
      trace.files[{"/shared", FileOp::READ}] = {evidence(trace), path(), below(2) == 1};
      trace.sockets[{below(3), below(3), static_cast<SocketUse>(below(3))}] = evidence(trace);
      trace.behaviours[{Behaviour(below(2)), Arch(below(5)), below(2) ? below(3) : kNoSyscall}] = evidence(trace);
      trace.ports[{below(3), below(3), 1 + below(3)}] = evidence(trace);
    }
    widen_arguments(trace.arguments);
    return trace;
  }

 private:
  uint32_t below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }

  std::string text() {
    static const std::string kTexts[] = {"", "a", "with space", "back\\slash", "\xff\xfe", "\\xff", "ä€😀", "n\nl\"q"};
    return kTexts[below(8)];
  }

  /// Sometimes "any".
  profilegen::ArgumentValues values() {
    if (below(8) == 0) return {};
    return {below(3), below(2) == 1 ? 0xffffffffU : 0U};
  }

  std::string path() { return std::string("/").append(text()); }

  /// A run's content follows from its id, so one id never stands for two different runs.
  static profilegen::Run run_of(uint32_t number) {
    RandomTrace random(number);
    profilegen::Run run;
    run.kernel = std::string("6.1.").append(std::to_string(number));
    run.arch = profilegen::Arch(random.below(5));
    run.duration = random.below(1000);
    run.subject.engine = random.text();
    run.subject.image = random.text();
    run.subject.no_new_privileges = random.below(2) == 1;
    run.subject.own_network = random.below(2) == 1;
    run.subject.seccomp_confined = random.below(2) == 1;
    run.subject.command = {"sh", "-c", random.text()};
    if (random.below(2) == 1) run.subject.loosened = {"--privileged", random.text()};
    run.hooks = {{"returns", "tp_btf/sys_exit", random.text()}, {"syscalls", "tp_btf/sys_enter", ""}};
    if (random.below(2) == 1) run.loss = {{"files", 1 + random.below(9)}, {"paths", UINT64_MAX}};
    if (random.below(2) == 1) run.marks = {profilegen::Mark::attached_late, profilegen::Mark::shutdown_not_recorded};
    if (random.below(2) == 1) run.marks.insert(profilegen::Mark::interrupted);
    run.io_uring = random.below(2) == 1;
    run.mounts = {{"/", "overlay", random.text(), "image", false}, {random.path(), "tmpfs", "", "tmpfs", true}};
    run.directories = {{"/var", true, false, 01777, random.below(3), 4294967295U}};
    run.restricted = {{random.path(), 0640, 0, random.below(3)}};
    if (random.below(2) == 1) run.sizes = {{"/a", 4096 * (1 + random.below(9))}};
    if (random.below(2) == 1) run.peaks = {{"memory", 1 + random.below(9)}, {"tasks", 1}};
    return run;
  }

  void add_run(profilegen::Trace& trace) {
    const uint32_t number = below(6);
    trace.runs[std::string("00000000000000a").append(std::to_string(number))] = run_of(number);
  }

  profilegen::Evidence evidence(const profilegen::Trace& trace) {
    profilegen::Evidence evidence;
    evidence.first = {below(4), below(3), below(3), text()};
    for (const auto& [id, run] : trace.runs) {
      if (below(2) == 1) evidence.runs.insert(id);
    }
    if (evidence.runs.empty()) evidence.runs.insert(trace.runs.begin()->first);
    return evidence;
  }

  profilegen::CapabilityFact counted(const profilegen::Trace& trace) {
    profilegen::CapabilityFact fact = {evidence(trace), {}};
    for (const auto& id : fact.runs.sorted()) fact.counts[id] = 1 + below(9);
    for (uint32_t count = below(4); count > 0; --count) fact.objects[object()] = {below(4), below(3), below(3), text()};
    return fact;
  }

  profilegen::CapabilityObject object() {
    profilegen::CapabilityObject object{.kind = profilegen::ObjectKind(below(3)), .name = path()};
    if (below(2) == 1) object.mode = 0640;
    if (below(2) == 1) object.owner = {below(3), "app"};
    if (below(2) == 1) object.numbers = {below(2), UINT64_MAX};
    return object;
  }

  std::mt19937 random_;
};
