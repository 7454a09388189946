// SPDX-License-Identifier: Apache-2.0
#include "support/artifact.h"

#include "profilegen/emitter.h"
#include "support/html.h"

namespace profilegen::report {

std::string artifact(const Context& context, std::string_view format, std::string_view label) {
  const Emitter* emitter = find_emitter(format);
  const auto text = emitter->emit({context.profile, kBundle});
  if (text) return html_copied(label, *text);
  return "<p class=\"warning\">" + html_text(text.error().line()) + "</p>\n";
}

}  // namespace profilegen::report
