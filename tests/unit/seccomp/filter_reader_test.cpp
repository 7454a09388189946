// SPDX-License-Identifier: Apache-2.0
#include "read_effect.h"

using namespace profilegen;

namespace {

using Lines = std::vector<std::string>;

std::string with_rule(const std::string& rule) {
  return R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [)" + rule + "]}";
}

const std::string kNamed = with_rule(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO", "errno": "EXDEV"})");

}  // namespace

TEST_CASE("An errno by name is read as the engine does that is named; without one, both readings are told") {
  CHECK(answer_to(effect_of(kNamed, FilterReader::containers_common), "mount") == "EXDEV");
  CHECK(answer_to(effect_of(kNamed, FilterReader::moby), "mount") == "EPERM");
  CHECK(answer_to(effect_of(kNamed, FilterReader::plain), "mount") == "EPERM");
  const SeccompEffect any = effect_of(kNamed);
  CHECK(answer_to(any, "mount") == "EXDEV");
  CHECK(any.notes() ==
        Lines{"errno \"EXDEV\", which only Podman and CRI-O read: Docker and containerd answer EPERM: mount"});
  for (const FilterReader reader : {FilterReader::containers_common, FilterReader::moby, FilterReader::plain})
    CHECK(effect_of(kNamed, reader).notes().empty());
}

TEST_CASE("An errno by name wins over the number; where both mean the same, there is nothing to tell") {
  const std::string differing =
      with_rule(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO", "errno": "38", "errnoRet": 22})");
  CHECK(answer_to(effect_of(differing, FilterReader::containers_common), "mount") == "ENOSYS");
  CHECK(answer_to(effect_of(differing, FilterReader::moby), "mount") == "EINVAL");
  CHECK(effect_of(differing).notes() ==
        Lines{"errno \"38\", which only Podman and CRI-O read: Docker and containerd answer EINVAL: mount"});
  const SeccompEffect same =
      effect_of(with_rule(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO", "errno": "EINVAL", "errnoRet": 22})"));
  CHECK(answer_to(same, "mount") == "EINVAL");
  CHECK(same.notes().empty());
}

TEST_CASE("The default's errno can have a name, too") {
  const std::string text = R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "ENOSYS"})";
  CHECK(answer_to(effect_of(text, FilterReader::containers_common), "mount") == "ENOSYS");
  CHECK(answer_to(effect_of(text, FilterReader::moby), "mount") == "EPERM");
  CHECK(effect_of(text).notes() ==
        Lines{"defaultErrno \"ENOSYS\", which only Podman and CRI-O read: Docker and containerd answer EPERM"});
}

TEST_CASE("A name that Podman does not know makes it refuse the file; others do not look at it") {
  const std::string text = with_rule(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO", "errno": "EINTR"})");
  const auto refused = SeccompEffect::of_file(text, "f.json", {}, FilterReader::containers_common);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().line() == "f.json: syscalls[0].errno: is no errno that Podman and CRI-O know; use its number");
  CHECK(answer_to(effect_of(text, FilterReader::moby), "mount") == "EPERM");
  CHECK(
      effect_of(text).notes() ==
      Lines{"errno \"EINTR\", with which Podman and CRI-O refuse the file: Docker and containerd answer EPERM: mount"});
}

TEST_CASE("Conditions that the engine does not know hold always") {
  const std::string text = with_rule(R"(
      {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "excludes": {"minKernel": "4.8"}},
      {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_BPF"]}})");
  const SeccompEffect docker = effect_of(text, FilterReader::moby);
  CHECK(answer_to(docker, "ptrace") == "EPERM");
  CHECK(answer_to(docker, "bpf") == "EPERM");
  const SeccompEffect podman = effect_of(text, FilterReader::containers_common);
  CHECK(answer_to(podman, "ptrace") == "allowed");
  CHECK(answer_to(podman, "bpf") == "EPERM");
  CHECK(podman.notes().at(0) == "has a minKernel, which Podman and CRI-O do not know, so that it always holds: ptrace");
  const SeccompEffect plain = effect_of(text, FilterReader::plain);
  CHECK(answer_to(plain, "ptrace") == "allowed");
  CHECK(answer_to(plain, "bpf") == "allowed");
  CHECK(plain.notes() ==
        Lines{"has conditions that containerd and runtimes do not know, so that they always hold: bpf, ptrace"});
}

TEST_CASE("Docker's old \"name\" and its archMap are nothing to containerd") {
  const std::string text = R"({"defaultAction": "SCMP_ACT_ERRNO",
      "archMap": [{"architecture": "SCMP_ARCH_X86_64", "subArchitectures": ["SCMP_ARCH_X86"]},
                  {"architecture": "SCMP_ARCH_AARCH64", "subArchitectures": ["SCMP_ARCH_ARM"]}],
      "syscalls": [{"name": "read", "action": "SCMP_ACT_ALLOW"}]})";
  CHECK(answer_to(effect_of(text, FilterReader::moby), "read") == "allowed");
  CHECK(effect_of(text, FilterReader::moby).architectures().size() == 2);
  const SeccompEffect plain = effect_of(text, FilterReader::plain);
  CHECK(answer_to(plain, "read") == "EPERM");
  CHECK(plain.architectures().size() == 1);
}

TEST_CASE("SCMP_ARCH_NATIVE is the machine's own table, and no runtime knows the name") {
  const SeccompEffect effect = effect_of(R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_NATIVE"],
      "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})");
  CHECK(answer_to(effect, "read") == "allowed");
  CHECK(effect.architectures() == std::set<Arch>{native_arch()});
  CHECK(effect.notes() ==
        Lines{"SCMP_ARCH_NATIVE is refused by runc and crun: leave it out, a runtime always covers its own table"});
}

TEST_CASE("A rule without names gets a hint, and does nothing") {
  const SeccompEffect effect = effect_of(
      with_rule(R"({"names": ["read"], "action": "SCMP_ACT_ALLOW"}, {"names": [], "action": "SCMP_ACT_ALLOW"})"));
  CHECK(answer_to(effect, "write") == "EPERM");
  CHECK(effect.notes() == Lines{"syscalls[1] names no call, so it does nothing: name calls, or remove it"});
}

TEST_CASE("Engines have their ways to read filters") {
  CHECK(filter_reader_of("docker") == FilterReader::moby);
  CHECK(filter_reader_of("podman") == FilterReader::containers_common);
  CHECK(filter_reader_of("cri-o") == FilterReader::containers_common);
  CHECK(filter_reader_of("containerd") == FilterReader::plain);
  CHECK(filter_reader_of("nerdctl") == FilterReader::plain);
  CHECK_FALSE(filter_reader_of(""));
}
