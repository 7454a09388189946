// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>
#include <chrono>

#include "profilegen/path_text.h"
#include "profilegen/terminal_text.h"
#include "random_profile.h"

using namespace profilegen;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t place = text.find(from);
  REQUIRE(place != std::string::npos);
  return text.replace(place, from.size(), to);
}

Profile example() {
  Profile profile;
  profile.container = true;
  profile.runtimes = {{"runc", "1.1.5", false}};
  profile.calls[{Arch::x86_64, "execve"}] = {NeededBy::app, NeededBy::runtime};
  profile.calls[{Arch::x86_64, "read"}] = {NeededBy::app};
  profile.calls[{Arch::x86, "read"}] = {};
  profile.arguments[{Arch::x86_64, "read"}] = {{{0, 0xffffffff, 1}, {2, 0xf0, 0x10}}};
  profile.answers[{Arch::x86_64, "clone3"}] = 38;
  profile.capabilities = {"NET_RAW"};
  profile.as_root = true;
  profile.users = {"1000:7", "www"};
  profile.restricted["/etc/k\xff"] = {0640, 0, 42};
  profile.limits = {{"memory", 67108864}};
  profile.holes["/run"] = {HoleKind::tmpfs, 01777, 0, 5, true, "create /run/x", 67108864};
  profile.mounts["/da\xff"] = {"a\\b", "volume", true, false};
  profile.files["/a\\*"] = {"rmix"};
  profile.network = {{"inet", "stream"}};
  profile.needs_network = true;
  profile.notes = {"a note"};
  return profile;
}

constexpr std::string_view kExample = R"({
  "profilegen_profile": 1,
  "arch": "x86_64",
  "container": true,
  "runtime": "runc 1.1.5",
  "calls": {
    "x86_64": {
      "execve": "app runtime",
      "read": "app"
    },
    "i386": {
      "read": "unknown"
    }
  },
  "arguments": {
    "x86_64": {
      "read": [
        "0=0x1 2&0xf0=0x10"
      ]
    }
  },
  "answers": {
    "x86_64": {
      "clone3": 38
    }
  },
  "capabilities": [
    "NET_RAW"
  ],
  "no_new_privileges": false,
  "as_root": true,
  "users": [
    "1000:7",
    "www"
  ],
  "restricted": {
    "/etc/k\\xff": "0640 0:42"
  },
  "limits": {
    "memory": 67108864
  },
  "read_only_root": true,
  "root_reason": "",
  "holes": {
    "/run": {
      "kind": "tmpfs",
      "mode": "1777",
      "uid": 0,
      "gid": 5,
      "exec": true,
      "size": 67108864,
      "reason": "create /run/x"
    }
  },
  "mounts": {
    "/da\\xff": {
      "source": "a\\\\b",
      "origin": "volume",
      "written": true,
      "read_only": false
    }
  },
  "files": {
    "/a\\*": "rmix"
  },
  "network": [
    "inet stream"
  ],
  "needs_network": true,
  "incomplete": [],
  "notes": [
    "a note"
  ]
}
)";

std::string error_of(const std::string& from, const std::string& to) {
  const Result<Profile> result = parse_profile(replaced(std::string(kExample), from, to), "p.json");
  REQUIRE_FALSE(result);
  return result.error().line();
}

}  // namespace

TEST_CASE("a profile on disk is one JSON object in one form") {
  CHECK(format_profile(example()) == kExample);
  const Result<Profile> back = parse_profile(kExample, "p.json");
  REQUIRE(back);
  CHECK(*back == example());
}

TEST_CASE("an empty profile has all keys") {
  const Result<Profile> back = parse_profile(format_profile(Profile{}), "p.json");
  REQUIRE(back);
  CHECK(*back == Profile{});
}

TEST_CASE("what is written is read back equal, and written again the same") {
  RandomProfile random(3);
  for (uint32_t round = 0; round < 2000; ++round) {
    const Profile profile = random.next();
    const std::string text = format_profile(profile);
    CAPTURE(text);
    const Result<Profile> back = parse_profile(text, "p.json");
    REQUIRE(back);
    REQUIRE(*back == profile);
    REQUIRE(format_profile(*back) == text);
  }
}

TEST_CASE("lists of a hand-edited profile are put in order") {
  const Result<Profile> back =
      parse_profile(replaced(std::string(kExample), "\"a note\"", R"("z", "a note", "z")"), "p.json");
  REQUIRE(back);
  CHECK(back->notes == std::vector<std::string>{"a note", "z"});
}

