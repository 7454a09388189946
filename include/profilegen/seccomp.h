// SPDX-License-Identifier: Apache-2.0
// Seccomp filters: what a profile means in seccomp's terms, and what a filter does to a call once it is compiled.
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

/// Linux errno values as they stand in the artifact; those of the machine that emits don't matter.
inline constexpr uint32_t kErrnoPerm = 1;
inline constexpr uint32_t kErrnoNoSys = 38;

struct SeccompRule {
  std::optional<uint32_t> errnum;  ///< what the call is answered; none: it is allowed
  std::set<std::string> names;     ///< never empty
  ArgumentRule arguments{};        ///< with these only; empty: with any
};

/// What a profile means in seccomp's terms. A name means the call of every listed table. It is in one rule, or
/// in one for each kind of arguments. Everything else is answered with kErrnoNoSys.
struct SeccompFilter {
  std::vector<Arch> architectures;  ///< the native one first
  std::vector<SeccompRule> rules;
};

SeccompFilter seccomp_filter(const Profile& profile);

enum class SeccompAction : uint8_t {
  allow,       ///< ALLOW and LOG
  supervised,  ///< NOTIFY: another process decides
  error,       ///< ERRNO, and TRACE, which answers ENOSYS where nobody traces
  kill,        ///< KILL and TRAP: a signal, no errno
};

/// What a filter answers to a call.
struct SeccompAnswer {
  SeccompAction action = SeccompAction::kill;
  uint32_t errnum = 0;  ///< of an error
  auto operator<=>(const SeccompAnswer&) const = default;

  [[nodiscard]] bool lets_through() const {
    return action == SeccompAction::allow || action == SeccompAction::supervised;
  }
};
std::string answer_text(const SeccompAnswer& answer);  ///< "EPERM", "allowed", "a signal"

using CallArguments = std::array<uint64_t, 6>;

/// A filter as libseccomp compiles it, with the rules that a runtime would hand over: those that do what the default
/// does and those for names that no table has are left out (runc: libcontainer/seccomp, crun: src/libcrun/seccomp.c).
/// A call that this machine's libseccomp is too old for has a small filter of its own, under another call's name.
class SeccompEffect {
 public:
  static Result<SeccompEffect> of(const Profile& profile);
  /// OCI's plain form or Moby's. Conditions of the latter are read for a container with these capabilities (names
  /// without prefix) on a kernel that is newer than all of them. Errors name the field.
  static Result<SeccompEffect> of_file(std::string_view text, const std::string& object,
                                       const std::set<std::string>& capabilities);

  /// Calls of other tables than these are answered with a signal.
  [[nodiscard]] const std::set<Arch>& architectures() const;
  /// The table that a 64-bit program uses, of the machines that it is for.
  [[nodiscard]] Arch native() const;
  [[nodiscard]] SeccompAnswer answer(const CallKey& call, const CallArguments& arguments) const;
  /// For each argument the values of it that rules of this name tell apart.
  [[nodiscard]] std::array<std::set<uint64_t>, 6> told_apart(const std::string& name) const;
  /// What a person should know, one line each, sorted.
  [[nodiscard]] const std::vector<std::string>& notes() const;

 private:
  struct Compiled;
  static Result<SeccompEffect> compiled(const seccomp::SeccompFile& file, Arch base, const std::vector<Arch>& arches,
                                        const std::string& object, std::vector<std::string> notes);
  explicit SeccompEffect(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

/// The filter within a SeccompProfile of the Security Profiles Operator, as JSON that of_file() reads. nullopt when the
/// text is no such resource.
std::optional<std::string> filter_of_spo(std::string_view text);

/// What Docker gives to a container that asks for nothing (profiles/docker-default.json).
struct EngineDefault {
  std::string engine;  ///< "Docker 20.10.24"
  std::set<std::string> capabilities;
  std::set<std::string> calls;  ///< let through, at least with some arguments
};
const EngineDefault& docker_default();

}  // namespace profilegen
