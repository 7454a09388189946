// SPDX-License-Identifier: Apache-2.0
#include "trace_names.h"

#include <array>

namespace profilegen {
namespace {

constexpr std::array<std::string_view, 3> kPhases = {"app", "runtime-run", "runtime-exec"};
constexpr std::array<std::string_view, 7> kVerdicts = {"needed", "unaudited", "overridden", "foreign",
                                                       "denied", "kept",      "file"};
constexpr std::array<std::string_view, 3> kSocketUses = {"made", "loopback", "beyond"};
constexpr std::array<std::string_view, 4> kMarks = {"attached-late", "shutdown-not-recorded", "interrupted",
                                                    "ended-by-signal"};
constexpr std::array<std::string_view, 6> kOrigins = {"image", "engine", "volume", "bind", "tmpfs", "other"};

constexpr std::array kArches = {
#define ARCH(id, name, ...) std::string_view(name),
#include "profilegen/arches.def"
#undef ARCH
};

constexpr std::array kFileOps = {
#define FILE_OP(id, name, ...) std::string_view(name),
#include "profilegen/file_ops.def"
#undef FILE_OP
};

constexpr std::array kFileOpWrites = {
#define FILE_OP(id, name, writes, ...) static_cast<bool>(writes),
#include "profilegen/file_ops.def"
#undef FILE_OP
};

constexpr std::array kFileOpApparmor = {
#define FILE_OP(id, name, writes, apparmor, ...) std::string_view(apparmor),
#include "profilegen/file_ops.def"
#undef FILE_OP
};

constexpr std::array kFileOpTraits = {
#define FILE_OP(id, name, writes, apparmor, names, right, object) \
  FileOpTraits{FileOpTraits::Name::names, FileOpTraits::Right::right, FileOpTraits::Object::object},
#include "profilegen/file_ops.def"
#undef FILE_OP
};

constexpr std::array kBehaviourNames = {
#define BEHAVIOUR(id, name, meaning) std::string_view(name),
#include "profilegen/behaviours.def"
#undef BEHAVIOUR
};

constexpr std::array kBehaviourMeanings = {
#define BEHAVIOUR(id, name, meaning) std::string_view(meaning),
#include "profilegen/behaviours.def"
#undef BEHAVIOUR
};

constexpr std::array kPeakNames = {
#define PEAK(id, name, unit, meaning) std::string_view(name),
#include "profilegen/peaks.def"
#undef PEAK
};

template <typename Table, typename Enum>
auto entry(const Table& table, Enum value) {
  return table.at(static_cast<size_t>(value));
}

}  // namespace

template <>
std::span<const std::string_view> enum_names<Arch>() {
  return kArches;
}
template <>
std::span<const std::string_view> enum_names<Phase>() {
  return kPhases;
}
template <>
std::span<const std::string_view> enum_names<CapVerdict>() {
  return kVerdicts;
}
template <>
std::span<const std::string_view> enum_names<FileOp>() {
  return kFileOps;
}
template <>
std::span<const std::string_view> enum_names<SocketUse>() {
  return kSocketUses;
}
template <>
std::span<const std::string_view> enum_names<Behaviour>() {
  return kBehaviourNames;
}
template <>
std::span<const std::string_view> enum_names<Mark>() {
  return kMarks;
}

std::span<const std::string_view> mount_origins() { return kOrigins; }

std::string_view phase_name(Phase phase) { return entry(kPhases, phase); }
std::string_view cap_verdict_name(CapVerdict verdict) { return entry(kVerdicts, verdict); }
std::string_view socket_use_name(SocketUse use) { return entry(kSocketUses, use); }
std::string_view behaviour_name(Behaviour behaviour) { return entry(kBehaviourNames, behaviour); }
std::string_view behaviour_meaning(Behaviour behaviour) { return entry(kBehaviourMeanings, behaviour); }
std::string_view mark_name(Mark mark) { return entry(kMarks, mark); }
std::string_view file_op_name(FileOp op) { return entry(kFileOps, op); }
bool file_op_writes(FileOp op) { return entry(kFileOpWrites, op); }
std::string_view file_op_apparmor(FileOp op) { return entry(kFileOpApparmor, op); }
bool file_op_executes(FileOp op) { return file_op_apparmor(op).find_first_of("xm") != std::string_view::npos; }
FileOpTraits file_op_traits(FileOp op) { return entry(kFileOpTraits, op); }

std::span<const std::string_view> peak_names() { return kPeakNames; }

}  // namespace profilegen
