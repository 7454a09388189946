// SPDX-License-Identifier: Apache-2.0
// Debian has no static library of fmt. This makes one from its headers: every inline function is kept (see the
// compiler's options).
#include <fmt/format.h>
