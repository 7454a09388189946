// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "json_fields.h"
#include "profilegen/engine.h"
#include "profilegen/shallow_json.h"

namespace profilegen {
namespace {

using nlohmann::json;

bool asks_for_no_new_privileges(const json& security_options) {
  const auto options = texts_of(security_options);
  return std::any_of(options.begin(), options.end(), [](const std::string& option) {
    return option == "no-new-privileges" || option == "no-new-privileges:true" || option == "no-new-privileges=true";
  });
}

// overlay2 lists upper layers first; the container's own init layer is above the image's layers.
std::vector<std::string> split_layers(const std::string& text) {
  std::vector<std::string> layers;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(':', begin), text.size());
    layers.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return layers;
}

// nerdctl lists its own mounts, too: /etc/hosts and other files that it keeps in the container's directory.
bool is_own_mount(const json& mount, const std::string& id) {
  return text_of(field(mount, "Type")) == "bind" && text_of(field(mount, "Source")).find(id) != std::string::npos;
}

std::vector<RequestedMount> mounts_of(const json& container) {
  std::vector<RequestedMount> mounts;
  const json& listed = field(container, "Mounts");
  if (listed.is_array()) {
    for (const json& entry : listed) {
      if (is_own_mount(entry, text_of(field(container, "Id")))) continue;
      RequestedMount mount{text_of(field(entry, "Type")), text_of(field(entry, "Source")),
                           text_of(field(entry, "Destination")), false};
      mount.read_only = field(entry, "RW").is_boolean() && !truth_of(field(entry, "RW"));
      if (mount.type == "volume") mount.source = text_of(field(entry, "Name"));
      mounts.push_back(std::move(mount));
    }
  }
  const json& tmpfs = field(container, "HostConfig", "Tmpfs");
  if (tmpfs.is_object())
    for (const auto& [path, options] : tmpfs.items()) mounts.push_back({"tmpfs", "", path, false});
  return mounts;
}

bool is_digest(const std::string& text) {
  constexpr size_t kSha256 = 64;
  return text.size() == kSha256 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// "Image" is the digest (podman writes it without "sha256:"); with nerdctl it is the name.
void set_image(Subject& subject, const json& container) {
  subject.image = text_of(field(container, "Config", "Image"));
  const std::string image = text_of(field(container, "Image"));
  if (is_digest(image))
    subject.image_digest = "sha256:" + image;
  else if (subject.image.empty())
    subject.image = image;
  else
    subject.image_digest = image;
}

// podman writes "ns:PATH" for a namespace that it joins.
bool is_own_network(const std::string& mode) {
  return !mode.empty() && mode != "host" && !mode.starts_with("container:") && !mode.starts_with("ns:");
}

// Docker's client puts the content of a filter's file in place of its name.
std::string security_text(const std::string& option) {
  return "--security-opt " + (option.starts_with("seccomp={") ? "seccomp=FILE" : option);
}

bool loosens(const std::string& option) {
  if (option.starts_with("seccomp")) return true;
  return (option.starts_with("apparmor") && option.ends_with("unconfined")) ||
         (option.starts_with("no-new-privileges") && option.ends_with("false"));
}

std::vector<std::string> loosening_options(const json& host) {
  std::set<std::string> options;
  if (truth_of(field(host, "Privileged"))) options.insert("--privileged");
  for (const std::string& option : texts_of(field(host, "SecurityOpt")))
    if (loosens(option)) options.insert(security_text(option));
  for (const std::string& name : texts_of(field(host, "CapAdd")))
    options.insert("--cap-add " + (name.starts_with("CAP_") ? name.substr(4) : name));
  return {options.begin(), options.end()};
}

Subject subject_of(const json& container, const Engine& engine) {
  Subject subject;
  subject.engine = engine.name;
  subject.container_id = text_of(field(container, "Id"));
  subject.container_name = text_of(field(container, "Name"));
  if (subject.container_name.starts_with('/')) subject.container_name.erase(0, 1);
  set_image(subject, container);
  subject.user = text_of(field(container, "Config", "User"));
  // podman's HostConfig.Runtime is always "oci".
  subject.runtime = text_of(field(container, "OCIRuntime"));
  if (subject.runtime.empty()) subject.runtime = text_of(field(container, "HostConfig", "Runtime"));
  subject.no_new_privileges = asks_for_no_new_privileges(field(container, "HostConfig", "SecurityOpt"));
  subject.read_only_root = truth_of(field(container, "HostConfig", "ReadonlyRootfs"));
  subject.own_network = is_own_network(text_of(field(container, "HostConfig", "NetworkMode")));
  subject.loosened = loosening_options(field(container, "HostConfig"));
  subject.command = texts_of(field(container, "Args"));
  subject.command.insert(subject.command.begin(), text_of(field(container, "Path")));
  return subject;
}

// Docker and nerdctl name a health "none" when there is no check; podman before 4.0 had another key.
std::string health_of(const json& state) {
  std::string health = text_of(field(state, "Health", "Status"));
  if (health.empty()) health = text_of(field(state, "Healthcheck", "Status"));
  return health == "none" ? "" : health;
}

// nerdctl shows the policy as a label of containerd.
bool has_restart_policy(const json& container) {
  std::string policy = text_of(field(container, "HostConfig", "RestartPolicy", "Name"));
  if (policy.empty()) policy = text_of(field(container, "Config", "Labels", "containerd.io/restart.policy"));
  return !policy.empty() && policy != "no";
}

ContainerState state_of(const json& container) {
  constexpr std::array<std::string_view, 4> living = {"running", "restarting", "paused", "stopping"};
  const json& state = field(container, "State");
  ContainerState found;
  found.lives = truth_of(field(state, "Running")) || truth_of(field(state, "Restarting")) ||
                std::ranges::find(living, text_of(field(state, "Status"))) != living.end();
  found.policy = has_restart_policy(container);
  found.health = health_of(state);
  const json& code = field(state, "ExitCode");
  if (code.is_number_integer()) found.exit_code = code.get<int>();
  return found;
}

ContainerInfo info_of(const json& container, const Engine& engine) {
  ContainerInfo info;
  info.subject = subject_of(container, engine);
  info.state = state_of(container);
  info.mounts = mounts_of(container);
  info.layers = split_layers(text_of(field(container, "GraphDriver", "Data", "LowerDir")));
  const json& labels = field(container, "Config", "Labels");
  if (labels.is_object())
    for (const auto& [key, value] : labels.items()) info.labels[key] = text_of(value);
  const json& pid = field(container, "State", "Pid");
  if (pid.is_number_unsigned()) info.pid = pid.get<int>();
  return info;
}

// {"name=seccomp,profile=default", "name=cgroupns"}: the names of the enabled features.
std::set<std::string> security_of(const json& options) {
  std::set<std::string> names;
  for (const std::string& option : texts_of(options))
    if (option.starts_with("name=")) names.insert(option.substr(5, option.find(',') - 5));
  return names;
}

// podman's form: everything about the host is in "host".
EngineInfo podman_info(const json& document) {
  const json& host = field(document, "host");
  EngineInfo info;
  info.version = text_of(field(document, "version", "Version"));
  info.default_runtime = text_of(field(host, "ociRuntime", "name"));
  info.runtimes[info.default_runtime] = text_of(field(host, "ociRuntime", "path"));
  info.cgroup_driver = text_of(field(host, "cgroupManager"));
  for (const char* name : {"seccomp", "apparmor", "selinux"})
    if (truth_of(field(host, "security", (std::string(name) + "Enabled").c_str()))) info.security.insert(name);
  return info;
}

// containerd's names for runc ("io.containerd.runc.v2") are no programs.
constexpr std::string_view kShimOfRunc = "io.containerd.runc.";

}  // namespace

std::string runtime_program(const EngineInfo& info, const std::string& engines_name) {
  const auto listed = info.runtimes.find(engines_name);
  const std::string& name = listed != info.runtimes.end() && !listed->second.empty() ? listed->second : engines_name;
  return name.starts_with(kShimOfRunc) ? "runc" : name;
}

Result<std::vector<ContainerInfo>> parse_inspect(std::string_view text, const Engine& engine) {
  const json document = shallow_json(text);
  const std::string client(engine.client);
  if (!document.is_array()) return Error{client + " inspect", "did not answer with a list of containers"};
  std::vector<ContainerInfo> containers;
  for (const json& container : document)
    if (field(container, "Id").is_string()) containers.push_back(info_of(container, engine));
  if (containers.empty()) return Error{client + " inspect", "knows no such container"};
  return containers;
}

Result<EngineInfo> parse_engine_info(std::string_view text, const Engine& engine) {
  const json document = shallow_json(text);
  if (!document.is_object()) return Error{std::string(engine.client) + " info", "did not answer with a JSON object"};
  if (field(document, "host").is_object()) return podman_info(document);
  EngineInfo info;
  info.version = text_of(field(document, "ServerVersion"));
  info.default_runtime = text_of(field(document, "DefaultRuntime"));
  const json& runtimes = field(document, "Runtimes");
  if (runtimes.is_object())
    for (const auto& [name, runtime] : runtimes.items()) info.runtimes[name] = text_of(field(runtime, "path"));
  info.cgroup_driver = text_of(field(document, "CgroupDriver"));
  info.security = security_of(field(document, "SecurityOptions"));
  return info;
}

}  // namespace profilegen
