// SPDX-License-Identifier: Apache-2.0
// Sources: runc libcontainer/seccomp/config.go and libcontainer/specconv/spec_linux.go, crun src/libcrun/seccomp.c and
// libseccomp's src/arch.c, at the measured versions; each refusal was tried with runc 1.1.5 and 1.3.6, crun 1.8.1 and
// 1.28.
#include "form_names.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <string_view>

#include "measured.h"

namespace profilegen::lint {
namespace {

using Labels = std::set<std::string>;

constexpr std::array<std::string_view, 9> kActions = {
    "SCMP_ACT_ALLOW",  "SCMP_ACT_ERRNO", "SCMP_ACT_KILL",  "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD",
    "SCMP_ACT_NOTIFY", "SCMP_ACT_LOG",   "SCMP_ACT_TRACE", "SCMP_ACT_TRAP"};
constexpr std::array<std::string_view, 7> kComparisons = {
    "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"};
constexpr std::array<std::string_view, 16> kByAll = {"X86",    "X86_64",    "X32",    "ARM",      "AARCH64",     "MIPS",
                                                     "MIPS64", "MIPS64N32", "MIPSEL", "MIPSEL64", "MIPSEL64N32", "PPC",
                                                     "PPC64",  "PPC64LE",   "S390",   "S390X"};
constexpr std::array<std::string_view, 3> kByCrun = {"PARISC", "PARISC64", "RISCV64"};
constexpr std::array<std::string_view, 11> kBigEndian = {"MIPS",  "MIPS64", "MIPS64N32", "PARISC", "PARISC64", "PPC",
                                                         "PPC64", "S390",   "S390X",     "M68K",   "SHEB"};
constexpr std::array<std::string_view, 3> kFlags = {"SECCOMP_FILTER_FLAG_TSYNC", "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
                                                    "SECCOMP_FILTER_FLAG_LOG"};
constexpr std::string_view kArchPrefix = "SCMP_ARCH_";
constexpr const char* kFirstRunc = "runc 1.1.5";  // the only measured runc without flags and without RISCV64

template <typename List>
bool lists(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

/// crun takes a name without its prefix, and in small letters as well.
std::string crun_name(std::string name) {
  if (name.starts_with(kArchPrefix)) name.erase(0, kArchPrefix.size());
  std::ranges::transform(name, name.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return name;
}

Labels joined(Labels labels, const Labels& more) {
  labels.insert(more.begin(), more.end());
  return labels;
}

Labels refusing_runc(const std::string& name) {
  if (!name.starts_with(kArchPrefix)) return all_of("runc");
  const std::string bare = name.substr(kArchPrefix.size());
  if (lists(kByAll, bare)) return {};
  if (bare == "RISCV64") return {kFirstRunc};
  return bare == "LOONGARCH64" ? Labels{kFirstRunc, "runc 1.1.15"} : all_of("runc");
}

Labels refusing_crun(const std::string& name) {
  const std::string bare = crun_name(name);
  if (lists(kByAll, bare) || lists(kByCrun, bare)) return {};
  return bare == "LOONGARCH64" ? Labels{"crun 1.8.1"} : all_of("crun");
}

}  // namespace

bool is_action(const std::string& name) { return lists(kActions, name); }
bool is_comparison(const std::string& name) { return lists(kComparisons, name); }

std::set<std::string> refusing_architecture(const std::string& name) {
  return joined(refusing_runc(name), refusing_crun(name));
}

std::set<std::string> refusing_flag(const std::string& name) {
  if (lists(kFlags, name)) return {kFirstRunc};
  if (name == "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV") return all_of("runc");
  return joined(all_of("runc"), all_of("crun"));
}

bool has_other_byte_order(const std::string& architecture) {
  return lists(kBigEndian, crun_name(architecture)) != (std::endian::native == std::endian::big);
}

}  // namespace profilegen::lint
