// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/capabilities.h"
#include "profilegen/confinement.h"

using namespace profilegen;
using Clauses = std::vector<std::string>;

namespace {

uint64_t set_of(const std::set<std::string>& names) {
  uint64_t set = 0;
  for (const std::string& name : names) set |= uint64_t{1} << capability_number(name).value();
  return set;
}

const BundleConfinement kBundle{true, std::set<std::string>{"CHOWN", "KILL"}, true, true, "profilegen-app"};

Confinement as_bundled() {
  return {1, set_of({"CHOWN", "KILL"}), set_of({"CHOWN", "KILL"}), true, true, "profilegen-app", ""};
}

Clauses without(Confinement found) { return differences(kBundle, found); }

std::string filter(const std::string& names) {
  return R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86_64"], "syscalls": [{"names": [)" +
         names + R"(], "action": "SCMP_ACT_ALLOW"}]})";
}

}  // namespace

TEST_CASE("what was set up as the bundle says is in force") {
  CHECK(without(as_bundled()).empty());
  Confinement other_user = as_bundled();
  other_user.permitted = 0;
  other_user.filters = 3;  // the engine's own, and the program's
  CHECK(without(other_user).empty());
}

TEST_CASE("each part that is not the bundle's is named, alone") {
  Confinement found = as_bundled();
  found.filters = 0;
  CHECK(without(found) == Clauses{"it has no seccomp filter"});
  found = as_bundled();
  found.no_new_privileges = false;
  CHECK(without(found) == Clauses{"no-new-privileges is not set"});
  found = as_bundled();
  found.read_only_root = false;
  CHECK(without(found) == Clauses{"its root file system is writable"});
  found = as_bundled();
  found.apparmor = "docker-default";
  CHECK(without(found) == Clauses{"its AppArmor profile is docker-default, not profilegen-app"});
}

TEST_CASE("capabilities must be the bundle's: neither more nor fewer") {
  Confinement found = as_bundled();
  found.bounding = set_of({"CHOWN", "KILL", "SYS_ADMIN"});
  CHECK(without(found) == Clauses{"it also has the capability SYS_ADMIN"});
  found.bounding = set_of({"CHOWN"});
  found.permitted = found.bounding;
  CHECK(without(found) == Clauses{"it lacks the capability KILL"});
  found.bounding = (uint64_t{1} << 41) - 1;
  CHECK(without(found) == Clauses{"it also has the capabilities AUDIT_CONTROL, AUDIT_READ, AUDIT_WRITE and 36 more"});
}

TEST_CASE("only what the bundle sets is compared") {
  const BundleConfinement filter_alone{true, {}, false, false, ""};
  Confinement found{1, ~uint64_t{0}, ~uint64_t{0}, false, false, "unconfined", ""};
  CHECK(differences(filter_alone, found).empty());
  found.filters = 0;
  CHECK(differences(filter_alone, found) == Clauses{"it has no seccomp filter"});
}

TEST_CASE("a stacked AppArmor profile counts, and one of which nothing is known is no difference") {
  Confinement found = as_bundled();
  for (const char* label : {"", "profilegen-app//&:lxd:outer", ":ns://profilegen-app"}) {
    found.apparmor = label;
    CHECK(without(found).empty());
  }
  found.apparmor = "profilegen-app2";
  CHECK(without(found).size() == 1);
}

TEST_CASE("a filter that lets more calls through is not the bundle's, whoever installed it") {
  Confinement found = as_bundled();
  const std::string bundle = filter(R"("read", "write")");
  CHECK(filter_difference(bundle, found).empty());  // not known which filter it is
  found.filter = bundle;
  CHECK(filter_difference(bundle, found).empty());
  found.filter = filter(R"("read")");
  CHECK(filter_difference(bundle, found).empty());
  found.filter = filter(R"("read", "mount", "write")");
  CHECK(filter_difference(bundle, found) == "its seccomp filter is another one, which also allows mount");
  found.filter = R"({"defaultAction": "SCMP_ACT_ALLOW"})";
  CHECK(filter_difference(bundle, found).find(" more") != std::string::npos);
}

TEST_CASE("conditions of a filter alone are judged by the capabilities that the container has") {
  Confinement found = as_bundled();
  const std::string moby =
      R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["mount"], "action": "SCMP_ACT_ALLOW",
          "includes": {"caps": ["CAP_SYS_ADMIN"]}}]})";
  found.filter = filter(R"("mount")");
  CHECK_FALSE(filter_difference(moby, found).empty());
  found.bounding |= set_of({"SYS_ADMIN"});
  CHECK(filter_difference(moby, found).empty());
}
