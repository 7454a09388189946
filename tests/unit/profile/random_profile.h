// SPDX-License-Identifier: Apache-2.0
// Random small profiles that overlap: they have few different keys, so that merging has something to join. They look as
// analyze() would make them: no answer for an allowed call, no hole below a hole, sorted lines.
#pragma once

#include <random>
#include <string>

#include "profilegen/profile.h"

class RandomProfile {
 public:
  explicit RandomProfile(uint32_t seed) : random_(seed) {}

  profilegen::Profile next() {
    profilegen::Profile profile;
    profile.arch = chance() ? profilegen::Arch::x86_64 : profilegen::Arch::aarch64;
    profile.container = chance();
    for (const char* runtime : {"runc 1.1.5", "crun 1.8.1", "runc>=1.1"})
      if (chance()) profile.runtimes.insert(profilegen::runtime_from_text(runtime));
    profile.no_new_privileges = chance();
    profile.needs_network = chance();
    for (uint32_t count = below(6); count > 0; --count) add_some(profile);
    std::erase_if(profile.answers, [&](const auto& answer) { return profile.calls.contains(answer.first); });
    add_holes(profile);
    profile.as_root = chance();
    if (chance()) profile.users.insert(pick({"1000:1000", "www", "\xff"}));
    if (chance()) profile.restricted["/etc/" + path_name()] = {chance() ? 0600U : 0640U, below(2), below(3)};
    for (const char* name : {"descriptors", "memory", "tasks"})
      if (chance()) profile.limits[name] = 64U << below(3);
    if (chance()) profile.incomplete = {"run of a: lost 1 (files)", "run of b: \"late\""};
    if (chance()) profile.notes = {pick({"note a", "note b", "\xc3\xa9 \\x0a"})};
    return profile;
  }

 private:
  uint32_t below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }
  bool chance() { return below(2) == 1; }
  std::string pick(std::initializer_list<std::string> texts) { return texts.begin()[below(uint32_t(texts.size()))]; }

  profilegen::CallKey call() {
    return {chance() ? profilegen::Arch::x86_64 : profilegen::Arch::x86, pick({"read", "clone3", "_llseek", "#600"})};
  }

  std::set<profilegen::NeededBy> who() {
    using profilegen::NeededBy;
    const std::set<NeededBy> choices[] = {
        {}, {NeededBy::app}, {NeededBy::runtime}, {NeededBy::app, NeededBy::runtime}, {NeededBy::companion}};
    return choices[below(5)];
  }

  void add_some(profilegen::Profile& profile) {
    profile.calls[call()] = who();
    if (chance()) {
      const profilegen::CallKey restricted = call();
      profile.calls.try_emplace(restricted);
      profile.arguments[restricted].insert({{0, 0xff, below(3)}});
    }
    profile.answers[call()] = chance() ? 38 : 1 + below(4);
    if (chance()) profile.denied_capabilities.insert(pick({"NET_RAW", "SYS_TIME", "#60"}));
    profile.capabilities.insert(pick({"NET_RAW", "SYS_ADMIN", "#60"}));
    if (chance()) profile.file_capabilities.insert(pick({"NET_RAW", "CHOWN"}));
    if (chance()) profile.asked.insert(pick({"/etc/x", "/usr/", "/\xff"}));
    if (chance()) profile.kept_capabilities.insert(*profile.capabilities.begin());
    profile.files[pick({"/a", "/b\\*c", "/d/*.so*", "/q\\\"\\\\", "/\\012"})] = {pick({"r", "rw", "rmix", "k", "wl"})};
    profile.network.emplace(pick({"inet", "unix"}), pick({"stream", "dgram"}));
    if (chance()) profile.lowest_ports[{pick({"inet", "inet6"}), pick({"stream", "dgram"})}] = 1 + below(2000);
    profile.ping_sockets = chance();
    profile.mounts["/m/" + path_name()] = {path_name(), pick({"bind", "volume"}), chance(), chance()};
  }

  std::string path_name() { return pick({"x", "with space", "back\\slash", "\xff\xfe", "n\nl\"q", "\xc3\xa9"}); }

  void add_holes(profilegen::Profile& profile) {
    profile.read_only_root = below(4) != 0;
    if (!profile.read_only_root) {
      profile.root_reason = pick({"mkdir /a", "mkdir /b"});
      return;
    }
    for (const std::string branch : {"/a", "/a-", "/b"}) {
      if (chance()) profile.holes[branch + pick({"", "/x", "/x/y"})] = hole();
    }
  }

  profilegen::Hole hole() {
    return {chance() ? profilegen::HoleKind::volume : profilegen::HoleKind::tmpfs,
            chance() ? 0755U : 01777U,
            below(2),
            below(3),
            chance(),
            pick({"create /a/x/y", "write /b (+1 more)", ""}),
            uint64_t{below(3)} << 26};
  }

  std::mt19937 random_;
};
