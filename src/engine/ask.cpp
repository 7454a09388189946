// SPDX-License-Identifier: Apache-2.0
#include "profilegen/engine.h"
#include "profilegen/process/helper_process.h"

namespace profilegen {

std::vector<std::string> inspect_command(std::vector<std::string> client, const std::vector<std::string>& names) {
  client.insert(client.end(), {"inspect", "--type", "container"});
  client.insert(client.end(), names.begin(), names.end());
  return client;
}

Result<std::vector<ContainerInfo>> inspect(const EngineClient& engine, const std::vector<std::string>& names) {
  auto answer = run_helper(inspect_command(engine.client, names));
  if (!answer) return answer.error();
  return parse_inspect(*answer, *engine.engine);
}

}  // namespace profilegen
