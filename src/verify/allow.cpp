// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "profilegen/analyze.h"
#include "profilegen/capabilities.h"
#include "profilegen/companions.h"
#include "profilegen/paths.h"
#include "profilegen/verify.h"

namespace profilegen {
namespace {

// A letter of a denied mask (file_mask_to_str in security/apparmor/file.c) → an operation that needs the same
// permission.
constexpr std::array<std::pair<char, FileOp>, 9> kMasks = {{{'r', FileOp::READ},
                                                            {'w', FileOp::WRITE},
                                                            {'a', FileOp::WRITE},
                                                            {'c', FileOp::CREATE},
                                                            {'d', FileOp::UNLINK},
                                                            {'x', FileOp::EXEC},
                                                            {'m', FileOp::MAP_EXEC},
                                                            {'k', FileOp::LOCK},
                                                            {'l', FileOp::LINK_TO}}};

bool is_file(const AppArmorDenial& record) { return record.name.starts_with('/') && !record.mask.empty(); }

// Adds a denied file as if the operation had been done.
void add_files(const AppArmorDenial& record, Trace& wanted) {
  const bool directory = record.name.size() > 1 && record.name.ends_with('/');
  const std::string path = directory ? record.name.substr(0, record.name.size() - 1) : record.name;
  for (const auto& [letter, op] : kMasks)
    if (record.mask.find(letter) != std::string::npos) wanted.files[{path, op}].directory = directory;
}

// Who was told that it may not write goes on as if it could.
void add_change(const Denial& denial, Trace& wanted) {
  const FileKey& change = denial.change;
  if (is_out_of_room(change) || is_code(change) || is_gain(change)) return;
  const bool asked = change.op == FileOp::ASK_WRITE;
  const FileOp op = !asked ? change.op : denial.fact.directory ? FileOp::TMPFILE : FileOp::WRITE;
  wanted.files.emplace(FileKey{change.path, op}, denial.fact);
}

// The profile that the analysis makes of one kind of denials, as if these files had been changed or used.
Result<Profile> of_files(const Trace& run, const std::vector<Denial>& denials, Denial::Kind kind) {
  Trace wanted;
  wanted.runs = run.runs;
  for (const Denial& denial : denials) {
    if (denial.kind != kind) continue;
    if (kind == Denial::Kind::change) add_change(denial, wanted);
    if (kind == Denial::Kind::apparmor && is_file(denial.apparmor)) add_files(denial.apparmor, wanted);
  }
  return analyze(wanted, {});
}

/// A hole that refused something gets room, or may run code.
void widen_hole(const FileKey& change, const Profile& profile, Profile& wider) {
  for (const auto& [place, hole] : profile.holes) {
    if (!is_below(change.path, place)) continue;
    Hole& wide = wider.holes.try_emplace(place, hole).first->second;
    if (is_code(change))
      wide.exec = true;
    else
      wide.size = 0;
  }
}

void allow_without_file(const AppArmorDenial& record, Profile& wider) {
  if (const auto number = capability_number(record.capability)) wider.capabilities.insert(capability_name(*number));
  if (!record.family.empty()) wider.network.emplace(record.family, record.type);
}

// Root has the file's capabilities anyway. Anyone else gains them, which no-new-privileges forbids.
void demand_by_file(const Trace& run, const std::string& capability, Profile& wider) {
  wider.file_capabilities.insert(capability);
  for (const auto& [id, traced] : run.runs)
    if (!is_root(traced.subject)) wider.no_new_privileges = false;
}

}  // namespace

bool can_allow(const Denial& denial) {
  return denial.kind != Denial::Kind::apparmor || is_file(denial.apparmor) || !denial.apparmor.capability.empty() ||
         !denial.apparmor.family.empty();
}

Result<Profile> allow(const Profile& profile, const Trace& run, const std::vector<Denial>& denials) {
  const Result<Profile> changes = of_files(run, denials, Denial::Kind::change);
  if (!changes) return changes.error();
  const Result<Profile> files = of_files(run, denials, Denial::Kind::apparmor);
  if (!files) return files.error();
  Profile wider = profile;
  wider.holes = changes->holes;
  wider.files = changes->files;
  wider.read_only_root = changes->read_only_root;
  wider.root_reason = changes->root_reason;
  // Only its file rules: the mounts decide where the profile may write.
  Profile rules = profile;
  rules.files = files->files;
  for (const Denial& denial : denials) {
    if (denial.kind == Denial::Kind::capability) wider.capabilities.insert(denial.capability);
    if (denial.kind == Denial::Kind::change && is_gain(denial.change)) wider.no_new_privileges = false;
    if (denial.demanding.starts_with('/')) demand_by_file(run, denial.capability, wider);
    if (denial.kind == Denial::Kind::syscall) {
      add_needed(wider.calls[denial.call], {NeededBy::app});
      // the arguments of the denied call are not known, so all are allowed
      wider.arguments.erase(denial.call);
    }
    if (denial.kind == Denial::Kind::change && (is_out_of_room(denial.change) || is_code(denial.change)))
      widen_hole(denial.change, profile, wider);
    if (denial.kind == Denial::Kind::apparmor) allow_without_file(denial.apparmor, wider);
  }
  return merge_profiles(merge_profiles(profile, wider), rules);
}

}  // namespace profilegen
