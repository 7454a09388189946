// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "random_trace.h"

using namespace profilegen;

namespace {

Trace merged(const Trace& a, const Trace& b) {
  auto result = merge_traces(a, b);
  REQUIRE(result);
  return std::move(*result);
}

Trace with_file(const First& first, const std::string& mount, bool directory) {
  Trace trace;
  trace.runs["00000000000000a1"] = {};
  trace.files[{"/f", FileOp::WRITE}] = {{first, {"00000000000000a1"}}, mount, directory};
  return trace;
}

}  // namespace

TEST_CASE("merging is commutative, associative and idempotent") {
  RandomTrace random(7);
  for (int round = 0; round < 500; ++round) {
    const Trace a = random.next();
    const Trace b = random.next();
    const Trace c = random.next();
    REQUIRE(merged(a, b) == merged(b, a));
    REQUIRE(merged(merged(a, b), c) == merged(a, merged(b, c)));
    REQUIRE(merged(a, a) == a);
    REQUIRE(merged(merged(a, b), b) == merged(a, b));
    REQUIRE(merged(a, Trace{}) == a);
    REQUIRE(format_trace(merged(a, b)) == format_trace(merged(b, a)));
  }
}

TEST_CASE("merging loses nothing") {
  RandomTrace random(8);
  for (int round = 0; round < 200; ++round) {
    const Trace a = random.next();
    const Trace b = random.next();
    const Trace both = merged(a, b);
    for (const Trace* one : {&a, &b}) {
      for (const auto& [id, run] : one->runs) REQUIRE(both.runs.at(id) == run);
      for (const auto& [key, evidence] : one->syscalls) {
        const Evidence& joined = both.syscalls.at(key);
        REQUIRE(joined.first <= evidence.first);
        for (const RunId& run : evidence.runs.sorted()) REQUIRE(joined.runs.contains(run));
      }
      for (const auto& [key, fact] : one->files) {
        REQUIRE(both.files.at(key).first <= fact.first);
        REQUIRE(both.files.at(key).directory >= fact.directory);
      }
      for (const auto& [key, evidence] : one->arguments) {
        const bool widened = both.arguments.contains({key.call, {}});
        REQUIRE(both.arguments.contains(key) != (widened && !key.values.empty()));
      }
      for (const auto& [key, evidence] : one->denied) REQUIRE(both.denied.contains(key));
      for (const auto& [key, fact] : one->capabilities)
        for (const auto& [run, count] : fact.counts) REQUIRE(both.capabilities.at(key).counts.at(run) >= count);
      for (const auto& [key, evidence] : one->sockets) REQUIRE(both.sockets.contains(key));
    }
  }
}

TEST_CASE("of a run that is in both, the higher count is the later one; other runs keep theirs") {
  const CapabilityKey key{1, CapVerdict::needed, Arch::x86_64, 2, "a<b"};
  const auto counted = [&key](std::map<RunId, uint64_t> counts) {
    Trace trace;
    for (const auto& [run, count] : counts) {
      trace.runs[run] = {};
      trace.capabilities[key].runs.insert(run);
    }
    trace.capabilities[key].counts = std::move(counts);
    return trace;
  };
  const Trace checkpoint = counted({{"00000000000000a1", 3}});
  const Trace whole = counted({{"00000000000000a1", 5}, {"00000000000000a2", 1}});
  CHECK(merged(checkpoint, whole) == whole);
  CHECK(merged(whole, checkpoint) == whole);
}

TEST_CASE("of what a capability was used for, what was first is kept, in whatever order it comes together") {
  const CapabilityKey key{1, CapVerdict::needed, Arch::x86_64, 2, "a<b"};
  const auto used_for = [&key](std::initializer_list<std::pair<const char*, uint64_t>> files) {
    Trace trace;
    trace.runs["00000000000000a1"] = {};
    CapabilityFact& fact = trace.capabilities[key];
    fact.runs.insert("00000000000000a1");
    fact.counts["00000000000000a1"] = 1;
    for (const auto& [name, ns] : files) fact.objects[{.name = name}] = {ns, 1, 1, "sh"};
    return trace;
  };
  const Trace a = used_for({{"/a", 9}, {"/b", 2}, {"/c", 3}, {"/d", 4}});
  const Trace b = used_for({{"/a", 1}, {"/e", 5}, {"/f", 4}});
  for (const Trace& both : {merged(a, b), merged(b, a), merged(merged(a, b), a)})
    CHECK(both.capabilities == used_for({{"/a", 1}, {"/b", 2}, {"/c", 3}, {"/d", 4}}).capabilities);
}

