// SPDX-License-Identifier: Apache-2.0
#include "support/armor_form.h"

#include <catch2/catch.hpp>

#include "engine_profile.h"
#include "support/armor_path.h"
#include "support/registry.h"

using namespace profilegen;

namespace {

using Paths = std::set<std::string>;
using Clauses = std::vector<std::string>;

ArmorForm form_of(const std::map<std::string, std::string>& files) {
  Profile profile = container();
  for (const auto& [pattern, permissions] : files) profile.files[pattern] = {permissions};
  return armor_form(profile);
}

}  // namespace

TEST_CASE("a pattern keeps what the operator's form takes; each other character becomes one that matches any") {
  CHECK(armor_path("/etc/app.d/**") == "/etc/app.d/**");
  CHECK(armor_path("/tmp/plugin-[0-9]*.so") == "/tmp/plugin-?*.so");
  CHECK(armor_path("/proc/[0-9]*/task/[0-9]*/status") == "/proc/@{pid}/task/?*/status");
  CHECK(armor_path("/a b/c:d,e#f~") == "/a?b/c?d?e?f?");
  CHECK(armor_path(R"(/star\*\[x\]\012end)") == "/star??x??end");
  CHECK(armor_path(R"(/at@\{HOME\})") == "/at@?HOME?");
  CHECK(armor_path("/\xc3\xa9") == "/??");  // a glob's ? is one byte
}

TEST_CASE("patterns may overlap when what stands before their globs does") {
  CHECK(may_overlap("/etc/a", "/etc/a"));
  CHECK_FALSE(may_overlap("/etc/a", "/etc/ab"));
  CHECK(may_overlap("/etc/**", "/etc/app/x"));
  CHECK(may_overlap("/etc/app/*", "/etc/**"));
  CHECK_FALSE(may_overlap("/etc/*", "/usr/*"));
  CHECK_FALSE(may_overlap("/var/lib/web/*", "/var/lib/db"));
}

TEST_CASE("each permission has its list") {
  const ArmorForm form = form_of({{"/usr/bin/app", "rmix"},
                                  {"/usr/lib/*.so", "rm"},
                                  {"/etc/app.conf", "r"},
                                  {"/var/log/app.log", "w"},
                                  {"/var/lib/app/*", "rw"},
                                  {"/run/app.lock", "rk"},
                                  {"/opt/self", "rwmix"}});
  CHECK(form.executables == Paths{"/opt/self", "/usr/bin/app"});
  CHECK(form.libraries == Paths{"/opt/self", "/usr/bin/app", "/usr/lib/*.so"});
  CHECK(form.read_only == Paths{"/etc/app.conf"});
  CHECK(form.write_only == Paths{"/var/log/app.log"});
  CHECK(form.read_write == Paths{"/opt/self", "/run/app.lock", "/var/lib/app/*"});
  CHECK(form.wider == Clauses{"/run/app.lock may be written, since it was locked or linked"});
  CHECK(form.unsayable.empty());
}

TEST_CASE("the operator denies what a list does not name, so overlapping paths go where nothing is denied") {
  const ArmorForm read = form_of({{"/srv/**", "r"}, {"/srv/data/db", "rw"}});
  CHECK(read.read_only.empty());
  CHECK(read.libraries == Paths{"/srv/**"});
  CHECK(read.read_write == Paths{"/srv/data/db"});
  const ArmorForm written = form_of({{"/var/log/*", "w"}, {"/var/log/old", "r"}});
  CHECK(written.write_only.empty());
  CHECK(written.read_write == Paths{"/var/log/*"});
  CHECK(written.libraries == Paths{"/var/log/old"});
}

TEST_CASE("devices come open from the engine, so that nothing of them is denied") {
  const ArmorForm form = form_of({{"/dev/null", "w"}, {"/dev/tty", "r"}});
  CHECK(form.read_only.empty());
  CHECK(form.write_only.empty());
  CHECK(form.libraries == Paths{"/dev/tty"});
  CHECK(form.read_write == Paths{"/dev/null"});
}

TEST_CASE("what the form can't say is told, and then there is no AppArmorProfile") {
  CHECK(form_of({{"/proc/sys/net/core/somaxconn", "rw"}}).unsayable == Clauses{"/proc/sys/net/core/somaxconn rw"});
  CHECK(form_of({{"/proc/sys/net/core/somaxconn", "r"}, {"/proc/[0-9]*/oom_score_adj", "rw"}}).unsayable.empty());
  Profile profile = container();
  profile.network = {{"inet", "stream"}, {"inet6", "dgram"}, {"unix", "stream"}};
  CHECK(armor_form(profile).unsayable.empty());
  CHECK(armor_form(profile).tcp);
  CHECK(armor_form(profile).udp);
  CHECK_FALSE(armor_form(profile).raw);
  profile.network = {{"netlink", "raw"}};
  CHECK(armor_form(profile).raw);
  CHECK(armor_form(profile).wider == Clauses{"raw sockets of any family, because of netlink"});
  CHECK(emit_spo({profile, "", "web"})->find("\nkind: AppArmorProfile\n") != std::string::npos);
  profile.network = {{"netlink", "dgram"}, {"vsock", "stream"}};
  profile.calls[{Arch::x86_64, "mount"}] = {NeededBy::app};
  profile.calls[{Arch::x86_64, "ptrace"}] = {NeededBy::app};
  CHECK(armor_form(profile).unsayable ==
        Clauses{"network netlink dgram", "network vsock stream", "mount, umount, pivot_root", "ptrace (trace)"});
  const auto text = emit_spo({profile, "", "web"});
  REQUIRE(text);
  CHECK(text->find("kind: AppArmorProfile") == std::string::npos);
  CHECK(has_line(*text, "#   network vsock stream"));
}

TEST_CASE("a SeccompProfile's file has no namespace in its path since the operator's resources have none") {
  const auto text = emit_spo({container(), "", "web"});
  REQUIRE(text);
  CHECK(text->find("localhostProfile: operator/web.json}") != std::string::npos);
}
