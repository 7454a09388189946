// SPDX-License-Identifier: Apache-2.0
// Compares two policies: what is allowed in one and not in the other, and how risky that is.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/result.h"
#include "profilegen/seccomp.h"

namespace profilegen {

enum class Direction : uint8_t {
  added,    ///< the new policy allows more
  removed,  ///< the new policy allows less
  changed,  ///< allows neither more nor less, e.g. another errno
};
std::string_view direction_name(Direction direction);  ///< "added", "removed", "changed"

/// What an added permission gives to an attacker who controls the program; see profiles/risk.json.
enum class Risk : uint8_t { low, medium, high, critical };
std::string_view risk_name(Risk risk);  ///< "low", …
std::optional<Risk> risk_from_name(std::string_view name);

enum class ChangeKind : uint8_t {
#define CHANGE_KIND(id, name) id,
#include "profilegen/change_kinds.def"
#undef CHANGE_KIND
};
std::string_view change_kind_name(ChangeKind kind);  ///< "syscall", "default", …
std::optional<ChangeKind> change_kind_from_name(std::string_view name);

struct Change {
  ChangeKind kind = ChangeKind::syscall;
  std::string item;  ///< e.g. "ptrace", "i386 read", "SYS_ADMIN", "/var/lib/app"
  Direction direction = Direction::added;
  std::string detail{};       ///< one clause; may be empty
  Risk risk = Risk::low;      ///< only for what is added
  std::string opens{};        ///< what the addition makes possible, one clause; else empty
  std::string permissions{};  ///< of a file: AppArmor letters; of a writable place: "x" when it allows execution
  std::string was{};          ///< the old value, if `detail` says "OLD -> NEW"; else empty
  std::string is{};           ///< the new value, likewise
  bool operator==(const Change&) const = default;
};

/// What a bundle's files of flags say to the engine beside its profile.
struct BundleFlagWords {
  std::set<std::string> given;    ///< all words
  std::set<std::string> added;    ///< those that the profile has no reason for
  std::set<std::string> missing;  ///< those that take rights away for the profile, and are not there
};

/// One side of a comparison. A plain seccomp file has no profile: it says nothing about capabilities or files.
struct Policy {
  std::string object;  ///< the file, or "standard input"
  std::optional<Profile> profile;
  SeccompEffect filter;
  BundleFlagWords flags{};  ///< of a bundle
};
Result<Policy> policy_of(Profile profile, const std::string& object);

namespace diff {
/// Whether the filter allows the call with at least some arguments.
bool lets_any_through(const SeccompEffect& filter, const CallKey& call);
}  // namespace diff

/// Compares what is allowed, not how it is written: both compiled filters are asked about each call, with all argument
/// values that either of them tells apart. Capabilities, files and so on are compared when both sides have a profile.
/// Sorted: added first, by falling risk, then by kind and item.
std::vector<Change> compare(const Policy& before, const Policy& after);

/// How much a policy allows, compared with Docker's default.
struct Score {
  Arch arch = Arch::x86_64;  ///< the system call table that is counted
  size_t calls = 0;
  size_t default_calls = 0;
  std::vector<std::string> calls_beyond;  ///< calls that Docker's default refuses
  bool has_profile = false;               ///< false: the capabilities are not known
  size_t capabilities = 0;                ///< those that Docker grants by default, too
  size_t default_capabilities = 0;
  std::vector<std::string> capabilities_beyond;
};
Score score_of(const Policy& policy);
/// "61 calls (Docker's default: 345), 0 of its 14 capabilities".
std::string score_text(const Score& score);

/// A change that somebody has accepted, for a time or for good.
///
/// One line of the exemptions file: KIND ITEM [until YYYY-MM-DD] because REASON. ITEM may contain `*` and `?`; comments
/// begin with #.
struct Exemption {
  ChangeKind kind = ChangeKind::syscall;
  std::string item;
  std::string until;  ///< last day (UTC) on which it holds; empty: no end
  std::string reason;
  size_t line = 0;
};
Result<std::vector<Exemption>> parse_exemptions(std::string_view text, const std::string& object);

/// Which changes make the comparison fail.
struct FailOn {
  enum class What : uint8_t { added, removed, any, never, risk } what = What::added;
  Risk least = Risk::low;  ///< the lowest risk that fails, for What::risk
  [[nodiscard]] bool fails(const Change& change) const;
};
std::optional<FailOn> fail_on_from_text(std::string_view text);  ///< "added", …, "risk>=high"

struct Ignored {
  Change change;
  Exemption exemption;
};

struct DiffReport {
  std::string before;  ///< what was compared: file, or "standard input"
  std::string after;
  std::vector<Change> changes;  ///< without the ignored ones
  std::vector<Ignored> ignored;
  std::vector<std::string> notes;  ///< what limits the comparison, one line each
  Score old_score;
  Score new_score;
  FailOn fail_on;
  [[nodiscard]] size_t failing() const;
};

/// `today` is YYYY-MM-DD. Exemptions that have ended or match nothing are reported in the notes; `exemptions_object` is
/// the name of their file.
DiffReport make_report(const Policy& before, const Policy& after, const FailOn& fail_on,
                       const std::vector<Exemption>& exemptions, const std::string& exemptions_object,
                       const std::string& today);

struct DiffFormat {
  std::string_view name;
  std::string_view help;
  std::string (*format)(const DiffReport& report, bool colour);  ///< `colour`: use terminal colours
};
/// In the order of diff_formats.def.
std::span<const DiffFormat> diff_formats();

}  // namespace profilegen
