// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <cerrno>

#include "random_profile.h"

using namespace profilegen;

namespace {

constexpr uint32_t kRounds = 3000;
const CallKey kClone3 = {Arch::x86_64, "clone3"};

}  // namespace

TEST_CASE("merging profiles is commutative, associative and idempotent") {
  RandomProfile random(1);
  for (uint32_t round = 0; round < kRounds; ++round) {
    const Profile a = random.next();
    const Profile b = random.next();
    const Profile c = random.next();
    CAPTURE(round, format_profile(a), format_profile(b), format_profile(c));
    REQUIRE(merge_profiles(a, b) == merge_profiles(b, a));
    REQUIRE(merge_profiles(merge_profiles(a, b), c) == merge_profiles(a, merge_profiles(b, c)));
    REQUIRE(merge_profiles(a, a) == a);
    const Profile both = merge_profiles(a, b);
    REQUIRE(merge_profiles(both, a) == both);
  }
}

TEST_CASE("merging allows what one of them allows") {
  RandomProfile random(2);
  for (uint32_t round = 0; round < kRounds; ++round) {
    const Profile a = random.next();
    const Profile both = merge_profiles(a, random.next());
    for (const auto& [call, who] : a.calls) REQUIRE(both.calls.contains(call));
    for (const std::string& name : a.capabilities) REQUIRE(both.capabilities.contains(name));
    for (const auto& [pattern, rule] : a.files) REQUIRE(both.files.contains(pattern));
    REQUIRE((a.no_new_privileges || !both.no_new_privileges));
    REQUIRE((a.read_only_root || !both.read_only_root));
  }
}

TEST_CASE("a capability that one needs is not doubtful for both") {
  Profile keeps;
  keeps.capabilities = keeps.kept_capabilities = {"CHOWN", "KILL"};
  Profile needs;
  needs.capabilities = {"CHOWN"};
  CHECK(merge_profiles(keeps, needs).kept_capabilities == std::set<std::string>{"KILL"});
  CHECK(merge_profiles(needs, keeps).kept_capabilities == std::set<std::string>{"KILL"});
}

TEST_CASE("a limit is the greater of two, and none when one of them knows nothing") {
  Profile first;
  Profile second;
  first.limits = {{"memory", 64}, {"tasks", 16}};
  second.limits = {{"memory", 128}};
  CHECK(merge_profiles(first, second).limits == std::map<std::string, uint64_t>{{"memory", 128}});
}

TEST_CASE("a call that one lets through is no answer of the other") {
  Profile allows;
  allows.calls[kClone3] = {NeededBy::app};
  Profile answers;
  answers.answers[kClone3] = ENOSYS;
  CHECK(merge_profiles(answers, allows).answers.empty());
  Profile other;
  other.answers[kClone3] = EPERM;
  CHECK(merge_profiles(other, answers).answers.at(kClone3) == ENOSYS);
}

TEST_CASE("a hole below another one becomes part of it") {
  Profile outer;
  outer.holes["/srv"] = {HoleKind::tmpfs, 0755, 0, 0, false, "create /srv/x"};
  Profile inner;
  inner.holes["/srv/a/b"] = {HoleKind::volume, 0700, 1, 1, true, "create /srv/a/b/c"};
  const Profile both = merge_profiles(inner, outer);
  REQUIRE(both.holes.size() == 1);
  CHECK(both.holes.at("/srv") == Hole{HoleKind::volume, 0755, 0, 0, true, "create /srv/x"});
}

TEST_CASE("of the same hole the volume, the smaller mode and owner and the smaller reason win") {
  Profile left;
  left.holes["/run"] = {HoleKind::tmpfs, 01777, 0, 0, false, "create /run/b"};
  Profile right;
  right.holes["/run"] = {HoleKind::volume, 0755, 7, 8, true, "create /run/c"};
  CHECK(merge_profiles(left, right).holes.at("/run") == Hole{HoleKind::volume, 0755, 7, 8, true, "create /run/b"});
}