TEST_CASE("a note is for people alone: no text of it becomes a field") {
  for (const std::string note :
       {"asked for CAP_CHOWN and was denied", "tried CAP_CHOWN, did not have it and went on: nothing to do"}) {
    const Result<Profile> back = parse_profile(replaced(std::string(kExample), "a note", note), "p.json");
    REQUIRE(back);
    CHECK(back->notes == std::vector<std::string>{note});
    CHECK(back->denied_capabilities.empty());
  }
}

TEST_CASE("another version is an error, never a guess") {
  CHECK(error_of("_profile\": 1", "_profile\": 2").find("p.json: is a profile of version 2") == 0);
  CHECK(error_of("\"profilegen_profile\"", "\"profilegen_trace\"").find("p.json: is not a profile") == 0);
}

TEST_CASE("every mistake is one line that names the field") {
  CHECK(error_of("\"arch\": \"x86_64\"", "\"arch\": \"vax\"") == "p.json: arch: is not an architecture");
  CHECK(error_of("\"container\": true", "\"container\": 1") == "p.json: container: must be true or false");
  CHECK(error_of("\"notes\"", "\"remarks\"").find("p.json: remarks: is not a key") == 0);
  CHECK(error_of("  \"incomplete\": [],\n", "") == "p.json: has no \"incomplete\"");
  CHECK(error_of("\"read\": \"app\"", "\"read\": \"me\"").find("p.json: calls.x86_64.read: must be") == 0);
  CHECK(error_of("\"i386\"", "\"vax\"") == "p.json: calls.vax: is not an architecture");
  CHECK(error_of("\"execve\"", "\"Exec\"") == "p.json: calls.x86_64.Exec: is not the name of a system call");
  CHECK(error_of("\"execve\"", "\"#1a\"") == "p.json: calls.x86_64[\"#1a\"]: is not the name of a system call");
  CHECK(error_of("0=0x1 2", "0=0x1,2") ==
        "p.json: arguments.x86_64.read[0]: must be comparisons of arguments, such as \"0=0x1 1&0xff=0x2\"");
  CHECK(error_of("\"read\": [", "\"write\": [") ==
        "p.json: arguments.x86_64.write: is not in \"calls\": no arguments of it are let through");
  CHECK(error_of("        \"0=0x1 2&0xf0=0x10\"\n", "").find("p.json: arguments.x86_64.read: is empty") == 0);
  CHECK(error_of(": 38", ": 0") == "p.json: answers.x86_64.clone3: must be a number from 1 to 4095");
  CHECK(error_of("\"clone3\"", "\"read\"").find("p.json: answers.x86_64.read: is in \"calls\" too") == 0);
  CHECK(error_of("NET_RAW", "CAP_NET_RAW").find("p.json: capabilities[0]: is not a capability") == 0);
  CHECK(error_of("\"tmpfs\"", "\"ramfs\"") == "p.json: holes[\"/run\"].kind: must be \"tmpfs\" or \"volume\"");
  CHECK(error_of("\"1777\"", "\"999\"").find("p.json: holes[\"/run\"].mode: must be four octal digits") == 0);
  CHECK(error_of("\"uid\": 0", "\"uid\": -1").find("p.json: holes[\"/run\"].uid: must be a number") == 0);
}

TEST_CASE("owners and limits of a profile are checked") {
  for (const char* text : {"\"0640 0\"", "\"0640 0:42 \"", "\"0980 0:42\"", "\"\""})
    CHECK(error_of("\"0640 0:42\"", text).find("must be a mode, an owner and a group") != std::string::npos);
  CHECK(error_of("67108864", "0").find("p.json: limits.memory: must be a number from 1") == 0);
  CHECK(error_of("\"memory\"", "\"cpu\"") == "p.json: limits.cpu: is not a limit that this profilegen knows");
}

TEST_CASE("paths and patterns are absolute, and permissions have one order") {
  CHECK(error_of("\"/run\"", "\"run\"") == "p.json: holes.run: is not an absolute path");
  CHECK(error_of("\"/da\\\\xff\"", "\"/da\\\\q\"").find("is not an absolute path") != std::string::npos);
  CHECK(error_of("\"/a\\\\*\"", "\"a\"") == "p.json: files.a: is not an absolute path");
  CHECK(error_of("rmix", "mrix").find("must be letters of \"rwmklix\" in this order") != std::string::npos);
  CHECK(error_of("inet stream", "inet").find("p.json: network[0]: must be a family and a type") == 0);
}

