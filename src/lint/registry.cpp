// SPDX-License-Identifier: Apache-2.0
#include "registry.h"

namespace profilegen {
namespace {

constexpr LintFormat kFormats[] = {
#define LINT_FORMAT(name, help) {#name, help, lint::format_##name},
#include "profilegen/lint_formats.def"
#undef LINT_FORMAT
};

}  // namespace

std::span<const LintFormat> lint_formats() { return kFormats; }

}  // namespace profilegen
