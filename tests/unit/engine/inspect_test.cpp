// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/engine.h"

using namespace profilegen;

namespace {
constexpr std::string_view kInspect = R"([{
  "Id": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "Name": "/web", "Image": "sha256:aa", "Path": "python3", "Args": ["-m", "http.server"],
  "State": {"Pid": 42},
  "Config": {"Image": "app:1", "User": "1000", "Labels": {"com.docker.compose.project": "shop"}},
  "HostConfig": {"Runtime": "runc", "SecurityOpt": ["no-new-privileges"], "ReadonlyRootfs": true,
                 "Tmpfs": {"/scratch": "size=1m"}},
  "GraphDriver": {"Data": {"LowerDir": "/l/init:/l/image"}},
  "Mounts": [{"Type": "bind", "Source": "/srv/data", "Destination": "/data", "RW": true},
             {"Type": "volume", "Name": "db", "Source": "/var/lib/x", "Destination": "/db", "RW": false}]
}])";
}

TEST_CASE("inspect tells who a container is") {
  const auto parsed = parse_inspect(kInspect, engines()[0]);
  REQUIRE(parsed);
  const ContainerInfo& info = parsed->at(0);
  CHECK(info.subject.container_name == "web");
  CHECK(info.subject.image == "app:1");
  CHECK(info.subject.user == "1000");
  CHECK(info.subject.runtime == "runc");
  CHECK(info.subject.no_new_privileges);
  CHECK(info.subject.command == std::vector<std::string>{"python3", "-m", "http.server"});
  CHECK(info.layers == std::vector<std::string>{"/l/init", "/l/image"});
  CHECK(info.labels.at("com.docker.compose.project") == "shop");
  CHECK(info.pid == 42);
}

TEST_CASE("inspect tells how a container stands") {
  const auto state = [](const std::string& rest) {
    const auto parsed = parse_inspect(R"([{"Id": "0123", )" + rest + "}]", engines()[0]);
    REQUIRE(parsed);
    return parsed->at(0).state;
  };
  CHECK(state(R"("State": {"Status": "running", "Running": true})").lives);
  CHECK(state(R"("State": {"Status": "restarting", "Running": true, "Restarting": true})").lives);
  CHECK(state(R"("State": {"Status": "paused", "Running": false})").lives);
  CHECK(state(R"("State": {"Status": "stopping", "Running": false})").lives);
  for (const char* status : {"created", "exited", "dead", "stopped"})
    CHECK_FALSE(state(std::string(R"("State": {"Status": ")") + status + R"(", "Running": false})").lives);
  CHECK(state(R"("State": {"ExitCode": 3})").exit_code == 3);
  CHECK(state(R"("State": {"Health": {"Status": "healthy"}})").health == "healthy");
  CHECK(state(R"("State": {"Healthcheck": {"Status": "starting"}})").health == "starting");
  CHECK(state(R"("State": {"Health": {"Status": "none"}})").health.empty());
  CHECK(state(R"("HostConfig": {"RestartPolicy": {"Name": "on-failure"}})").policy);
  CHECK(state(R"("Config": {"Labels": {"containerd.io/restart.policy": "always"}})").policy);
  CHECK_FALSE(state(R"("HostConfig": {"RestartPolicy": {"Name": "no"}})").policy);
  CHECK_FALSE(state(R"("State": {})").policy);
}

TEST_CASE("options that loosen a container's confinement are known by docker's spelling") {
  CHECK(parse_inspect(kInspect, engines()[0])->at(0).subject.loosened.empty());
  const auto parsed = parse_inspect(
      R"([{"Id": "0123", "HostConfig": {"Privileged": true, "CapAdd": ["CAP_NET_ADMIN", "KILL"], "SecurityOpt":
          ["seccomp={\"defaultAction\": 1}", "apparmor=unconfined", "label=disable", "no-new-privileges:false"]}}])",
      engines()[0]);
  REQUIRE(parsed);
  CHECK(parsed->at(0).subject.loosened == std::vector<std::string>{"--cap-add KILL", "--cap-add NET_ADMIN",
                                                                   "--privileged", "--security-opt apparmor=unconfined",
                                                                   "--security-opt no-new-privileges:false",
                                                                   "--security-opt seccomp=FILE"});
}