TEST_CASE("the earlier sighting wins, with its mount") {
  const Trace early = with_file({5, 1, 1, "sh"}, "/z", false);
  const Trace late = with_file({9, 1, 1, "sh"}, "/a", true);
  for (const Trace& both : {merged(early, late), merged(late, early)}) {
    const FileFact& fact = both.files.at({"/f", FileOp::WRITE});
    CHECK(fact.first.ns == 5);
    CHECK(fact.mount == "/z");
    CHECK(fact.directory);
  }
}

namespace {

/// A trace with the values from `begin` to `end` for one call, each first seen at its own time.
Trace with_values(uint32_t begin, uint32_t end) {
  Trace trace;
  trace.runs["00000000000000a1"] = {};
  for (uint32_t value = begin; value < end; ++value) {
    Evidence& seen = trace.arguments[{{Phase::app, Arch::x86_64, 16}, {value}}];
    seen.first = {1000 - value, 1, 1, "sh"};
    seen.runs.insert("00000000000000a1");
  }
  return trace;
}

}  // namespace

TEST_CASE("too many values are any, in whatever order they come together") {
  const Trace a = with_values(0, 100);
  const Trace b = with_values(50, 200);
  const Trace c = with_values(200, kMostArgumentValues + 1);
  CHECK(merged(a, b).arguments.size() == 200);
  CHECK(merged(merged(a, b), with_values(200, kMostArgumentValues)).arguments.size() == kMostArgumentValues);
  const Trace all = merged(merged(a, b), c);
  REQUIRE(all.arguments.size() == 1);
  CHECK(all.arguments.begin()->first.values.empty());
  CHECK(all.arguments.begin()->second.first.ns == 1000 - kMostArgumentValues);
  CHECK(merged(a, merged(b, c)) == all);
  CHECK(merged(merged(c, a), b) == all);
  CHECK(merged(all, a) == all);
}

TEST_CASE("any absorbs the values of its call, and of no other") {
  Trace any;
  any.runs["00000000000000a1"] = {};
  any.arguments[{{Phase::app, Arch::x86_64, 16}, {}}] = with_values(0, 1).arguments.begin()->second;
  Trace other = with_values(0, 3);
  other.arguments[{{Phase::runtime_run, Arch::x86_64, 16}, {7}}] = other.arguments.begin()->second;
  const Trace both = merged(other, any);
  CHECK(both == merged(any, other));
  REQUIRE(both.arguments.size() == 2);
  CHECK(both.arguments.contains({{Phase::app, Arch::x86_64, 16}, {}}));
  CHECK(both.arguments.contains({{Phase::runtime_run, Arch::x86_64, 16}, {7}}));
}

TEST_CASE("one id can't stand for two runs") {
  Trace a;
  a.runs["00000000000000a1"].kernel = "6.1";
  Trace b;
  b.runs["00000000000000a1"].kernel = "6.2";
  const auto result = merge_traces(a, b);
  REQUIRE_FALSE(result);
  CHECK(result.error().line() ==
        "run 00000000000000a1: is described in two different ways; merge traces only as profilegen wrote them");
}

TEST_CASE("a call is one program's alone only if it is that in all traces") {
  const auto trace_of = [](const std::string& run, const std::string& only) {
    Trace trace;
    trace.runs[run] = {};
    Evidence evidence;
    evidence.runs.insert(run);
    trace.syscalls[{Phase::app, Arch::x86_64, 101}] = {evidence, only};
    return trace;
  };
  const auto only = [](const Trace& a, const Trace& b) {
    return merge_traces(a, b)->syscalls.at({Phase::app, Arch::x86_64, 101}).only;
  };
  const Trace gdb = trace_of("00000000000000a1", "gdb");
  CHECK(only(gdb, trace_of("00000000000000a2", "gdb")) == "gdb");
  CHECK(only(gdb, trace_of("00000000000000a2", "strace")).empty());
  CHECK(only(gdb, trace_of("00000000000000a2", "")).empty());
}
