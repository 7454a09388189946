// SPDX-License-Identifier: Apache-2.0
#include "kernel/kernel_symbols.h"

#include <catch2/catch.hpp>

using profilegen::KernelSymbols;

TEST_CASE("an address belongs to the function that begins at or before it") {
  const KernelSymbols symbols(
      "ffffffff81000000 T _stext\n"
      "ffffffff81000100 t inner.isra.0\n"
      "ffffffff81000180 d some_data\n"
      "ffffffffc0000000 t ovl_open\t[overlay]\n");
  CHECK(symbols.function_at(0xffffffff81000000) == "_stext");
  CHECK(symbols.function_at(0xffffffff810000ff) == "_stext");
  CHECK(symbols.function_at(0xffffffff81000190) == "inner.isra.0");
  CHECK(symbols.function_at(0xffffffffc0000042) == "ovl_open");
  CHECK(symbols.function_at(0x1000).empty());
}

TEST_CASE("hidden addresses name nothing, and broken lines are passed over") {
  const KernelSymbols symbols("0000000000000000 T secret\n\nffff\nffffffff81000000 T\n");
  CHECK(symbols.function_at(0xffffffff81000000).empty());
}
