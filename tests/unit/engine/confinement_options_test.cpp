// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/confinement_options.h"

using namespace profilegen;
using Words = std::vector<std::string>;
using Names = std::set<std::string>;
using Kind = ConfinementKind;

namespace {

const Words kFlags{"--security-opt=seccomp=out/seccomp.json",
                   "--security-opt=no-new-privileges",
                   "--cap-drop=ALL",
                   "--cap-add=CHOWN",
                   "--read-only",
                   "--volume=/var/lib/app"};

bool is_nothing(const std::string&) { return false; }

CleanedCommand cleaned(Words options, const Words& flags = kFlags) {
  options.insert(options.begin(), {"docker", "run"});
  options.insert(options.end(), {"image", "--privileged"});
  const auto result = without_replaced(options, 2, flags, is_nothing);
  REQUIRE(result);
  CHECK(result->words.back() == "--privileged");
  return *result;
}

Words kept(const Words& options, const Words& flags = kFlags) {
  Words words = cleaned(options, flags).words;
  return {words.begin() + 2, words.end() - 2};
}

Words left_out(const Words& options, const Words& flags = kFlags) { return cleaned(options, flags).left_out; }

std::string refusal(Words options, const Words& flags = kFlags) {
  options.insert(options.begin(), {"docker", "run"});
  options.emplace_back("image");
  const auto result = without_replaced(options, 2, flags, is_nothing);
  return result ? "" : result.error().line();
}

}  // namespace

TEST_CASE("options that confine are found in each spelling, and only before the image") {
  const Words words{"--security-opt",
                    "seccomp=unconfined",
                    "--security-opt=apparmor:x",
                    "-it",
                    "--cap-add",
                    "cap_chown,NET_raw",
                    "--cap-drop=all",
                    "--privileged=true",
                    "--read-only=0",
                    "--name",
                    "--privileged",
                    "--security-opt",
                    "no-new-privileges:false",
                    "--security-opt=label=disable",
                    "image",
                    "--privileged"};
  const auto found = confinement_options(words, 0);
  REQUIRE(found.size() == 7);
  CHECK(found[0].kind == Kind::seccomp);
  CHECK(found[0].value == "unconfined");
  CHECK(found[0].text == "--security-opt seccomp=unconfined");
  CHECK(found[1].kind == Kind::apparmor);
  CHECK(found[1].value == "x");
  CHECK(found[2].names == Names{"CHOWN", "NET_RAW"});
  CHECK(found[3].kind == Kind::cap_drop);
  CHECK(found[3].names == Names{"ALL"});
  CHECK(found[4].kind == Kind::privileged);
  CHECK(found[4].on);
  CHECK(found[5].kind == Kind::read_only);
  CHECK_FALSE(found[5].on);
  CHECK(found[6].kind == Kind::no_new_privileges);
  CHECK_FALSE(found[6].on);
}

TEST_CASE("what a bundle's flags say about confinement") {
  const auto bundle = confinement_of_flags(kFlags);
  REQUIRE(bundle);
  CHECK(bundle->seccomp);
  CHECK(bundle->capabilities == Names{"CHOWN"});
  CHECK(bundle->read_only);
  CHECK(bundle->no_new_privileges);
  CHECK(bundle->apparmor.empty());
  const auto filter_only = confinement_of_flags({"--security-opt=seccomp=f.json"});
  REQUIRE(filter_only);
  CHECK_FALSE(filter_only->capabilities);
  for (const char* off : {"--privileged", "--security-opt=seccomp=unconfined", "--cap-add=ALL"})
    CHECK_FALSE(confinement_of_flags({"--cap-drop=ALL", off}));
  CHECK(confinement_of_flags({"--privileged=false"}));
}

TEST_CASE("a filter of the command's own, and --privileged, are refused and named") {
  CHECK(refusal({"--security-opt", "seccomp=unconfined"}).find("COMMAND has a filter of its own") != std::string::npos);
  CHECK(refusal({"--security-opt=seccomp:unconfined"}).find("seccomp:unconfined") != std::string::npos);
  CHECK(refusal({"--rm", "--privileged"}).find("COMMAND has --privileged, which switches") != std::string::npos);
  CHECK(refusal({"--privileged=1"}).find("--privileged=1") != std::string::npos);
  CHECK(refusal({"--privileged=false"}).empty());
  CHECK(refusal({"--security-opt", "label=disable", "-e", "seccomp=unconfined"}).empty());
}

TEST_CASE("what would win over the bundle's flags is taken out and named; the rest stays") {
  CHECK(left_out({"--cap-add", "NET_ADMIN"}) == Words{"--cap-add NET_ADMIN"});
  CHECK(kept({"--rm", "--cap-add", "NET_ADMIN", "-v", "/a:/b"}) == Words{"--rm", "-v", "/a:/b"});
  CHECK(left_out({"--cap-add=cap_chown"}).empty());
  CHECK(left_out({"--cap-add=ALL"}) == Words{"--cap-add=ALL"});
  CHECK(left_out({"--cap-add=CHOWN,KILL"}) == Words{"--cap-add=CHOWN,KILL"});
  CHECK(left_out({"--cap-drop=CAP_CHOWN"}) == Words{"--cap-drop=CAP_CHOWN"});
  CHECK(kept({"--cap-drop=KILL", "--cap-drop=all"}) == Words{"--cap-drop=KILL", "--cap-drop=all"});
  CHECK(left_out({"--read-only=false"}) == Words{"--read-only=false"});
  CHECK(kept({"--read-only=true"}) == Words{"--read-only=true"});
  CHECK(left_out({"--security-opt", "no-new-privileges=false"}) == Words{"--security-opt no-new-privileges=false"});
  CHECK(kept({"--security-opt", "no-new-privileges:true"}).size() == 2);
}

TEST_CASE("only what the bundle sets is taken out") {
  const Words filter{"--security-opt=seccomp=f.json"};
  CHECK(left_out({"--cap-add=ALL", "--read-only=false", "--security-opt=no-new-privileges:false"}, filter).empty());
  CHECK(refusal({"--privileged"}, filter).empty());
  CHECK_FALSE(refusal({"--security-opt=seccomp=unconfined"}, filter).empty());
  CHECK(left_out({"--security-opt", "apparmor=unconfined"}).empty());
  const Words apparmor{"--security-opt=apparmor=app"};
  CHECK(left_out({"--security-opt", "apparmor=unconfined"}, apparmor) == Words{"--security-opt apparmor=unconfined"});
  CHECK(left_out({"--security-opt", "apparmor=app"}, apparmor).empty());
}

TEST_CASE("the bundle's flags in the command are the bundle's, and not asked for twice") {
  Words words = kFlags;
  words.emplace_back("--rm");
  CHECK(kept(words) == Words{"--rm"});
  CHECK(left_out(words).empty());
  words.emplace_back("--security-opt=seccomp=unconfined");
  CHECK_FALSE(refusal(words).empty());
  const auto same = without_replaced({"docker", "run", "--security-opt", "seccomp=/abs/out/seccomp.json", "image"}, 2,
                                     kFlags, [](const std::string& file) { return file == "/abs/out/seccomp.json"; });
  REQUIRE(same);
  CHECK(same->words == Words{"docker", "run", "image"});
  CHECK(same->left_out.empty());
}
