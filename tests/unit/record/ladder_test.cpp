// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/ladder.h"

using namespace profilegen;

namespace {

/// A kernel that loads all rungs but these, each given as "fact=name".
RungTrial kernel_without(std::vector<std::string> refused) {
  return [refused = std::move(refused)](const Rung& rung) -> Status {
    const std::string name = std::string(rung.fact) + "=" + std::string(rung.name);
    for (const std::string& other : refused)
      if (other == name) return Error{name, "is refused", "", EPERM};
    return Done{};
  };
}

const HookChoice& of(const std::vector<HookChoice>& choices, std::string_view fact) {
  for (const HookChoice& choice : choices)
    if (choice.fact == fact) return choice;
  throw std::runtime_error("no choice for " + std::string(fact));
}

ForcedRungs forced(const std::string& word) { return parse_forced_rungs({word}).value(); }

}  // namespace

TEST_CASE("every fact is recorded by the first rung that loads") {
  const auto all = choose_rungs({}, kernel_without({})).value();
  CHECK(of(all, "capabilities").rung->name == "fexit");
  CHECK(of(all, "capabilities").refused.empty());
  CHECK(of(all, "membership").rung->name == "task_storage");

  const auto less =
      choose_rungs({}, kernel_without({"capabilities=fexit", "membership=task_storage", "membership=probed_storage"}))
          .value();
  CHECK(of(less, "capabilities").rung->name == "kprobe");
  CHECK(of(less, "membership").rung->name == "thread_hash");
}

TEST_CASE("why a better rung is not used is kept, in order") {
  const auto choices = choose_rungs({}, kernel_without({"capabilities=fexit", "capabilities=kprobe"})).value();
  const HookChoice& choice = of(choices, "capabilities");
  CHECK(choice.rung->name == "tracepoint");
  REQUIRE(choice.refused.size() == 2);
  CHECK(choice.refused[0].rung->name == "fexit");
  CHECK(choice.refused[1].reason == "capabilities=kprobe: is refused: Operation not permitted");
}

TEST_CASE("a fact that no rung can record has none") {
  const auto choices =
      choose_rungs({}, kernel_without({"capabilities=fexit", "capabilities=kprobe", "capabilities=tracepoint"}))
          .value();
  CHECK(of(choices, "capabilities").rung == nullptr);
  CHECK(of(choices, "syscalls").rung != nullptr);
}

TEST_CASE("a forced rung is used though a better one loads, and no other when it doesn't") {
  const auto choices = choose_rungs(forced("capabilities=tracepoint"), kernel_without({})).value();
  CHECK(of(choices, "capabilities").rung->name == "tracepoint");
  CHECK(of(choices, "membership").rung->name == "task_storage");

  const auto refused = choose_rungs(forced("capabilities=fexit"), kernel_without({"capabilities=fexit"}));
  REQUIRE(!refused);
  CHECK(refused.error().line() ==
        "--hooks capabilities=fexit: can't be used here; capabilities=fexit: is refused: Operation not permitted");
}

TEST_CASE("several rungs can be forced, in one word or several") {
  const auto parsed = parse_forced_rungs({"capabilities=kprobe,files=sys_exit", "membership=thread_hash"});
  REQUIRE(parsed);
  CHECK(*parsed == ForcedRungs{{"capabilities", "kprobe"}, {"files", "sys_exit"}, {"membership", "thread_hash"}});
}

TEST_CASE("a rung or fact that is none is named, with those that are") {
  CHECK(parse_forced_rungs({"capabilities=magic"}).error().line() ==
        "--hooks capabilities=magic: names no hook of capabilities; these are fexit, kprobe, tracepoint");
  for (const char* word : {"capabilities", "weather=sun", "", "=", "capabilities=kprobe,"})
    CHECK(parse_forced_rungs({word}).error().line().find("is not FACT=NAME; facts with a choice are membership, ") !=
          std::string::npos);
}

TEST_CASE("rungs of one fact follow each other, and no two have one name") {
  std::vector<std::string> seen;
  std::string_view last;
  for (const Rung& rung : rungs()) {
    const std::string fact(rung.fact);
    if (rung.fact != last) {
      CHECK(std::count(seen.begin(), seen.end(), fact) == 0);
      seen.push_back(fact);
    }
    seen.push_back(fact + "=" + std::string(rung.name));
    CHECK(std::count(seen.begin(), seen.end(), seen.back()) == 1);
    CHECK(!rung.hooks.empty());
    last = rung.fact;
  }
}
