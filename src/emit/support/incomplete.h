// SPDX-License-Identifier: Apache-2.0
// How an artifact made from evidence that is not whole says so. Each format has its own way:
//  - profile.json: its "incomplete" list;
//  - text that is read or parsed (mounts, AppArmor): one "# incomplete: REASON" line each, at the top;
//  - seccomp.json: "comment" of the first rule. OCI doesn't know the key, Moby and containers/common do, and runc, crun
//    and containerd ignore keys that they don't know;
//  - lists of flags, which are passed by $(cat FILE) and can't have comments: a label, which also lets people find the
//    containers that run so (docker ps --filter label=profilegen.incomplete).
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// "# incomplete: REASON\n" for each reason; empty when the evidence is whole.
std::string incomplete_header(const Profile& profile);
/// "incomplete: REASON; REASON"; empty when the evidence is whole.
std::string incomplete_comment(const Profile& profile);
/// "--label=profilegen.incomplete=true\n"; empty when the evidence is whole.
std::string incomplete_flag(const Profile& profile);

}  // namespace profilegen