TEST_CASE("a network of its own is what the engine makes for it, not the host's nor another container's") {
  const auto is_own = [](const std::string& mode) {
    const auto parsed =
        parse_inspect(R"([{"Id": "0123", "HostConfig": {"NetworkMode": ")" + mode + "\"}}]", engines()[0]);
    return parsed && parsed->at(0).subject.own_network;
  };
  for (const char* mode : {"bridge", "default", "none", "shop_default", "slirp4netns"}) CHECK(is_own(mode));
  for (const char* mode : {"", "host", "container:0123", "ns:/run/netns/x"}) CHECK_FALSE(is_own(mode));
  CHECK_FALSE(parse_inspect(kInspect, engines()[0])->at(0).subject.own_network);
}

TEST_CASE("a volume is named as its user names it, a bind by its host path") {
  const auto parsed = parse_inspect(kInspect, engines()[0]);
  REQUIRE(parsed);
  const auto& mounts = parsed->at(0).mounts;
  REQUIRE(mounts.size() == 3);
  CHECK(mounts[0].source == "/srv/data");
  CHECK_FALSE(mounts[0].read_only);
  CHECK(mounts[1].source == "db");
  CHECK(mounts[1].read_only);
  CHECK(mounts[2].type == "tmpfs");
  CHECK(mounts[2].destination == "/scratch");
}

TEST_CASE("podman's inspect has the runtime, the image and its digest elsewhere") {
  const auto parsed = parse_inspect(R"([{
    "Id": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "Name": "web",
    "Image": "32fa4882b427c848ed94c397b0528ed121f9c400a4f3d7667f27b54a86aa7b0e",
    "ImageName": "localhost/app:latest", "OCIRuntime": "crun", "Path": "sleep", "Args": ["100"],
    "State": {"Pid": 13895, "ConmonPid": 13883},
    "Config": {"Image": "localhost/app:latest", "User": "1000:1000", "Entrypoint": "", "Labels": null},
    "HostConfig": {"Runtime": "oci", "SecurityOpt": [], "ReadonlyRootfs": false},
    "GraphDriver": {"Name": "overlay", "Data": {"LowerDir": "/l/image"}},
    "Mounts": [{"Type": "volume", "Name": "db", "Source": "/var/lib/containers/storage/volumes/db/_data",
                "Destination": "/db", "RW": true}]}])",
                                    engines()[1]);
  REQUIRE(parsed);
  const ContainerInfo& info = parsed->at(0);
  CHECK(info.subject.engine == "podman");
  CHECK(info.subject.runtime == "crun");
  CHECK(info.subject.image == "localhost/app:latest");
  CHECK(info.subject.image_digest == "sha256:32fa4882b427c848ed94c397b0528ed121f9c400a4f3d7667f27b54a86aa7b0e");
  CHECK(info.layers == std::vector<std::string>{"/l/image"});
  CHECK(info.mounts.at(0).source == "db");
}

TEST_CASE("nerdctl's inspect has no user, and lists what the engine mounts itself") {
  const std::string id(64, 'a');
  const auto parsed = parse_inspect(R"([{"Id": ")" + id + R"(", "Name": "web", "Image": "docker.io/library/app:1",
    "Path": "sleep", "Args": ["9"], "State": {"Pid": 7}, "HostConfig": {"Runtime": "io.containerd.runc.v2"},
    "Config": {"Labels": {"nerdctl/namespace": "default"}},
    "Mounts": [{"Type": "bind", "Source": "/var/lib/nerdctl/1935db59/containers/default/)" +
                                        id +
                                        R"(/resolv.conf", "Destination": "/etc/resolv.conf", "RW": true},
               {"Type": "bind", "Source": "/srv", "Destination": "/data", "RW": false}]}])",
                                    engines()[2]);
  REQUIRE(parsed);
  ContainerInfo info = parsed->at(0);
  CHECK(info.subject.image == "docker.io/library/app:1");
  CHECK(info.subject.image_digest.empty());
  REQUIRE(info.mounts.size() == 1);
  CHECK(info.mounts[0].destination == "/data");
  complete_from_bundle(info, R"({"process": {"noNewPrivileges": true, "user": {"uid": 7}}})", engines()[2]);
  CHECK(info.subject.user == "7");
  CHECK(info.subject.no_new_privileges);
}

TEST_CASE("podman's info tells of the one runtime that it was called with") {
  const auto info = parse_engine_info(
      R"({"host": {"ociRuntime": {"name": "crun", "path": "/usr/bin/crun"}}, "version": {"Version": "4.3.1"}})",
      engines()[1]);
  REQUIRE(info);
  CHECK(info->version == "4.3.1");
  CHECK(info->default_runtime == "crun");
  CHECK(info->runtimes.at("crun") == "/usr/bin/crun");
}

