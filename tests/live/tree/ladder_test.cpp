// SPDX-License-Identifier: Apache-2.0
// Every hook for a fact gives the same profile of the same workload.
#include <catch2/catch.hpp>
#include <optional>

#include "rungs.h"

namespace {

struct Rehearsal {
  std::string rung;
  std::string profile;
  std::string hooks;
};

/// Replaces the name of the recording's directory, which differs each time.
std::string without_name(std::string text, const std::string& directory) {
  for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory))
    text.replace(at, directory.size(), "/scratch");
  return text;
}

Rehearsal rehearse(const profilegen::Rung& rung, const Words& command) {
  const Scratch scratch;
  const std::string name = rung_name(rung);
  const profilegen::Trace trace = scratch.record(command, {"--hooks", name});
  (void)scratch.emit();
  std::string hooks;
  for (const profilegen::HookUse& use : only_run(trace).hooks)
    if (use.fact == rung.fact) hooks = use.hook;
  return {name, without_name(scratch.read("profilegen-out/profile.json"), scratch.path()), hooks};
}

void compare_rungs(const std::string& fact, const Words& command) {
  std::optional<Rehearsal> first;
  for (const profilegen::Rung& rung : usable_rungs(fact)) {
    const Rehearsal rehearsal = rehearse(rung, command);
    CHECK(rehearsal.hooks == rung.hooks);
    if (!first) first = rehearsal;
    INFO(first->rung << " and " << rehearsal.rung << ", recording " << command.back());
    CHECK(rehearsal.profile == first->profile);
  }
  CHECK(first);
}

}  // namespace

TEST_CASE("Every rung for capabilities gives the same profile") {
  for (const char* act : {"chown", "bind80", "setuid", "mlock"}) compare_rungs("capabilities", {prog("caps"), act});
}

TEST_CASE("Every rung for membership gives the same profile") {
  for (const char* program : {"double_fork", "clone3_thread", "vfork_exec"})
    compare_rungs("membership", {prog(program)});
}

TEST_CASE("Every rung for system calls and their denials gives the same profile") {
  for (const char* fact : {"syscalls", "denials"})
    for (const char* program : {"double_fork", "own_filter"}) compare_rungs(fact, {prog(program)});
}

TEST_CASE("A hook that the kernel does not load, or that is none, is refused before COMMAND runs") {
  const Scratch scratch;
  const Outcome unknown = scratch.profilegen({"record", "--hooks", "capabilities=magic", "--", "touch", "ran"});
  CHECK(unknown.status == 125);
  CHECK(unknown.err ==
        "profilegen: --hooks capabilities=magic: names no hook of capabilities; these are fexit, kprobe, tracepoint\n");
  for (const profilegen::Rung& rung : kRungs) {
    const std::string name = rung_name(rung);
    const Outcome outcome = scratch.profilegen({"record", "--quiet", "--hooks", name, "--", "true"});
    if (outcome.status == 0) continue;
    CAPTURE(name);
    CHECK(outcome.status == 125);
    CHECK(outcome.err.starts_with("profilegen: --hooks " + name + ": can't be used here; "));
  }
  CHECK_FALSE(scratch.exists("ran"));
}
