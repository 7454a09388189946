// SPDX-License-Identifier: Apache-2.0
#include "fuzz.h"
#include "profilegen/diff.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto inner = filter_of_spo(text_of(data, size));
  const auto filter =
      SeccompEffect::of_file(inner ? std::string_view(*inner) : text_of(data, size), "f", {"CHOWN", "SYS_ADMIN"});
  if (!filter) {
    demand(filter.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  const Policy policy{"f", {}, *filter};
  demand(compare(policy, policy).empty(), "nothing differs from itself");
  return 0;
}
