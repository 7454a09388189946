// SPDX-License-Identifier: Apache-2.0
#include "profilegen/atomic_file.h"
#include "profilegen/input_file.h"
#include "profilegen/trace.h"
#include "trace_text.h"

namespace profilegen {

Result<Trace> load_trace(const std::string& path) {
  const auto text = read_input(path);
  if (!text) return text.error();
  return parse_trace(*text, input_name(path));
}

Status save_trace(const Trace& trace, const std::string& path) { return save_trace(trace, file_rows(trace), path); }

Status save_trace(const Trace& trace, const FileRows& files, const std::string& path) {
  return write_file(path, [&](const TextSink& sink) { write_trace(trace, files, sink); });
}

}  // namespace profilegen
