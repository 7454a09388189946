// SPDX-License-Identifier: Apache-2.0
// The reader of manifests, which takes what is no JSON for YAML.
#include "fuzz.h"
#include "profilegen/seccomp_manifest.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto filters = filters_in_manifest("# kind\n" + std::string(text_of(data, size)), "f");
  if (!filters) {
    demand(filters.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  size_t text = 0;
  for (const NamedFilter& filter : *filters) text += filter.filter.size() + filter.name.size();
  demand(text < (size_t{512} << 20U), "what is made of a manifest is bounded");
  demand(only_filter(*filters, "f") || !filters->empty() || text == 0, "none is made of nothing");
  return 0;
}
