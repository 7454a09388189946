// SPDX-License-Identifier: Apache-2.0
// Every hook for files reports each change correctly, and reports no change that did not happen.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rungs.h"

namespace fs = std::filesystem;
using Names = std::set<std::string>;

namespace {

struct Recorded {
  Names said;     ///< printed by the program, "operation path"
  Names changes;  ///< in the trace
  Names facts;    ///< recorded operations, including those that change nothing
  int status;
  std::string blind;
  std::vector<std::string> notes;  ///< the profile's notes
};

/// Records one of our programs with an empty directory; paths are reported as if the directory were /below.
Recorded record_below(const profilegen::Rung& rung, const std::string& program) {
  const Scratch scratch;
  const std::string below = scratch.path() + "/below";
  fs::create_directory(below);
  const Outcome outcome = scratch.profilegen({"record", "--hooks", rung_name(rung), "--", prog(program), below});
  INFO(outcome.out << outcome.err);
  REQUIRE((outcome.status == 0 || outcome.status == 2));
  Recorded recorded{{}, {}, {}, outcome.status, "", scratch.emit().notes};
  const auto take = [&](const std::string& line, Names& names) {
    const size_t at = line.find(' ' + below);
    if (at != std::string::npos) names.insert(line.substr(0, at + 1) + "/below" + line.substr(at + 1 + below.size()));
  };
  std::istringstream said(outcome.out);
  for (std::string line; std::getline(said, line);) take(line, recorded.said);
  const profilegen::Trace trace = scratch.trace();
  for (const std::string& change : writes(trace)) take(change, recorded.changes);
  for (const auto& [key, fact] : trace.files) take(std::string(file_op_name(key.op)) + " " + key.path, recorded.facts);
  for (const profilegen::HookUse& use : only_run(trace).hooks)
    if (use.fact == "files") recorded.blind = use.blind;
  return recorded;
}

}  // namespace

TEST_CASE("Every rung for files tells each change as what it is, and nothing else") {
  for (const profilegen::Rung& rung : usable_rungs("files")) {
    INFO(rung_name(rung));
    const Recorded recorded = record_below(rung, "file_ops");
    CHECK(recorded.status == 0);
    CHECK(recorded.said.size() > 80);
    CHECK(without(recorded.said, recorded.facts) == Names{});
    CHECK(without(recorded.changes, recorded.said) == Names{});
  }
}

TEST_CASE("Every rung for files leaves out what the kernel began and then refused") {
  const Names made{"mkdir /below/full", "mkdir /below/empty", "create /below/full/kept", "write /below/full/kept"};
  for (const profilegen::Rung& rung : usable_rungs("files")) {
    INFO(rung_name(rung));
    const Recorded recorded = record_below(rung, "failing_changes");
    CHECK(recorded.status == 0);
    CHECK(recorded.changes == made);
  }
}

TEST_CASE("Every rung for files tells what io_uring did to them, or says that it can't see it") {
  for (const profilegen::Rung& rung : usable_rungs("files")) {
    INFO(rung_name(rung));
    const Recorded recorded = record_below(rung, "ring_files");
    if (recorded.status == 0) {
      REQUIRE_FALSE(recorded.notes.empty());
      CHECK(recorded.notes.front().find("it used io_uring, whose operations are no system calls") != std::string::npos);
      CHECK(recorded.notes.front().find("; not seen: " + recorded.blind) != std::string::npos);
    }
    if (rung.name == "sys_exit") {
      CHECK(recorded.blind.find("io_uring") != std::string::npos);
      CHECK(recorded.changes == Names{});
    } else if (recorded.status == 0) {
      CHECK(recorded.said.size() == 10);
      CHECK(recorded.changes == recorded.said);
    }
  }
}

TEST_CASE("Every rung of a security module is left alone where bpf is none of the kernel's") {
  std::ifstream list("/sys/kernel/security/lsm");
  std::string modules;
  std::getline(list, modules);
  const bool is_module = ("," + modules + ",").find(",bpf,") != std::string::npos;
  bool usable = false;
  for (const profilegen::Rung& rung : usable_rungs("files")) usable = usable || rung.name == "lsm";
  if (!is_module) CHECK_FALSE(usable);
  const Scratch scratch;
  const Outcome forced = scratch.profilegen({"record", "--hooks", "files=lsm", "--", "touch", "ran"});
  CHECK(forced.status == (usable ? 0 : 125));
  CHECK(scratch.exists("ran") == usable);
  if (is_module && !usable) CHECK(forced.err.find("this kernel interrupts such programs") != std::string::npos);
  if (!modules.empty() && !is_module) CHECK(forced.err.find("lsm= on its command line") != std::string::npos);
}

// The kernel skips a program that is interrupted on the same CPU. Linux 7 does so often, and counts it.
TEST_CASE("Every rung for files tells all that threads did which interrupt each other") {
  Names made;
  for (int i = 0; i < 300; ++i) {
    const std::string name = "/below/" + std::to_string(i);
    made.insert({"mkdir " + name, "create " + name + "/file", "write " + name + "/file"});
  }
  for (const profilegen::Rung& rung : usable_rungs("files")) {
    INFO(rung_name(rung));
    const Recorded recorded = record_below(rung, "crowded");
    CHECK(recorded.status == 0);
    CHECK(recorded.changes == made);
  }
}
