// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fuzz.h"
#include "profilegen/emitter.h"
#include "profilegen/path_text.h"
#include "profilegen/terminal_text.h"

/// No text of a profile is a control sequence, or an order to a CI runner, in anything that is made of it.
inline void check_artifacts(const profilegen::Profile& profile) {
  for (const profilegen::Emitter& emitter : profilegen::emitters()) {
    const auto text = emitter.emit({profile, "out", "web"});
    if (!text) continue;
    std::string lines = *text;
    std::erase(lines, '\n');
    demand(profilegen::is_all_shown(lines), "every character of an artifact is shown");
    demand(!profilegen::has_runner_order(*text), "no artifact has an order to a runner");
  }
}
