// SPDX-License-Identifier: Apache-2.0
#include "artifacts.h"
#include "fuzz.h"
#include "profilegen/analyze.h"
#include "profilegen/trace.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto trace = parse_trace(text_of(data, size), "f");
  if (!trace) {
    demand(trace.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  const std::string text = format_trace(*trace);
  const auto again = parse_trace(text, "f");
  demand(again && *again == *trace, "what is written is read again");
  const auto merged = merge_traces(*trace, *trace);
  demand(merged && *merged == *trace, "merging is idempotent");
  const auto profile = analyze(*trace, {});
  demand(!profile || format_profile(*profile) == format_profile(*analyze(*again, {})),
         "the same evidence, the same bytes");
  if (!profile) return 0;
  demand(bool(parse_profile(format_profile(*profile), "f")), "what evidence leads to can be read again");
  check_artifacts(*profile);
  return 0;
}
