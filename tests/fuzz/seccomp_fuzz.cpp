// SPDX-License-Identifier: Apache-2.0
#include "fuzz.h"
#include "profilegen/diff.h"
#include "profilegen/seccomp_manifest.h"

using namespace profilegen;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto inner = filters_in_manifest(text_of(data, size), "f");
  const auto one = inner ? only_filter(*inner, "f") : Result<std::string>(inner.error());
  const auto filter =
      SeccompEffect::of_file(one ? std::string_view(*one) : text_of(data, size), "f", {"CHOWN", "SYS_ADMIN"});
  if (!filter) {
    demand(filter.error().line().find('\n') == std::string::npos, "an error is one line");
    return 0;
  }
  const Policy policy{"f", {}, *filter};
  demand(compare(policy, policy).empty(), "nothing differs from itself");
  return 0;
}
