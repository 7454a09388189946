// SPDX-License-Identifier: Apache-2.0
#include "plan.h"

#include <cstdlib>
#include <filesystem>

#include "containers/inspections.h"
#include "profilegen/process/command.h"

namespace profilegen {
namespace {

ContainerFilter named_containers(const ClientCommand& client) {
  std::set<std::string> ids;
  if (const auto known = inspect({client.engine, client.client}, client.names))
    for (const ContainerInfo& info : *known) ids.insert(info.subject.container_id);
  return ContainerFilter({.ids = std::move(ids)});
}

Status plan_run(Plan& plan) {
  std::string cidfile = plan.client.cidfile;
  if (cidfile.empty()) {
    auto scratch = TemporaryDirectory::create();
    if (!scratch) return scratch.error();
    plan.scratch = std::move(*scratch);
    cidfile = plan.scratch->path() + "/container-id";
    plan.words.insert(plan.words.begin() + static_cast<std::ptrdiff_t>(plan.client.after_subcommand),
                      "--cidfile=" + cidfile);
  }
  plan.filter = ContainerFilter({.cidfile = cidfile});
  return Done{};
}

std::string working_directory() {
  std::error_code gone;
  return std::filesystem::current_path(gone).string();
}

// COMMAND's engine first, called as COMMAND calls it, then the other installed ones. If none is installed, the first
// one is returned for the error message.
std::vector<EngineClient> engines_to_ask(const ClientCommand& client) {
  std::vector<EngineClient> asked;
  if (client.engine) asked.push_back({client.engine, client.client});
  for (const Engine& engine : engines())
    if (&engine != client.engine && is_installed(std::string(engine.client)))
      asked.push_back({&engine, {std::string(engine.client)}});
  if (asked.empty()) asked.push_back({&engines()[0], {std::string(engines()[0].client)}});
  return asked;
}

// The user named containers, so COMMAND can be any program.
void plan_containers(Plan& plan, const RecordOptions& options) {
  plan.containers = true;
  plan.follow_after_end = false;
  plan.engines = engines_to_ask(plan.client);
  plan.filter = ContainerFilter({.all = options.all_containers, .patterns = options.containers});
}

// The containers that COMMAND starts or works on, if COMMAND is an engine's client.
Status plan_client(Plan& plan) {
  plan.containers = plan.client.kind != ClientCommand::Kind::none;
  if (plan.containers) plan.engines = {{plan.client.engine, plan.client.client}};
  switch (plan.client.kind) {
    case ClientCommand::Kind::run:
      plan.also_running = false;
      return plan_run(plan);
    case ClientCommand::Kind::restart:
      plan.also_running = false;
      plan.filter = plan.client.project.empty() ? named_containers(plan.client)
                                                : ContainerFilter({.project = plan.client.project});
      break;
    case ClientCommand::Kind::start:
      plan.filter = named_containers(plan.client);
      break;
    case ClientCommand::Kind::exec:
      plan.filter = named_containers(plan.client);
      plan.follow_after_end = false;
      break;
    case ClientCommand::Kind::compose:
      plan.filter = ContainerFilter({.project = plan.client.project});
      break;
    case ClientCommand::Kind::none:
      break;
  }
  return Done{};
}

}  // namespace

Result<Plan> make_plan(const RecordOptions& options) {
  Plan plan;
  plan.words = options.command;
  const char* project = std::getenv("COMPOSE_PROJECT_NAME");
  plan.client = parse_client_command(options.command, working_directory(), project ? project : "");
  if (options.all_containers || !options.containers.empty())
    plan_containers(plan, options);
  else if (auto done = plan_client(plan); !done)
    return done.error();
  return plan;
}

}  // namespace profilegen
