// SPDX-License-Identifier: Apache-2.0
#include "support/pod_security.h"

#include <catch2/catch.hpp>

#include "engine_profile.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

using Fields = std::vector<std::string>;

Profile pod_of(const std::set<std::string>& users) {
  Profile profile = container();
  profile.no_new_privileges = true;
  profile.users = users;
  return profile;
}

std::string reason(const std::set<std::string>& users, bool as_root = false) {
  Profile profile = pod_of(users);
  profile.as_root = as_root;
  const Fields fields = unrestricted_fields(profile);
  REQUIRE(fields.size() == 1);
  return fields.front();
}

}  // namespace

TEST_CASE("a recording of one user other than root gives the user's ids") {
  const auto user = pod_user(pod_of({"1000:7"}));
  REQUIRE(user);
  CHECK(user->uid == 1000);
  CHECK(user->gid == 7);
  CHECK_FALSE(pod_user(pod_of({"1000"}))->gid);
  for (const char* other : {"www", "1000:www", "0:7", "2147483648", "1000:", ":7", "-1", "10 00"}) {
    CAPTURE(other);
    CHECK_FALSE(pod_user(pod_of({other})));
  }
  CHECK_FALSE(pod_user(pod_of({"1", "2"})));
}

TEST_CASE("what \"restricted\" does not admit is named with its reason") {
  CHECK(unrestricted_fields(pod_of({"1000:1000"})).empty());
  CHECK(reason({}, true) == "runAsNonRoot: it ran as root; advice.txt says what another user would need");
  CHECK(reason({"7", "8"}, true) == "runAsNonRoot: some runs were root's, others 7's, 8's");
  CHECK(reason({}) == "runAsNonRoot: the profile does not tell its user; emit from the recording");
  CHECK(reason({"7", "8"}) == "runAsNonRoot: its runs had different users: 7, 8");
  CHECK(reason({"www"}) ==
        "runAsNonRoot: its user, www, is not known as a number up to 2147483647, which kubelet asks for");
  Profile profile = pod_of({"1000:1000"});
  profile.capabilities = {"NET_BIND_SERVICE"};
  CHECK(unrestricted_fields(profile).empty());
  profile.capabilities = {"CHOWN", "NET_BIND_SERVICE", "SETUID"};
  profile.no_new_privileges = false;
  CHECK(unrestricted_fields(profile) ==
        Fields{"allowPrivilegeEscalation: a program with set-id bits or file capabilities was executed, or "
               "--allow-new-privileges was given",
               "capabilities.add: the recording needed CHOWN, SETUID"});
}

TEST_CASE("init containers run as the application does, with a filter that has cp's calls") {
  Profile profile = pod_of({"1000:7"});
  profile.holes["/var/lib/app"] = {HoleKind::volume, 0755, 1000, 7, false, ""};
  const auto text = emit_kubernetes({profile, "", "web"});
  REQUIRE(text);
  CHECK(has_line(*text, "# The pod security standard \"restricted\" admits this pod."));
  const std::string init = text->substr(0, text->find("  containers:"));
  for (const char* line : {"        - -RP", "        runAsNonRoot: true", "        runAsUser: 1000",
                           "        runAsGroup: 7", "        allowPrivilegeEscalation: false",
                           "        readOnlyRootFilesystem: true", "          type: RuntimeDefault"}) {
    CAPTURE(line, init);
    CHECK(has_line(init, line));
  }
  CHECK(init.find("add:") == std::string::npos);
  profile.users.clear();
  profile.as_root = true;
  const auto roots = emit_kubernetes({profile, "", "web"});
  REQUIRE(roots);
  CHECK(has_line(*roots, "        - -a"));
  CHECK(has_line(*roots, "            - CHOWN"));
  CHECK(has_line(*roots, "#   capabilities.add of the init containers: root's cp keeps owners and modes"));
}
