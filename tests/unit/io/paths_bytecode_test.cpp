// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch.hpp>

#include "profilegen/paths.h"

using namespace profilegen;

TEST_CASE("Python's compiled modules are told by their names") {
  for (const char* path : {"/a/__pycache__", "/a/__pycache__/x.cpython-311.pyc", "/a/__pycache__/x.pyc.140234567",
                           "/a/__pycache__/d/y", "/a/x.pyc", "/a/x.pyo", "/a/x.pyc.12"}) {
    CAPTURE(path);
    CHECK(is_python_bytecode(path));
  }
  for (const char* path : {"/a/x.py", "/a/__pycache__x/y", "/a/x.pyc.bak", "/a/pyc", "/a/12", "/a/x.12", "/"}) {
    CAPTURE(path);
    CHECK_FALSE(is_python_bytecode(path));
  }
}