TEST_CASE("a text that no recording writes is refused, with its field") {
  const std::string one_line = "must be one line without control characters";
  CHECK(error_of("\"a note\"", "\"a\\nnote\"") == "p.json: notes[0]: " + one_line);
  CHECK(error_of("\"incomplete\": []", "\"incomplete\": [\"\\u001b[2J\"]") == "p.json: incomplete[0]: " + one_line);
  CHECK(error_of("\"root_reason\": \"\"", "\"root_reason\": \"x\\nExecStartPre=y\"") ==
        "p.json: root_reason: " + one_line);
  CHECK(error_of("\"reason\": \"", "\"reason\": \"\\u007f") == "p.json: holes[\"/run\"].reason: " + one_line);
  CHECK(error_of("\"volume\"", "\"vol\\nume\"").find("must be \"volume\", \"bind\", \"tmpfs\" or \"other\"") !=
        std::string::npos);
  CHECK(error_of("\"/run\"", "\"/r\\u0000\"").find("is not an absolute path") != std::string::npos);
  CHECK(error_of("\"source\": \"", "\"source\": \"\\u0000").find("has a NUL character, which no name has") !=
        std::string::npos);
}

TEST_CASE("a pattern that ends its own quotes or line is refused, and an escaped quote is not") {
  for (const char* pattern : {R"("/x\" rw,")", R"("/x\nrw,")", R"("/x\\")", R"("/x\\\\\"y")", R"("/\u007f")"})
    CHECK(error_of("\"/a\\\\*\"", pattern).find("is not an AppArmor pattern") != std::string::npos);
  std::string text{kExample};
  text.replace(text.find("\"/a\\\\*\""), 7, R"("/x\\\"\\\\")");
  const auto profile = parse_profile(text, "p.json");
  REQUIRE(profile);
  CHECK(profile->files.contains(R"(/x\"\\)"));
}

TEST_CASE("names that hold anything but NUL are carried, and nothing in the file is hidden from who reviews it") {
  const std::string odd = "/a\nb\x1b\xff\xc2\x85\xe2\x80\xae\"##[error]::";
  Profile profile;
  profile.holes[odd] = {};
  profile.asked = {odd};
  profile.restricted[odd] = {};
  profile.users = {odd};
  profile.mounts[odd] = {odd, "bind", false, false};
  const std::string text = format_profile(profile);
  CHECK(*parse_profile(text, "p.json") == profile);
  std::string lines = text;
  std::erase(lines, '\n');
  CHECK(is_all_shown(lines));
  CHECK_FALSE(has_runner_order(text));
}

TEST_CASE("a profile of 100 000 files is written in a time that grows with their number") {
  Profile profile;
  for (size_t number = 0; number < 100'000; ++number) profile.files["/srv/f" + std::to_string(number)] = {"r"};
  const auto begin = std::chrono::steady_clock::now();
  CHECK(format_profile(profile).size() > 2'000'000);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(3));
}

TEST_CASE("a file that can't be read is named") {
  const Result<Profile> result = load_profile("/nonexistent/profile.json");
  REQUIRE_FALSE(result);
  CHECK(result.error().object == "/nonexistent/profile.json");
}

TEST_CASE("what is known of a capability besides its need is a field of the file, and a note for people") {
  Profile profile = *parse_profile(kExample, "p.json");
  profile.file_capabilities = {"NET_RAW"};
  profile.kept_capabilities = {"CHOWN"};
  profile.denied_capabilities = {"KILL", "NET_ADMIN", "SYS_ADMIN"};
  const Result<Profile> back = parse_profile(format_profile(profile), "p.json");
  REQUIRE(back);
  CHECK(*back == profile);
  CHECK(all_notes(*back) ==
        std::vector<std::string>{
            "a note", "the file of an executed program demands CAP_NET_RAW (setcap), so it is granted: nothing to do",
            "the program only kept CAP_CHOWN (capset, prctl) and was not seen to use it: granted; verify --minimize "
            "tells whether it does without",
            "tried CAP_KILL, CAP_NET_ADMIN and CAP_SYS_ADMIN, did not have them and went on: nothing to do"});
  CHECK(back->notes == std::vector<std::string>{"a note"});
}

TEST_CASE("what capabilities were needed for is written where it is known, and read back") {
  Profile profile;
  CHECK(format_profile(profile).find("capability_objects") == std::string::npos);
  profile.capabilities = {"CHOWN"};
  profile.capability_objects["CHOWN"] = {{.kind = ObjectKind::CHOWN, .name = "/d", .to_user = Account{33, "www-data"}}};
  const std::string text = format_profile(profile);
  const auto back = parse_profile(text, "p.json");
  REQUIRE(back);
  CHECK(*back == profile);
  std::string wrong = text;
  wrong.replace(wrong.find("\"CHOWN\": ["), 8, "\"WALK\": ");
  CHECK_FALSE(parse_profile(wrong, "p.json"));
}
