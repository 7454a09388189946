// SPDX-License-Identifier: Apache-2.0
// Seccomp filters: the filter that a profile stands for, and what a compiled filter does to a call.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "profilegen/profile.h"
#include "profilegen/result.h"

namespace profilegen {

namespace seccomp {
struct SeccompFile;
}

/// Linux errno values as written into the artifact: those of x86-64 and arm64, whatever machine emits it.
inline constexpr uint32_t kErrnoPerm = 1;
inline constexpr uint32_t kErrnoNoSys = 38;

struct SeccompRule {
  std::optional<uint32_t> errnum;  ///< the errno answered; nullopt: the call is allowed
  std::set<std::string> names;     ///< never empty
  ArgumentRule arguments{};        ///< the rule holds only with these; empty: with any
};

/// The filter that a profile stands for. A rule's name means the call of that name in every listed table. Each name is
/// in one rule, or in one rule for each accepted set of arguments. Every other call is answered with kErrnoNoSys.
struct SeccompFilter {
  std::vector<Arch> architectures;  ///< the native one first
  std::vector<SeccompRule> rules;
};

SeccompFilter seccomp_filter(const Profile& profile);

enum class SeccompAction : uint8_t {
  allow,       ///< ALLOW or LOG
  supervised,  ///< NOTIFY: another process decides
  error,       ///< ERRNO, or TRACE, which answers ENOSYS when there is no tracer
  kill,        ///< KILL or TRAP: a signal instead of an errno
};

/// A filter's answer to a call.
struct SeccompAnswer {
  SeccompAction action = SeccompAction::kill;
  uint32_t errnum = 0;  ///< with SeccompAction::error
  auto operator<=>(const SeccompAnswer&) const = default;

  [[nodiscard]] bool lets_through() const {
    return action == SeccompAction::allow || action == SeccompAction::supervised;
  }
};
std::string answer_text(const SeccompAnswer& answer);  ///< "EPERM", "allowed", "a signal"

/// Who reads a filter's file before a runtime does. They differ in the keys that they know.
enum class FilterReader : uint8_t {
  moby,               ///< Docker: conditions, no errno by name
  containers_common,  ///< Podman and CRI-O: conditions but minKernel, errno by name
  plain,              ///< containerd, nerdctl and runtimes alone: nothing but OCI's own keys
};
/// By an engine's name: "docker", "podman", "cri-o", "containerd", "nerdctl".
std::optional<FilterReader> filter_reader_of(std::string_view engine);

using CallArguments = std::array<uint64_t, 6>;

/// What a compiled filter does with an argument: it compares 32 bits of it, masked, with a constant.
struct WordComparison {
  uint8_t index = 0;
  bool high = false;  ///< the upper half of the argument
  uint32_t mask = 0;
  uint32_t value = 0;
  bool ordered = false;  ///< greater than, not equal to
  auto operator<=>(const WordComparison&) const = default;
};

/// A filter as libseccomp compiles it, from the rules that a runtime would pass on: runtimes drop rules with the
/// default's action and names that no table has (runc: libcontainer/seccomp, crun: src/libcrun/seccomp.c). A call that
/// this machine's libseccomp is too old to know gets a small filter of its own, under another call's name.
class SeccompEffect {
 public:
  static Result<SeccompEffect> of(const Profile& profile);
  /// Reads OCI's plain form, Moby's or containers-common's, as this reader does. Without one, every key counts, and
  /// the notes say who does not know it. Conditions are evaluated for a container with these capabilities (names
  /// without prefix) on a kernel that is newer than any version they name. Errors name the field.
  static Result<SeccompEffect> of_file(std::string_view text, const std::string& object,
                                       const std::set<std::string>& capabilities,
                                       std::optional<FilterReader> reader = {});

  /// The tables that the filter covers. Calls of other tables are answered with a signal.
  [[nodiscard]] const std::set<Arch>& architectures() const;
  /// The table of 64-bit programs on the machines that the filter is for.
  [[nodiscard]] Arch native() const;
  [[nodiscard]] SeccompAnswer answer(const CallKey& call, const CallArguments& arguments) const;
  /// All comparisons of arguments that can decide the answer to the call.
  [[nodiscard]] std::set<WordComparison> comparisons(const CallKey& call) const;
  /// What a person should know, one line each, sorted.
  [[nodiscard]] const std::vector<std::string>& notes() const;

 private:
  struct Compiled;
  static Result<SeccompEffect> compiled(const seccomp::SeccompFile& file, Arch base, const std::vector<Arch>& arches,
                                        const std::string& object, std::vector<std::string> notes);
  explicit SeccompEffect(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

/// What runtimes read in a filter in different ways, or not as it looks, or what one of them refuses.
struct SeccompRemark {
  std::string refused_by;       ///< "runc" or "crun"; empty: none refuses it
  std::string about;            ///< one clause
  std::set<std::string> calls;  ///< that it is about; empty: the whole filter
};
/// Errors name the field.
Result<std::vector<SeccompRemark>> seccomp_remarks(std::string_view text, const std::string& object);

/// What Docker grants to a container without any options (profiles/docker-default.json).
struct EngineDefault {
  std::string engine;  ///< "Docker 20.10.24"
  std::set<std::string> capabilities;
  std::set<std::string> calls;  ///< calls that are allowed, at least with some arguments
};
const EngineDefault& docker_default();

}  // namespace profilegen
