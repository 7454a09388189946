// SPDX-License-Identifier: Apache-2.0
// What engines answer, and what lies in their files and in the bundles of containers.
#include "fuzz.h"
#include "profilegen/engine.h"

using namespace profilegen;

namespace {

void check(const ContainerInfo& info) {
  demand(info.subject.container_name.find('\0') == std::string::npos, "no name has a NUL character");
  for (const std::string& word : info.subject.command)
    demand(word.find('\0') == std::string::npos, "no word has a NUL character");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = text_of(data, size);
  const Engine& engine = engines()[size % engines().size()];
  const auto containers = parse_inspect(text, engine);
  if (containers)
    for (const ContainerInfo& info : *containers) check(info);
  const auto about = parse_engine_info(text, engine);
  if (about) runtime_program(*about, about->default_runtime);
  auto bundle = parse_bundle_config(text, "0123456789ab", engine);
  if (bundle) {
    complete_from_bundle(*bundle, text, engine);
    check(*bundle);
  }
  security_of_bundle(text);
  const std::string answer = inspect_from_files(text, "/run/x/config.json", "0123456789ab",
                                                [text](const std::string&) { return std::string(text); });
  demand(answer.empty() || parse_inspect(answer, engine), "what is made of files is an answer");
  return 0;
}
