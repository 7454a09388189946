# SPDX-License-Identifier: Apache-2.0
# Each test belongs to one lane, which is its label (`ctest -L quick`). Lanes run in parallel, with as many tests at
# once as there are processors. Tests that must not run at the same time share a RESOURCE_LOCK.
#   quick       needs neither root nor an engine: scripts/test.sh --quick
#   live        records on this kernel, or measures times: one at a time
#   background  takes long and does not disturb other tests: guests with kernels of their own, builds. Runs with the
#               lowest priority, so that live tests find the machine as if it were idle.
# The live lane never has to wait. Apart from that, the longest test starts first; each test states its seconds here.

# Builds what quick tests run, and nothing else.
add_custom_target(quick_tests)

# quick_test(NAME [TARGET...]): TARGETs are the targets that the test runs.
function(quick_test name)
  set_property(TEST ${name} APPEND PROPERTY LABELS quick)
  if(ARGN)
    add_dependencies(quick_tests ${ARGN})
  endif()
endfunction()

# live_test(NAME SECONDS)
function(live_test name seconds)
  math(EXPR cost "${seconds} + 10000")
  set_property(TEST ${name} APPEND PROPERTY LABELS live)
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 1800 RESOURCE_LOCK recording COST ${cost})
endfunction()

# background_test(NAME SECONDS [NICE N] [CONFIGURATIONS NAME...] COMMAND WORD...)
# NICE: 19 if not given. A guest has less, because it has a time limit and can use only one processor.
function(background_test name seconds)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "" "NICE" "CONFIGURATIONS;COMMAND")
  if(NOT ARG_NICE)
    set(ARG_NICE 19)
  endif()
  add_test(NAME ${name} CONFIGURATIONS ${ARG_CONFIGURATIONS} COMMAND nice -n ${ARG_NICE} ${ARG_COMMAND})
  set_property(TEST ${name} APPEND PROPERTY LABELS background)
  set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 3600 COST ${seconds})
endfunction()
