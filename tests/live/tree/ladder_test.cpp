// SPDX-License-Identifier: Apache-2.0
// Whatever hook a fact is recorded by, the same workload gives the same profile.
#include <catch2/catch.hpp>
#include <iostream>
#include <optional>

#include "profilegen/hooks.h"
#include "support/recorded.h"

namespace {

constexpr profilegen::Rung kRungs[] = {
#define RUNG(fact, name, trial, subject, programs, hooks, blind) {#fact, #name, hooks, blind, programs},
#include "profilegen/rungs.def"
#undef RUNG
};

struct Rehearsal {
  std::string rung;
  std::string profile;
  std::string hooks;
};

std::string rung_name(const profilegen::Rung& rung) { return std::string(rung.fact) + "=" + std::string(rung.name); }

/// Each recording has a directory of its own; its name is not what is compared.
std::string without_name(std::string text, const std::string& directory) {
  for (size_t at = text.find(directory); at != std::string::npos; at = text.find(directory))
    text.replace(at, directory.size(), "/scratch");
  return text;
}

/// What is recorded with this rung; nothing, and told, where the kernel does not load it.
std::optional<Rehearsal> rehearse(const profilegen::Rung& rung, const Words& command) {
  const Scratch scratch;
  const std::string name = rung_name(rung);
  if (scratch.profilegen({"record", "--quiet", "--hooks", name, "-o", "probe.json", "--", "true"}).status == 125) {
    static std::set<std::string> told;
    if (told.insert(name).second) std::cout << "this kernel does not load " << name << "\n";
    return std::nullopt;
  }
  const profilegen::Trace trace = scratch.record(command, {"--hooks", name});
  (void)scratch.emit();
  std::string hooks;
  for (const profilegen::HookUse& use : only_run(trace).hooks)
    if (use.fact == rung.fact) hooks = use.hook;
  return Rehearsal{name, without_name(scratch.read("profilegen-out/profile.json"), scratch.path()), hooks};
}

void compare_rungs(std::string_view fact, const Words& command) {
  std::optional<Rehearsal> first;
  for (const profilegen::Rung& rung : kRungs) {
    if (rung.fact != fact) continue;
    const auto rehearsal = rehearse(rung, command);
    if (!rehearsal) continue;
    CHECK(rehearsal->hooks == rung.hooks);
    if (!first) first = rehearsal;
    INFO(first->rung << " and " << rehearsal->rung << ", recording " << command.back());
    CHECK(rehearsal->profile == first->profile);
  }
  CHECK(first);
}

}  // namespace

TEST_CASE("Every rung for capabilities gives the same profile") {
  for (const char* act : {"chown", "setuid", "bind80", "raw", "mknod", "chroot", "nice", "mlock"})
    compare_rungs("capabilities", {prog("caps"), act});
}

TEST_CASE("Every rung for membership gives the same profile") {
  for (const char* program : {"double_fork", "clone3_thread", "vfork_exec"})
    compare_rungs("membership", {prog(program)});
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
