// SPDX-License-Identifier: Apache-2.0
#include "profilegen/clone3.h"

#include <cerrno>

#include "evidence.h"

using namespace profilegen;

namespace {

const CallKey kClone3{Arch::x86_64, "clone3"};
const CallKey kClone{Arch::x86_64, "clone"};

TraceOf made(std::initializer_list<Behaviour> behaviours) {
  TraceOf trace;
  trace.call("clone3");
  for (const Behaviour behaviour : behaviours) trace.behaviour(behaviour, "clone3");
  return trace;
}

void check_kept(const Profile& profile) {
  CHECK(profile.calls.contains(kClone3));
  CHECK_FALSE(profile.answers.contains(kClone3));
}

}  // namespace

TEST_CASE("clone3 as C libraries make it is answered with ENOSYS, and clone makes no namespaces in its place") {
  const Profile profile = made({Behaviour::FALLS_BACK}).profile();
  CHECK_FALSE(profile.calls.contains(kClone3));
  CHECK(profile.answers.at(kClone3) == ENOSYS);
  CHECK(profile.calls.at(kClone) == std::set<NeededBy>{NeededBy::app});
  CHECK(profile.arguments.at(kClone) == std::set<ArgumentRule>{without_namespaces()});
  CHECK(has_line(profile.notes, "clone3 is refused, because a filter can't see"));
  CHECK_FALSE(has_line(profile.notes, "already refused"));
}

TEST_CASE("clone3 is kept where the program needs it, and what that opens is told") {
  const Profile spaces = made({Behaviour::FALLS_BACK, Behaviour::NAMESPACE}).profile();
  check_kept(spaces);
  CHECK(has_line(spaces.notes, "the program makes namespaces with it"));
  const Profile own = made({Behaviour::OWN_CLONE3}).profile();
  check_kept(own);
  CHECK(has_line(own.notes, "clone3 stays allowed, because it is not known"));
  CHECK_FALSE(own.calls.contains(kClone));
}

TEST_CASE("nothing is known of clone3 in recordings without behaviours, so it is kept") {
  check_kept(made({}).profile());
  CHECK_FALSE(made({}).profile().calls.contains(kClone));
  TraceOf partly = made({});
  partly.run("run1").subject = partly.run().subject;
  partly.behaviour(Behaviour::FALLS_BACK, "clone3", Arch::x86_64, "run1");
  check_kept(partly.profile());
}

TEST_CASE("clone3 that the runtime makes too can't be answered") {
  TraceOf trace = made({Behaviour::FALLS_BACK});
  trace.run().subject.no_new_privileges = true;
  trace.call("clone3", Phase::runtime_run);
  check_kept(trace.profile());
}

TEST_CASE("clone keeps the arguments that it was recorded with") {
  TraceOf spaces = made({Behaviour::FALLS_BACK});
  spaces.call("clone").arguments("clone", {0x10000000});
  CHECK(spaces.profile().arguments.at(kClone) ==
        std::set<ArgumentRule>{without_namespaces(), {{0, 0x7e020000, 0x10000000}}});
  TraceOf any = made({Behaviour::FALLS_BACK});
  any.call("clone").arguments("clone", {});
  CHECK_FALSE(any.profile().arguments.contains(kClone));
}