TEST_CASE("a container's id is found in the names that engines give cgroups, a monitor's is none") {
  const std::string id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  for (const std::string& name : {id, "docker-" + id + ".scope", "libpod-" + id, "nerdctl-" + id + ".scope"})
    CHECK(container_id_in(name) == id);
  for (const std::string& name : {id + "0", id.substr(1), "libpod-conmon-" + id + ".scope", std::string("container")})
    CHECK(container_id_in(name).empty());
  CHECK(engine_of_cgroup("libpod-" + id) == &engines()[1]);
  CHECK(engine_of_cgroup(id) == nullptr);
}

TEST_CASE("an answer that is no list of containers is an error") {
  CHECK_FALSE(parse_inspect("", engines()[0]));
  CHECK_FALSE(parse_inspect("[]", engines()[0]));
  CHECK_FALSE(parse_inspect("{\"Id\": 1}", engines()[0]));
}

TEST_CASE("a user's ids are those that the runtime was given, whatever name the engine was told") {
  const auto user = [](const std::string& configured, const std::string& ids) {
    ContainerInfo info;
    info.subject.user = configured;
    complete_from_bundle(info, R"({"process": {"user": {)" + ids + "}}}", engines()[0]);
    return info.subject.user;
  };
  CHECK(user("www", R"("uid": 33, "gid": 34)") == "33:34");
  CHECK(user("www:adm", R"("uid": 33, "gid": 4)") == "33:4");
  CHECK(user("33", R"("uid": 33, "gid": 34)") == "33:34");
  CHECK(user("33:7", R"("uid": 33, "gid": 7)") == "33:7");
  CHECK(user("", R"("uid": 33, "gid": 34)") == "33:34");
  CHECK(user("www", "") == "www");
  CHECK(user("", R"("uid": 0, "gid": 0)").empty());
  CHECK(user("root:7", R"("uid": 0, "gid": 7)") == "root:7");
}

TEST_CASE("a bundle's config.json stands in for an engine that has forgotten the container") {
  const auto parsed = parse_bundle_config(
      R"({"process": {"args": ["/bin/app"], "noNewPrivileges": true, "user": {"uid": 7}}, "root": {"readonly": false},
          "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
                     {"destination": "/data", "type": "bind", "source": "/srv", "options": ["rbind", "ro"]},
                     {"destination": "/etc/hosts", "type": "bind", "source": "/var/lib/docker/containers/abc/hosts"}]})",
      "abc", engines()[0]);
  REQUIRE(parsed);
  CHECK(parsed->subject.user == "7");
  CHECK(parsed->subject.no_new_privileges);
  REQUIRE(parsed->mounts.size() == 1);
  CHECK(parsed->mounts[0].destination == "/data");
  CHECK(parsed->mounts[0].read_only);
}

TEST_CASE("containers are matched by name, id, its beginning, or image") {
  const Subject subject = parse_inspect(kInspect, engines()[0])->at(0).subject;
  CHECK(matches_container("w*", subject));
  CHECK(matches_container("0123456789ab", subject));
  CHECK(matches_container("app:*", subject));
  CHECK_FALSE(matches_container("app", subject));
  CHECK_FALSE(matches_container("0123", subject));
}

namespace {

using Files = std::map<std::string, std::string>;

std::string inspect_from(const Files& files, const std::string& bundle_path, const std::string& id) {
  return inspect_from_files(files.at(bundle_path), bundle_path, id, [&](const std::string& path) {
    const auto file = files.find(path);
    return file == files.end() ? "" : file->second;
  });
}

}  // namespace

TEST_CASE("Docker's own files tell what inspect would") {
  const std::string id(64, 'a');
  const Files files{
      {"/run/task/config.json", R"({"mounts":[{"destination":"/proc","source":"proc"},
         {"destination":"/etc/hosts","source":"/data/containers/)" +
                                    id + R"(/hosts"}]})"},
      {"/data/containers/" + id + "/config.v2.json", R"({"ID":")" + id + R"(","Name":"/web","Path":"nginx",
         "Args":["-g","daemon off;"],"Image":"sha256:12","Config":{"Image":"nginx:1","User":"www","Labels":{"a":"b"}},
         "State":{"Pid":7},"MountPoints":{"/var/www":{"Type":"volume","Name":"pages","Source":"/data/v","RW":false}}})"},
      {"/data/containers/" + id + "/hostconfig.json",
       R"({"Runtime":"crun","SecurityOpt":["no-new-privileges"],"ReadonlyRootfs":true,"Tmpfs":{"/run":""}})"}};
  const auto containers = parse_inspect(inspect_from(files, "/run/task/config.json", id), engines().front());
  REQUIRE(containers);
  const ContainerInfo& info = containers->front();
  CHECK(info.subject.container_id == id);
  CHECK(info.subject.container_name == "web");
  CHECK(info.subject.image == "nginx:1");
  CHECK(info.subject.image_digest == "sha256:12");
  CHECK(info.subject.user == "www");
  CHECK(info.subject.runtime == "crun");
  CHECK(info.subject.no_new_privileges);
  CHECK(info.subject.read_only_root);
  CHECK(info.subject.command == std::vector<std::string>{"nginx", "-g", "daemon off;"});
  CHECK(info.labels.at("a") == "b");
  CHECK(info.pid == 0);
  REQUIRE(info.mounts.size() == 2);
  CHECK(info.mounts[0].source == "pages");
  CHECK(info.mounts[0].destination == "/var/www");
  CHECK(info.mounts[0].read_only);
  CHECK(info.mounts[1].type == "tmpfs");
}

