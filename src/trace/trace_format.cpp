// SPDX-License-Identifier: Apache-2.0
#include "profilegen/capabilities.h"
#include "profilegen/path_text.h"
#include "run_json.h"
#include "trace_text.h"

namespace profilegen {
namespace {

using nlohmann::ordered_json;

void add_evidence(ordered_json& row, const Evidence& evidence) {
  ordered_json& first = row["first"];
  first["ns"] = evidence.first.ns;
  first["pid"] = evidence.first.pid;
  first["tid"] = evidence.first.tid;
  first["program"] = path_to_text(evidence.first.program);
  row["runs"] = evidence.runs;
}

void add_call(ordered_json& row, Arch arch, uint32_t number) {
  row["arch"] = arch_name(arch);
  row["nr"] = number;
  row["name"] = syscall_label(arch, number);
}

ordered_json to_json(const SyscallKey& key, const Evidence& evidence) {
  ordered_json row;
  row["phase"] = phase_name(key.phase);
  add_call(row, key.arch, key.number);
  add_evidence(row, evidence);
  return row;
}

ordered_json to_json(const ArgumentKey& key, const Evidence& evidence) {
  ordered_json row;
  row["phase"] = phase_name(key.call.phase);
  add_call(row, key.call.arch, key.call.number);
  row["values"] = key.values.empty() ? ordered_json() : ordered_json(key.values);
  row["text"] = arguments_text(key.call.arch, key.call.number, key.values);
  add_evidence(row, evidence);
  return row;
}

ordered_json to_json(const DeniedKey& key, const Evidence& evidence) {
  ordered_json row;
  add_call(row, key.arch, key.number);
  row["errno"] = key.errnum;
  add_evidence(row, evidence);
  return row;
}

ordered_json to_json(const CapabilityKey& key, const Evidence& evidence) {
  ordered_json row;
  row["cap"] = key.number;
  row["name"] = capability_name(key.number);
  row["verdict"] = cap_verdict_name(key.verdict);
  row["arch"] = arch_name(key.arch);
  row["nr"] = key.syscall == kNoSyscall ? ordered_json() : ordered_json(key.syscall);
  row["site"] = path_to_text(key.call_site);
  add_evidence(row, evidence);
  return row;
}

ordered_json to_json(const FileKey& key, const FileFact& fact) {
  ordered_json row;
  row["path"] = path_to_text(key.path);
  row["op"] = file_op_name(key.op);
  row["mount"] = path_to_text(fact.mount);
  row["directory"] = fact.directory;
  add_evidence(row, fact);
  return row;
}

ordered_json to_json(const SocketKey& key, const Evidence& evidence) {
  ordered_json row;
  row["family"] = key.family;
  row["type"] = key.type;
  add_evidence(row, evidence);
  return row;
}

ordered_json to_json(const RunId& id, const Run& run) { return run_to_json(id, run); }

/// One row a line: small, and still to be read, searched and compared line by line.
class Writer {
 public:
  explicit Writer(const TextSink& sink) : sink_(sink) {}

  void begin(std::string_view name) {
    sink_(std::string(",\n\"").append(name).append("\": ["));
    separator_ = "\n";
  }

  template <typename Key, typename Value>
  void row(const Key& key, const Value& value) {
    // Never a reason to lose a trace: what is no UTF-8 in spite of path_to_text is replaced.
    sink_(separator_ + to_json(key, value).dump(-1, ' ', false, ordered_json::error_handler_t::replace));
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
  sink("\n}\n");
}

std::string format_trace(const Trace& trace) {
  std::string text;
  write_trace(trace, file_rows(trace), [&text](std::string_view piece) { text.append(piece); });
  return text;
}

}  // namespace profilegen
