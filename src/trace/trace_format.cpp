// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <vector>

#include "json_row.h"
#include "profilegen/capabilities.h"
#include "profilegen/path_text.h"
#include "run_json.h"
#include "trace_text.h"

namespace profilegen {
namespace {

void add_evidence(JsonRow& row, const Evidence& evidence) {
  JsonRow first = row.object("first");
  first.number("ns", evidence.first.ns);
  first.number("pid", evidence.first.pid);
  first.number("tid", evidence.first.tid);
  first.bytes("program", evidence.first.program);
  first.end();
  row.strings("runs", evidence.runs.sorted());
}

void add_call(JsonRow& row, Arch arch, uint32_t number) {
  row.bytes("arch", arch_name(arch));
  row.number("nr", number);
  row.bytes("name", syscall_label(arch, number));
}

/// null outside of any call.
void add_number(JsonRow& row, uint32_t number) {
  if (number == kNoSyscall)
    row.null("nr");
  else
    row.number("nr", number);
}

void add_members(JsonRow& row, const SyscallKey& key, const SyscallFact& fact) {
  row.bytes("phase", phase_name(key.phase));
  add_call(row, key.arch, key.number);
  row.bytes("only", fact.only);
  add_evidence(row, fact);
}

void add_members(JsonRow& row, const ArgumentKey& key, const Evidence& evidence) {
  row.bytes("phase", phase_name(key.call.phase));
  add_call(row, key.call.arch, key.call.number);
  if (key.values.empty())
    row.null("values");
  else
    row.numbers("values", key.values);
  row.bytes("text", arguments_text(key.call.arch, key.call.number, key.values));
  add_evidence(row, evidence);
}

void add_members(JsonRow& row, const DeniedKey& key, const Evidence& evidence) {
  add_call(row, key.arch, key.number);
  row.number("errno", key.errnum);
  add_evidence(row, evidence);
}

nlohmann::ordered_json objects_json(const CapabilityFact& fact) {
  auto objects = nlohmann::ordered_json::array();
  for (const auto& [object, first] : fact.objects)
    objects.push_back(
        {{"object", object_to_json(object)},
         {"first",
          {{"ns", first.ns}, {"pid", first.pid}, {"tid", first.tid}, {"program", path_to_text(first.program)}}}});
  return objects;
}

void add_members(JsonRow& row, const CapabilityKey& key, const CapabilityFact& fact) {
  row.number("cap", key.number);
  row.bytes("name", capability_name(key.number));
  row.bytes("verdict", cap_verdict_name(key.verdict));
  row.bytes("arch", arch_name(key.arch));
  add_number(row, key.syscall);
  row.bytes("site", key.call_site);
  add_evidence(row, fact);
  std::vector<uint64_t> counts;
  for (const auto& [run, count] : fact.counts) counts.push_back(count);
  row.numbers("counts", counts);
  row.json("objects", objects_json(fact));
}

void add_members(JsonRow& row, const FileKey& key, const FileFact& fact) {
  row.bytes("path", key.path);
  row.bytes("op", file_op_name(key.op));
  row.bytes("mount", fact.mount);
  row.boolean("directory", fact.directory);
  add_evidence(row, fact);
}

void add_members(JsonRow& row, const SocketKey& key, const Evidence& evidence) {
  row.number("family", key.family);
  row.number("type", key.type);
  row.bytes("use", socket_use_name(key.use));
  add_evidence(row, evidence);
}

void add_members(JsonRow& row, const BehaviourKey& key, const Evidence& evidence) {
  row.bytes("behaviour", behaviour_name(key.behaviour));
  row.bytes("arch", arch_name(key.arch));
  add_number(row, key.number);
  row.bytes("name", key.number == kNoSyscall ? std::string() : syscall_label(key.arch, key.number));
  add_evidence(row, evidence);
}

void add_members(JsonRow& row, const PortKey& key, const Evidence& evidence) {
  row.number("family", key.family);
  row.number("type", key.type);
  row.number("port", key.port);
  add_evidence(row, evidence);
}

/// Writes one row a line: small, and people can still read, search and compare it line by line.
class Writer {
 public:
  explicit Writer(const TextSink& sink) : sink_(sink) {}

  void begin(std::string_view name) {
    sink_(std::string(",\n\"").append(name).append("\": ["));
    separator_ = "\n";
  }

  template <typename Key, typename Value>
  void row(const Key& key, const Value& value) {
    text_ = separator_;
    JsonRow row(text_);
    add_members(row, key, value);
    row.end();
    sink_(text_);
    separator_ = ",\n";
  }

  void row(const RunId& id, const Run& run) {
    using nlohmann::ordered_json;
    sink_(separator_ + run_to_json(id, run).dump(-1, ' ', false, ordered_json::error_handler_t::replace));
    separator_ = ",\n";
  }

  void end() { sink_(separator_ == "\n" ? "]" : "\n]"); }

  template <typename Map>
  void list(std::string_view name, const Map& map) {
    begin(name);
    for (const auto& [key, value] : map) row(key, value);
    end();
  }

 private:
  const TextSink& sink_;
  std::string separator_;
  std::string text_;  ///< the row that is being written
};

}  // namespace

FileRows file_rows(const Trace& trace) {
  return [&trace](const FileRow& row) {
    for (const auto& [key, fact] : trace.files) row(key, fact);
  };
}

void write_trace(const Trace& trace, const FileRows& files, const TextSink& sink) {
  Writer writer(sink);
  sink(std::string("{\n\"profilegen_trace\": ").append(std::to_string(kTraceVersion)));
  writer.list("runs", trace.runs);
  writer.list("syscalls", trace.syscalls);
  writer.list("arguments", trace.arguments);
  writer.list("denied", trace.denied);
  writer.list("capabilities", trace.capabilities);
  writer.begin("files");
  files([&writer](const FileKey& key, const FileFact& fact) { writer.row(key, fact); });
  writer.end();
  writer.list("sockets", trace.sockets);
  writer.list("behaviours", trace.behaviours);
  writer.list("ports", trace.ports);
  sink("\n}\n");
}

std::string format_trace(const Trace& trace) {
  std::string text;
  write_trace(trace, file_rows(trace), [&text](std::string_view piece) { text.append(piece); });
  return text;
}

}  // namespace profilegen