TEST_CASE("podman's own files tell the name and the image") {
  const std::string id(64, 'b');
  const std::string bundle = "/store/overlay-containers/" + id + "/userdata/config.json";
  const Files files{{bundle, R"({"process":{"args":["sleep","9"]},"mounts":[]})"},
                    {"/store/overlay-containers/containers.json",
                     R"([{"id":"c"},{"id":")" + id +
                         R"(","names":["db"],"metadata":"{\"image-name\":\"localhost/db:1\",\"image-id\":\")" +
                         std::string(64, '3') + R"(\",\"name\":\"db\"}"}])"}};
  auto containers = parse_inspect(inspect_from(files, bundle, id), engines().front());
  REQUIRE(containers);
  complete_from_bundle(containers->front(), files.at(bundle), engines().front());
  const Subject& subject = containers->front().subject;
  CHECK(subject.container_name == "db");
  CHECK(subject.image == "localhost/db:1");
  CHECK(subject.image_digest == "sha256:" + std::string(64, '3'));
  CHECK(subject.command == std::vector<std::string>{"sleep", "9"});
}

TEST_CASE("Files that are elsewhere or of another container tell nothing") {
  CHECK(inspect_from({{"/b/c/d/config.json", "{}"}}, "/b/c/d/config.json", "a").empty());
  CHECK(inspect_from({{"/b", "no JSON"}}, "/b", "a").empty());
  const Files other{{"/b", R"({"mounts":[{"source":"/c/a/hosts"}]})"}, {"/c/a/config.v2.json", R"({"ID":"b"})"}};
  CHECK(inspect_from(other, "/b", "a").empty());
}

TEST_CASE("a bundle's config.json has the filter and the AppArmor profile that the runtime is to set") {
  const BundleSecurity confined = security_of_bundle(
      R"({"process": {"apparmorProfile": "app"}, "linux": {"seccomp": {"defaultAction": "SCMP_ACT_ERRNO"}}})");
  CHECK(confined.filter == R"({"defaultAction":"SCMP_ACT_ERRNO"})");
  CHECK(confined.apparmor == "app");
  const BundleSecurity open = security_of_bundle(R"({"process": {}, "linux": {}})");
  CHECK(open.filter.empty());
  CHECK(open.apparmor == "unconfined");
  CHECK(security_of_bundle("").apparmor.empty());
}

TEST_CASE("answers of any depth, form and kind of text are read without harm") {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  const std::string answer = R"([{"Id": "01", "Name": "/w\u0000x", "Args": ["a\u0000b"], "Mounts": )" + deep + "}]";
  const auto parsed = parse_inspect(answer, engines()[0]);
  REQUIRE(parsed);
  CHECK(parsed->at(0).subject.container_name == "w");
  CHECK(parsed->at(0).subject.command == std::vector<std::string>{"", "a"});
  const std::string config = R"({"linux": {"seccomp": {"x": )" + deep + R"(}}, "mounts": [{"source": "/d/01/hosts"}]})";
  CHECK(security_of_bundle(config).filter.size() < 200);
  CHECK(parse_bundle_config(config, "01", engines()[0]));
  std::string many = "[";
  for (size_t i = 0; i < 4'500'000; ++i) many += "0,";
  CHECK_FALSE(parse_inspect(many + "0]", engines()[0]));
  const std::string files = R"({"ID": "01", "MountPoints": {"/a": [], "/b": "x", "/c": null, "/d": {"Type": "bind"}}})";
  const std::string found = inspect_from_files(config, "/run/config.json", "01", [&](const std::string& path) {
    return path.ends_with("config.v2.json") ? files : deep;
  });
  const auto container = parse_inspect(found, engines()[0]);
  REQUIRE(container);
  REQUIRE(container->at(0).mounts.size() == 1);
  CHECK(container->at(0).mounts[0].destination == "/d");
}
