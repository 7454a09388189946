// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "read_enum.h"
#include "run_json.h"

namespace profilegen {
namespace {

constexpr std::string_view kVersionKey = "profilegen_trace";
constexpr uint32_t kMaxErrno = 4095;  // the kernel's MAX_ERRNO

First read_first(const JsonValue& first) {
  first.keys({"ns", "pid", "tid", "program"});
  return {first.at("ns").number(UINT64_MAX), first.at("pid").number32(), first.at("tid").number32(),
          first.at("program").path_text()};
}

Evidence read_evidence(const JsonValue& row, const Trace& trace) {
  Evidence evidence;
  evidence.first = read_first(row.at("first"));
  const JsonValue runs = row.at("runs");
  runs.elements([&](JsonValue run) {
    const RunId id = run.string();
    if (!trace.runs.contains(id)) run.fail("must be the id of one of the runs");
    if (!evidence.runs.insert(id)) run.fail("is given twice");
  });
  if (evidence.runs.empty()) runs.fail("must name the runs that saw it");
  return evidence;
}

/// `name` is only for people, so its value is not checked.
void check_name(const JsonValue& row) { static_cast<void>(row.at("name").string()); }

SyscallKey read_call(const JsonValue& row) {
  return {read_enum<Phase>(row.at("phase")), read_enum<Arch>(row.at("arch")), row.at("nr").number32()};
}

void read_syscall(const JsonValue& row, Trace& trace) {
  row.keys({"phase", "arch", "nr", "name", "only", "first", "runs"});
  check_name(row);
  SyscallFact fact(read_evidence(row, trace), row.at("only").path_text());
  if (!trace.syscalls.emplace(read_call(row), std::move(fact)).second) row.fail("repeats an earlier row");
}

ArgumentValues read_values(const JsonValue& list) {
  ArgumentValues values;
  if (list.kind() == JsonKind::null) return values;
  list.elements([&values](JsonValue value) { values.push_back(value.number32()); });
  if (values.empty()) list.fail("must be values, or null for any");
  return values;
}

void read_arguments(const JsonValue& row, Trace& trace) {
  row.keys({"phase", "arch", "nr", "name", "values", "text", "first", "runs"});
  check_name(row);
  static_cast<void>(row.at("text").string());
  ArgumentKey key = {read_call(row), read_values(row.at("values"))};
  if (!trace.arguments.emplace(std::move(key), read_evidence(row, trace)).second) row.fail("repeats an earlier row");
}

/// If widening changes the rows, profilegen did not write them.
void check_arguments(const JsonValue& list, const Trace& trace) {
  auto widened = trace.arguments;
  widen_arguments(widened);
  if (widened.size() != trace.arguments.size())
    list.fail("has a call with too many rows, or with other rows beside one for any arguments");
}

void read_denied(const JsonValue& row, Trace& trace) {
  row.keys({"arch", "nr", "name", "errno", "first", "runs"});
  check_name(row);
  const DeniedKey key = {read_enum<Arch>(row.at("arch")), row.at("nr").number32(),
                         static_cast<uint32_t>(row.at("errno").number(kMaxErrno, 1))};
  if (!trace.denied.emplace(key, read_evidence(row, trace)).second) row.fail("repeats an earlier row");
}

uint32_t read_call_or_none(const JsonValue& number) {
  return number.kind() == JsonKind::null ? kNoSyscall : number.number32(kNoSyscall - 1);
}

/// Counts by run, in the order in which the row names its runs.
std::map<RunId, uint64_t> read_counts(const JsonValue& row) {
  std::vector<RunId> runs;
  row.at("runs").elements([&runs](JsonValue run) { runs.push_back(run.string()); });
  const JsonValue list = row.at("counts");
  std::map<RunId, uint64_t> counts;
  list.elements([&](JsonValue count) {
    if (counts.size() < runs.size())
      counts.emplace(runs[counts.size()], count.number(UINT64_MAX, 1));
    else
      count.fail("is one more than there are runs");
  });
  if (counts.size() < runs.size()) list.fail("must have a number for each of the runs");
  return counts;
}

std::map<CapabilityObject, First> read_objects(const JsonValue& row) {
  std::map<CapabilityObject, First> objects;
  if (!row.has("objects")) return objects;
  row.at("objects").elements([&objects](JsonValue value) {
    value.keys({"object", "first"});
    if (objects.size() == kMostObjects) return value.fail("is one more than a row has");
    if (!objects.emplace(object_from_json(value.at("object")), read_first(value.at("first"))).second)
      value.fail("repeats an earlier one");
  });
  return objects;
}

void read_capability(const JsonValue& row, Trace& trace) {
  row.keys({"cap", "name", "verdict", "arch", "nr", "site", "first", "runs", "counts"}, {"objects"});
  check_name(row);
  const CapabilityKey key = {row.at("cap").number32(), read_enum<CapVerdict>(row.at("verdict")),
                             read_enum<Arch>(row.at("arch")), read_call_or_none(row.at("nr")),
                             row.at("site").path_text()};
  if (!trace.capabilities.emplace(key, CapabilityFact{read_evidence(row, trace), read_counts(row), read_objects(row)})
           .second)
    row.fail("repeats an earlier row");
}

void read_file(const JsonValue& row, Trace& trace) {
  row.keys({"path", "op", "mount", "directory", "first", "runs"});
  FileKey key = {row.at("path").path_text(), read_enum<FileOp>(row.at("op"))};
  if (!key.path.starts_with('/')) row.at("path").fail("must be an absolute path");
  FileFact fact = {read_evidence(row, trace), row.at("mount").path_text(), row.at("directory").boolean()};
  if (!trace.files.emplace(std::move(key), std::move(fact)).second) row.fail("repeats an earlier row");
}

void read_socket(const JsonValue& row, Trace& trace) {
  row.keys({"family", "type", "use", "first", "runs"});
  const SocketKey key = {row.at("family").number32(), row.at("type").number32(), read_enum<SocketUse>(row.at("use"))};
  if (!trace.sockets.emplace(key, read_evidence(row, trace)).second) row.fail("repeats an earlier row");
}

void read_behaviour(const JsonValue& row, Trace& trace) {
  row.keys({"behaviour", "arch", "nr", "name", "first", "runs"});
  check_name(row);
  const BehaviourKey key = {read_enum<Behaviour>(row.at("behaviour")), read_enum<Arch>(row.at("arch")),
                            read_call_or_none(row.at("nr"))};
  if (!trace.behaviours.emplace(key, read_evidence(row, trace)).second) row.fail("repeats an earlier row");
}

void read_port(const JsonValue& row, Trace& trace) {
  row.keys({"family", "type", "port", "first", "runs"});
  const PortKey key = {row.at("family").number32(), row.at("type").number32(),
                       static_cast<uint32_t>(row.at("port").number(UINT16_MAX, 1))};
  if (!trace.ports.emplace(key, read_evidence(row, trace)).second) row.fail("repeats an earlier row");
}

void read_run(const JsonValue& row, Trace& trace) {
  if (!trace.runs.insert(run_from_json(row)).second) row.at("id").fail("is the id of an earlier run");
}

struct List {
  std::string_view name;
  void (*read)(const JsonValue& row, Trace& trace);
  bool is_always_there = true;  ///< false for what traces of older versions lack
};
constexpr std::array<List, 9> kLists = {{
    {"runs", read_run},  // must be read first: the other rows refer to runs
    {"syscalls", read_syscall},
    {"arguments", read_arguments},
    {"denied", read_denied},
    {"capabilities", read_capability},
    {"files", read_file},
    {"sockets", read_socket},
    {"behaviours", read_behaviour, false},
    {"ports", read_port, false},
}};

bool is_version(const JsonValue& root) {
  return root.has(kVersionKey) && root.at(kVersionKey).kind() == JsonKind::number &&
         root.at(kVersionKey).number(UINT64_MAX) == kTraceVersion;
}

/// Checks the root after all rows have been read: it has the same keys, with empty lists.
void check_root(const JsonValue& root, const Trace& trace) {
  root.keys({kVersionKey, "runs", "syscalls", "arguments", "denied", "capabilities", "files", "sockets"},
            {"behaviours", "ports"});
  for (const List& list : kLists)
    if (list.is_always_there || root.has(list.name)) root.at(list.name).elements([](JsonValue) {});
  check_arguments(root.at("arguments"), trace);
}

}  // namespace

Result<Trace> parse_trace(std::string_view text, const std::string& object) {
  Trace trace;
  bool in_order = true;
  const auto document = JsonDocument::parse_lists(
      text, object, [&](const JsonValue& root) { return in_order = is_version(root); },
      [&trace](std::string_view name, const JsonValue& row) {
        const auto* list = std::ranges::find(kLists, name, &List::name);
        if (list != kLists.end()) list->read(row, trace);  // otherwise check_root() reports the wrong key
      });
  if (!document) return document.error();
  if (!document->check_version(kVersionKey, "trace", kTraceVersion)) return *document->error();
  if (!in_order) document->root().fail("must begin with its version");
  check_root(document->root(), trace);
  if (document->error()) return *document->error();
  return trace;
}

}  // namespace profilegen
