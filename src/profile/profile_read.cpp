// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdio>

#include "needed_by.h"
#include "profile_texts.h"
#include "profilegen/capabilities.h"
#include "profilegen/input_file.h"
#include "profilegen/json_reader.h"
#include "profilegen/lines.h"
#include "profilegen/permissions.h"
#include "profilegen/profile.h"
#include "runtimes.h"

namespace profilegen {
namespace {

// Only the form of the name is checked: a profile may name a call that only a newer profilegen knows.
bool is_call_name(std::string_view name) {
  const bool is_number = name.starts_with('#');
  if (is_number) name.remove_prefix(1);
  return !name.empty() && std::ranges::all_of(name, [&](char letter) {
    const bool is_digit = letter >= '0' && letter <= '9';
    return is_digit || (!is_number && (letter == '_' || (letter >= 'a' && letter <= 'z')));
  });
}

void read_calls_of(const JsonValue& arches, const std::function<void(CallKey, JsonValue)>& each) {
  arches.members([&](const std::string& arch_text, JsonValue calls) {
    const std::optional<Arch> arch = arch_from_name(arch_text);
    if (!arch) return calls.fail("is not an architecture");
    calls.members([&](const std::string& name, JsonValue value) {
      if (!is_call_name(name)) return value.fail("is not the name of a system call");
      each({*arch, name}, value);
    });
  });
}

void read_argument_rule(const JsonValue& text, std::set<ArgumentRule>& rules) {
  const auto rule = argument_rule_from_text(text.string());
  if (!rule) return text.fail("must be comparisons of arguments, such as \"0=0x1 1&0xff=0x2\"");
  rules.insert(*rule);
}

void read_calls(const JsonValue& root, Profile& profile) {
  read_calls_of(root.at("calls"), [&](CallKey call, JsonValue value) {
    const auto who = needed_by_from_text(value.string());
    if (!who) return value.fail("must be \"app\", \"runtime\", \"app runtime\", \"companion\" or \"unknown\"");
    profile.calls.emplace(std::move(call), *who);
  });
  read_calls_of(root.at("arguments"), [&](CallKey call, JsonValue value) {
    if (!profile.calls.contains(call)) return value.fail("is not in \"calls\": no arguments of it are let through");
    value.elements([&](JsonValue text) { read_argument_rule(text, profile.arguments[call]); });
    if (!profile.arguments.contains(call)) value.fail("is empty: leave the call out of \"arguments\", or of \"calls\"");
  });
  constexpr uint32_t max_errno = 4095;
  read_calls_of(root.at("answers"), [&](CallKey call, JsonValue value) {
    if (profile.calls.contains(call))
      return value.fail("is in \"calls\" too: a call that is let through has no answer");
    profile.answers.emplace(std::move(call), static_cast<uint32_t>(value.number(max_errno, 1)));
  });
}

Arch read_arch(const JsonValue& value) {
  const std::optional<Arch> arch = arch_from_name(value.string());
  if (!arch) value.fail("is not an architecture");
  return arch.value_or(Arch::x86_64);
}

void read_capabilities(const JsonValue& list, std::set<std::string>& into) {
  list.elements([&](JsonValue value) {
    const std::string name = value.string();
    const std::optional<uint32_t> number = capability_number(name);
    if (!number || capability_name(*number) != name) return value.fail("is not a capability, such as \"NET_RAW\"");
    into.insert(name);
  });
}

void read_capability_objects(const JsonValue& object, Profile& profile) {
  object.members([&](const std::string& name, JsonValue list) {
    const std::optional<uint32_t> number = capability_number(name);
    if (!number || capability_name(*number) != name) return list.fail("is not a capability, such as \"NET_RAW\"");
    std::set<CapabilityObject> objects;
    list.elements([&](JsonValue value) { objects.insert(object_from_json(value)); });
    add_capability_objects(profile, name, std::move(objects));
  });
}

HoleKind read_kind(const JsonValue& value) {
  const std::string kind = value.string();
  if (kind != "tmpfs" && kind != "volume") value.fail("must be \"tmpfs\" or \"volume\"");
  return kind == "volume" ? HoleKind::volume : HoleKind::tmpfs;
}

uint32_t read_mode(const JsonValue& value) {
  const std::string text = value.string();
  const bool is_mode = text.size() == 4 && text.find_first_not_of("01234567") == std::string::npos;
  if (is_mode) return static_cast<uint32_t>(std::stoul(text, nullptr, 8));
  value.fail("must be four octal digits, such as \"0755\"");
  return 0;
}

Ownership read_ownership(const JsonValue& value) {
  Ownership owned;
  int length = 0;
  const std::string text = value.string();
  const int read = std::sscanf(text.c_str(), "%4o %10u:%10u%n", &owned.mode, &owned.uid, &owned.gid, &length);
  if (read != 3 || static_cast<size_t>(length) != text.size())
    value.fail("must be a mode, an owner and a group, such as \"0640 0:42\"");
  return owned;
}

bool is_peak(std::string_view name) {
#define PEAK(id, known, unit, meaning) \
  if (name == known) return true;
#include "profilegen/peaks.def"
#undef PEAK
  return false;
}

void read_limits(const JsonValue& object, Profile& profile) {
  object.members([&](const std::string& name, JsonValue value) {
    if (!is_peak(name)) return value.fail("is not a limit that this profilegen knows");
    profile.limits[name] = value.number(INT64_MAX, 1);
  });
}

std::string read_origin(const JsonValue& value) {
  std::string origin = value.string();
  constexpr std::array<std::string_view, 4> origins = {"volume", "bind", "tmpfs", "other"};
  if (std::ranges::find(origins, origin) == origins.end())
    value.fail("must be \"volume\", \"bind\", \"tmpfs\" or \"other\"");
  return origin;
}

UserMount read_mount(const JsonValue& value) {
  value.keys({"source", "origin", "written", "read_only"});
  return {.source = value.at("source").path_text(),
          .origin = read_origin(value.at("origin")),
          .written = value.at("written").boolean(),
          .read_only = value.at("read_only").boolean()};
}

template <typename Value>
void read_paths(const JsonValue& object, std::map<std::string, Value>& into, Value (*read)(const JsonValue&)) {
  object.members([&](const std::string& key, JsonValue value) {
    if (const auto path = read_path_key(key, value)) into.emplace(*path, read(value));
  });
}

// The last three are written only where they are not the default.
Hole read_hole(const JsonValue& value) {
  value.keys({"kind", "mode", "uid", "gid", "exec", "size", "reason"}, {"empty", "uncertain", "directories"});
  Hole hole{.kind = read_kind(value.at("kind")),
            .mode = read_mode(value.at("mode")),
            .uid = value.at("uid").number32(),
            .gid = value.at("gid").number32(),
            .exec = value.at("exec").boolean(),
            .reason = read_one_line(value.at("reason")),
            .size = value.at("size").number(INT64_MAX)};
  hole.empty = value.has("empty") && value.at("empty").boolean();
  hole.uncertain = value.has("uncertain") && value.at("uncertain").boolean();
  if (value.has("directories")) read_paths(value.at("directories"), hole.directories, read_ownership);
  return hole;
}

void read_writable(const JsonValue& root, Profile& profile) {
  profile.read_only_root = root.at("read_only_root").boolean();
  profile.root_reason = read_one_line(root.at("root_reason"));
  read_paths(root.at("holes"), profile.holes, read_hole);
  if (root.has("asked")) root.at("asked").elements([&](JsonValue path) { profile.asked.insert(path.path_text()); });
  read_paths(root.at("mounts"), profile.mounts, read_mount);
}

void read_files(const JsonValue& object, Profile& profile) {
  object.members([&](const std::string& pattern, JsonValue value) {
    const std::string permissions = value.string();
    if (!pattern.starts_with('/')) return value.fail("is not an absolute path");
    if (!is_quotable_pattern(pattern))
      return value.fail("is not an AppArmor pattern: write a control character or a quote as \\ and its octal number");
    if (!are_permissions(permissions)) return value.fail("must be letters of \"rwmklix\" in this order");
    profile.files.emplace(pattern, FileRule{permissions});
  });
}

std::optional<std::pair<std::string, std::string>> socket_from_text(const std::string& text) {
  const size_t space = text.find(' ');
  const bool is_pair = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789 ") == std::string::npos &&
                       space != std::string::npos && space > 0 && space + 1 < text.size() &&
                       text.find(' ', space + 1) == std::string::npos;
  if (!is_pair) return std::nullopt;
  return std::pair(text.substr(0, space), text.substr(space + 1));
}

constexpr const char* kNoSocket = "must be a family and a type, such as \"inet stream\"";

void read_network(const JsonValue& root, Profile& profile) {
  root.at("network").elements([&](JsonValue value) {
    const auto socket = socket_from_text(value.string());
    if (!socket) return value.fail(kNoSocket);
    profile.network.insert(*socket);
  });
  profile.needs_network = root.at("needs_network").boolean();
  constexpr uint64_t last_port = 65535;
  if (root.has("lowest_ports"))
    root.at("lowest_ports").members([&](const std::string& name, JsonValue value) {
      const auto socket = socket_from_text(name);
      if (!socket) return value.fail(kNoSocket);
      profile.lowest_ports[*socket] = static_cast<uint32_t>(value.number(last_port, 1));
    });
  if (root.has("ping_sockets")) profile.ping_sockets = root.at("ping_sockets").boolean();
}

std::vector<std::string> read_lines(const JsonValue& list) {
  std::vector<std::string> lines;
  list.elements([&](JsonValue value) { lines.push_back(read_one_line(value)); });
  sort_lines(lines);
  return lines;
}

Profile read_profile(const JsonValue& root) {
  root.keys({"profilegen_profile",
             "arch",
             "container",
             "runtime",
             "calls",
             "arguments",
             "answers",
             "capabilities",
             "no_new_privileges",
             "as_root",
             "restricted",
             "limits",
             "read_only_root",
             "root_reason",
             "holes",
             "mounts",
             "files",
             "network",
             "needs_network",
             "incomplete",
             "notes"},
            {"asked", "capability_objects", "denied_capabilities", "file_capabilities", "kept_capabilities",
             "lowest_ports", "ping_sockets", "users"});
  Profile profile;
  profile.arch = read_arch(root.at("arch"));
  profile.container = root.at("container").boolean();
  profile.runtimes = runtimes_from_text(read_one_line(root.at("runtime")));
  profile.no_new_privileges = root.at("no_new_privileges").boolean();
  read_calls(root, profile);
  read_capabilities(root.at("capabilities"), profile.capabilities);
  if (root.has("file_capabilities")) read_capabilities(root.at("file_capabilities"), profile.file_capabilities);
  if (root.has("kept_capabilities")) read_capabilities(root.at("kept_capabilities"), profile.kept_capabilities);
  if (root.has("denied_capabilities")) read_capabilities(root.at("denied_capabilities"), profile.denied_capabilities);
  if (root.has("capability_objects")) read_capability_objects(root.at("capability_objects"), profile);
  profile.as_root = root.at("as_root").boolean();
  if (root.has("users")) root.at("users").elements([&](JsonValue user) { profile.users.insert(user.path_text()); });
  read_paths(root.at("restricted"), profile.restricted, read_ownership);
  read_limits(root.at("limits"), profile);
  read_writable(root, profile);
  read_files(root.at("files"), profile);
  read_network(root, profile);
  profile.incomplete = read_lines(root.at("incomplete"));
  profile.notes = read_lines(root.at("notes"));
  return profile;
}

}  // namespace

Result<Profile> parse_profile(std::string_view text, const std::string& object) {
  Result<JsonDocument> document = JsonDocument::parse(text, object);
  if (!document) return document.error();
  if (!document->check_version("profilegen_profile", "profile", kProfileVersion)) return *document->error();
  Profile profile = read_profile(document->root());
  if (document->error()) return *document->error();
  return profile;
}

Result<Profile> load_profile(const std::string& path) {
  Result<std::string> text = read_input(path);
  if (!text) return text.error();
  return parse_profile(*text, input_name(path));
}

}  // namespace profilegen
