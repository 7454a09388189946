# SPDX-License-Identifier: Apache-2.0
# cmake -DMODULES=<scripts/cmake> -DSCRATCH=<empty folder> -DGENERATOR=<that works here> -P registry_check.cmake
# Configures small projects in which a registry and its files agree, or do not.

# configure(RESULT OUTPUT FILES… ): configures a project whose registry lists alpha and beta_2, with these files in its
# folder.
function(configure result output)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/things.def "/* THING(name, help) */\nTHING(alpha, \"one; [two)\")\nTHING(beta_2, \"\")\n")
  foreach(file ${ARGN})
    file(WRITE ${SCRATCH}/things/${file} "")
  endforeach()
  file(WRITE ${SCRATCH}/CMakeLists.txt "cmake_minimum_required(VERSION 3.25)\nproject(scratch NONE)\n"
    "include(${MODULES}/ProfilegenRegistry.cmake)\n"
    "profilegen_check_registry(things.def THING things .cpp)\n"
    "profilegen_registry_names(things.def THING names)\nmessage(STATUS \"names: \${names}\")\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -G "${GENERATOR}" -S ${SCRATCH} -B ${SCRATCH}/build
    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  # CMake wraps the lines of its error messages.
  string(REGEX REPLACE "[ \n]+" " " text "${out} ${err}")
  set(${result} ${status} PARENT_SCOPE)
  set(${output} "${text}" PARENT_SCOPE)
endfunction()

function(expect_success)
  configure(status text ${ARGN})
  if(NOT status EQUAL 0 OR NOT text MATCHES "names: alpha;beta_2 ")
    message(FATAL_ERROR "${ARGN}: should configure with both names, but: ${text}")
  endif()
endfunction()

function(expect_failure message)
  configure(status text ${ARGN})
  string(FIND "${text}" "${message}" at)
  if(status EQUAL 0 OR at EQUAL -1)
    message(FATAL_ERROR "${ARGN}: should fail with '${message}', but: ${text}")
  endif()
endfunction()

expect_success(alpha.cpp beta_2.cpp)
# Code that several registered files share is in a subfolder.
expect_success(alpha.cpp beta_2.cpp alpha.h support/shared.cpp)
expect_failure("things.def: THING(beta_2) has no file things/beta_2.cpp" alpha.cpp)
expect_failure("things/gamma.cpp has no THING(gamma) line in things.def" alpha.cpp beta_2.cpp gamma.cpp)

# A registry without lines means that the macro's name is wrong.
function(configure_without_lines result output)
  configure(ignored ignored alpha.cpp beta_2.cpp)
  file(WRITE ${SCRATCH}/things.def "/* nothing */\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -G "${GENERATOR}" -S ${SCRATCH} -B ${SCRATCH}/build
    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE err)
  set(${result} ${status} PARENT_SCOPE)
  set(${output} "${err}" PARENT_SCOPE)
endfunction()
configure_without_lines(status text)
if(status EQUAL 0 OR NOT text MATCHES "no THING\\(\\) line found")
  message(FATAL_ERROR "an empty registry should fail, but: ${text}")
endif()
