// SPDX-License-Identifier: Apache-2.0
#include "risk.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "profilegen/paths.h"
#include "profilegen_data.h"

namespace profilegen {

namespace {
constexpr std::array<std::string_view, 4> kRisks = {"low", "medium", "high", "critical"};
}  // namespace

std::string_view risk_name(Risk risk) { return kRisks[static_cast<size_t>(risk)]; }

std::optional<Risk> risk_from_name(std::string_view name) {
  const auto* found = std::ranges::find(kRisks, name);
  if (found == kRisks.end()) return std::nullopt;
  return static_cast<Risk>(found - kRisks.begin());
}

namespace diff {
namespace {

using nlohmann::json;

struct Rank {
  Risk risk = Risk::low;
  std::string opens;
};

// The data is compiled in and the tests load all of it, so a mistake in it is our own bug.
const json& table() {
  static const json file = json::parse(data::risk_json);
  return file;
}

Rank rank_of(const json& line) { return {*risk_from_name(line.at("risk").get<std::string>()), line.at("opens")}; }

Rank otherwise(std::string_view kind) { return rank_of(table().at("otherwise").at(std::string(kind))); }

Rank by_name(std::string_view section, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    for (const json& line : table().at(std::string(section)))
      for (const json& known : line.at("names"))
        if (known == name) return rank_of(line);
  return otherwise(section);
}

std::optional<Rank> by_path(const std::string& section, std::string_view path) {
  const json* best = nullptr;
  size_t length = 0;
  for (const json& line : table().at(section))
    for (const json& known : line.at("paths")) {
      const auto& directory = known.get_ref<const std::string&>();
      if (directory.size() < length || !is_at_or_below(path, directory)) continue;
      best = &line;
      length = directory.size();
    }
  if (best == nullptr) return std::nullopt;
  return rank_of(*best);
}

/// "read" for "i386 read".
std::string call_name(const std::string& item) { return item.substr(item.find_last_of(' ') + 1); }

bool has_any(const std::string& text, std::string_view letters) {
  return text.find_first_of(letters) != std::string::npos;
}

/// The highest risk among the permissions of its letters.
Rank of_file(const Change& change) {
  Rank worst;
  const auto add = [&worst](Rank rank) {
    if (worst.opens.empty() || rank.risk > worst.risk) worst = std::move(rank);
  };
  if (has_any(change.permissions, "wkl")) add(by_path("writable", change.item).value_or(otherwise("mount")));
  if (has_any(change.permissions, "x")) add(otherwise("executable"));
  if (worst.opens.empty() || has_any(change.permissions, "r"))
    add(by_path("readable", change.item).value_or(otherwise("readable")));
  return worst;
}

/// What a pattern begins with, as the paths that it matches do; `whole` when it matches one path only.
struct Beginning {
  std::string text;
  bool whole = true;
};

Beginning beginning_of(std::string_view pattern) {
  Beginning begin;
  for (size_t at = 0; at < pattern.size() && begin.whole; ++at) {
    const bool escaped = pattern[at] == '\\' && at + 1 < pattern.size();
    if (escaped) ++at;
    begin.whole = escaped || std::string_view("*?[{").find(pattern[at]) == std::string_view::npos;
    if (begin.whole) begin.text += pattern[at];
  }
  return begin;
}

struct Mounted {
  std::string path;  ///< the mount's, in the container
  std::string file;  ///< what the pattern begins with, in the container
  std::string host;  ///< the same on the host; empty when it has no name there
};

/// The innermost mount in which all files of the pattern are.
std::optional<Mounted> mount_around(const std::string& pattern, const std::map<std::string, UserMount>& mounts) {
  const Beginning begin = beginning_of(pattern);
  std::optional<Mounted> found;
  for (const auto& [path, mount] : mounts) {
    const bool inside = begin.whole ? is_at_or_below(begin.text, path) : begin.text.starts_with(path + "/");
    if (!inside || (found && found->path.size() > path.size())) continue;
    const std::string source = mount.source == "/" ? "" : mount.source;
    found = {path, begin.text, mount.source.starts_with('/') ? source + begin.text.substr(path.size()) : ""};
  }
  return found;
}

/// The user gave the mount, so what is in it may be read and changed. But an engine's socket, a device or a secret is
/// what it is wherever it was mounted.
Rank of_mounted_file(const Change& change, const Mounted& mounted) {
  Rank worst{Risk::low, "in your mount " + mounted.path};
  const auto add = [&worst](const std::optional<Rank>& rank, Risk least) {
    if (rank && rank->risk >= least && rank->risk > worst.risk) worst = *rank;
  };
  if (has_any(change.permissions, "x")) add(otherwise("executable"), Risk::low);
  for (const std::string& path : {mounted.file, mounted.host}) {
    if (has_any(change.permissions, "wkl")) add(by_path("writable", path), Risk::critical);
    if (has_any(change.permissions, "r")) add(by_path("readable", path), Risk::high);
  }
  return worst;
}

Rank of_hole(const Change& change) {
  if (has_any(change.permissions, "x")) return otherwise("executable-hole");
  return by_path("writable", change.item).value_or(otherwise("mount"));
}

/// A flag of a policy is as risky as what it gives; any other can give everything.
Rank of_flag(const std::string& flag) {
  const auto value_of = [&flag](std::string_view option) {
    return flag.starts_with(option) ? flag.substr(option.size()) : std::string();
  };
  if (const std::string name = value_of("--cap-add="); !name.empty() && name != "ALL")
    return by_name("capability", {name});
  if (flag == "--read-only" || flag == "--read-only-tmpfs=false") return by_name("option", {"read-only"});
  if (flag == "--security-opt=no-new-privileges") return by_name("option", {"no-new-privileges"});
  if (const std::string place = value_of("--volume="); place.starts_with('/') && place.find(':') == std::string::npos)
    return by_path("writable", place).value_or(otherwise("mount"));
  if (const std::string place = value_of("--tmpfs="); place.starts_with('/'))
    return by_path("writable", place.substr(0, place.find(':'))).value_or(otherwise("mount"));
  return otherwise("flag");
}

Rank find_rank(const Change& change) {
  const std::string_view kind = change_kind_name(change.kind);
  switch (change.kind) {
    case ChangeKind::syscall:
    case ChangeKind::arguments:
      return by_name(kind, {call_name(change.item)});
    case ChangeKind::capability:
    case ChangeKind::option:
      return by_name(kind, {change.item});
    case ChangeKind::network:
      return by_name(kind, {change.item, change.item.substr(0, change.item.find(' '))});
    case ChangeKind::writable:
      return of_hole(change);
    case ChangeKind::file:
      return of_file(change);
    case ChangeKind::flag:
      return of_flag(change.item);
    case ChangeKind::answer:
    case ChangeKind::architecture:
    case ChangeKind::default_answer:
    case ChangeKind::mount:
      break;
  }
  return otherwise(kind);
}

}  // namespace

void rank(Change& change, const std::map<std::string, UserMount>& mounts) {
  const auto mounted = change.kind == ChangeKind::file ? mount_around(change.item, mounts) : std::nullopt;
  auto [risk, opens] = mounted ? of_mounted_file(change, *mounted) : find_rank(change);
  if (mounted) change.detail += ", in your mount " + mounted->path;
  change.risk = risk;
  change.opens = std::move(opens);
}

}  // namespace diff
}  // namespace profilegen
