// SPDX-License-Identifier: Apache-2.0
#include "fuzz.h"
#include "profilegen/diff.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto exemptions = parse_exemptions(text_of(data, size), "f");
  if (!exemptions) {
    demand(exemptions.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  for (const Exemption& exemption : *exemptions) {
    demand(!change_kind_name(exemption.kind).empty() && !exemption.item.empty() && !exemption.reason.empty(),
           "each has all parts");
    demand(exemption.until.empty() || exemption.until.size() == 10, "a date is a date");
  }
  return 0;
}
