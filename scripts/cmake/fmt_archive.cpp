// SPDX-License-Identifier: Apache-2.0
// Debian has no archive of fmt. This makes one of its headers: compiled so that every inline function is kept.
#include <fmt/format.h>