TEST_CASE("what one profile knows of a volume counts for both, in whatever order they are merged") {
  const Hole guessed{.kind = HoleKind::volume, .empty = true, .uncertain = true};
  const Hole proven{.kind = HoleKind::volume, .empty = true};
  const Hole filled{.kind = HoleKind::volume};
  const Hole removed{.uncertain = true};
  const Hole with_directory{.directories = {{"/srv/a/b", {0755, 1, 2}}}};
  const Hole other_directory{.directories = {{"/srv/a/b", {0700, 1, 2}}, {"/srv/a/c", {0755, 0, 0}}}};
  const auto merged = [](std::initializer_list<Hole> holes) {
    Profile all;
    for (const Hole& hole : holes) {
      Profile one;
      one.holes["/srv/a"] = hole;
      all = merge_profiles(all, one);
    }
    return all.holes.at("/srv/a");
  };
  CHECK(merged({guessed, proven}) == proven);
  CHECK(merged({proven, filled}) == filled);
  CHECK(merged({removed, guessed}) == guessed);
  CHECK(merged({removed, Hole{}}).uncertain);
  CHECK(merged({with_directory, other_directory}).directories ==
        std::map<std::string, Ownership>{{"/srv/a/b", {0700, 1, 2}}, {"/srv/a/c", {0755, 0, 0}}});
  for (const Hole& hole : {merged({proven, with_directory}), merged({with_directory, proven})}) CHECK(hole == filled);
  CHECK(merged({merged({with_directory, removed}), proven}) == merged({with_directory, merged({removed, proven})}));
}

TEST_CASE("a writable root has no holes") {
  Profile holes;
  holes.holes["/run"] = {};
  Profile root;
  root.read_only_root = false;
  root.root_reason = "mkdir /data";
  const Profile both = merge_profiles(holes, root);
  CHECK_FALSE(both.read_only_root);
  CHECK(both.root_reason == "mkdir /data");
  CHECK(both.holes.empty());
}

TEST_CASE("a mount that one of them writes is written") {
  Profile reads;
  reads.mounts["/data"] = {"db", "volume", false, true};
  Profile writes;
  writes.mounts["/data"] = {"db", "volume", true, false};
  CHECK(merge_profiles(reads, writes).mounts.at("/data") == UserMount{"db", "volume", true, false});
}

TEST_CASE("the larger of two sizes is none at all, and a hole with others in it has no limit") {
  Profile small;
  small.holes["/run"] = {HoleKind::tmpfs, 0755, 0, 0, false, "", 64 << 20};
  Profile large = small;
  large.holes["/run"].size = 128 << 20;
  CHECK(merge_profiles(small, large).holes.at("/run").size == 128 << 20);
  Profile unlimited = small;
  unlimited.holes["/run"].size = 0;
  CHECK(merge_profiles(unlimited, large).holes.at("/run").size == 0);
  Profile inner;
  inner.holes["/run/a"] = small.holes.at("/run");
  CHECK(merge_profiles(small, inner).holes.at("/run").size == 0);
}

TEST_CASE("a network is needed where one of them needs it") {
  Profile with;
  with.needs_network = true;
  CHECK(merge_profiles(with, Profile{}).needs_network);
  CHECK_FALSE(merge_profiles(Profile{}, Profile{}).needs_network);
}

TEST_CASE("some of what a capability was needed for is kept, the same in any order") {
  const auto needing = [](int from, int to) {
    Profile profile;
    for (int port = from; port < to; ++port)
      add_capability_objects(profile, "NET_BIND_SERVICE",
                             {{.kind = ObjectKind::PORT, .numbers = {2, static_cast<uint64_t>(port)}}});
    return profile;
  };
  const Profile low = needing(0, 6);
  const Profile high = needing(4, 20);
  CHECK(high.capability_objects.at("NET_BIND_SERVICE").size() == kMostCapabilityObjects);
  CHECK(merge_profiles(low, high).capability_objects == needing(0, 20).capability_objects);
  CHECK(merge_profiles(high, low) == merge_profiles(low, high));
}
