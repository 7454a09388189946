// SPDX-License-Identifier: Apache-2.0
// How an artifact says that it was made from incomplete evidence. Each format has its own way:
//  - profile.json: its "incomplete" list;
//  - text that people or programs read (mounts, AppArmor): "# incomplete: REASON" lines at the top;
//  - seccomp.json: "comment" of the first rule. The key is not in OCI; Moby and containers/common know it; runc, crun
//    and containerd ignore keys that they don't know;
//  - lists of flags can't have comments, since $(cat FILE) passes them on: they get a label, by which people can also
//    find the containers that run so (docker ps --filter label=profilegen.incomplete).
#pragma once

#include <string>

#include "profilegen/profile.h"

namespace profilegen {

/// "# incomplete: REASON\n" for each reason; empty when the evidence is complete.
std::string incomplete_header(const Profile& profile);
/// For a comment: what follows a line break in an edited profile would be no comment any more.
std::string one_line(std::string text);
/// "incomplete: REASON; REASON"; empty when the evidence is complete.
std::string incomplete_comment(const Profile& profile);
/// "--label=profilegen.incomplete=true\n"; empty when the evidence is complete.
std::string incomplete_flag(const Profile& profile);

}  // namespace profilegen
