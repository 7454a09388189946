# SPDX-License-Identifier: Apache-2.0
# cmake -DANALYZE=<systemd-analyze> -DDROP_IN=<file> -DSCRATCH=<empty folder> -P systemd_check.cmake
# systemd must have no complaint about a service with the drop-in. It ignores what it does not know, and only warns.
file(REMOVE_RECURSE ${SCRATCH})
file(WRITE ${SCRATCH}/app.service "[Unit]\nDescription=app\n[Service]\nExecStart=/bin/true\n")
file(COPY_FILE ${DROP_IN} ${SCRATCH}/app.conf)
file(MAKE_DIRECTORY ${SCRATCH}/app.service.d)
file(RENAME ${SCRATCH}/app.conf ${SCRATCH}/app.service.d/profilegen.conf)

function(verify result complaints)
  # As a user's: the system's needs /run/systemd, which is not there in a container.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env XDG_RUNTIME_DIR=${SCRATCH} ${ANALYZE} --user verify --man=no
      ${SCRATCH}/app.service
    RESULT_VARIABLE status OUTPUT_VARIABLE out ERROR_VARIABLE err)
  set(${result} "${status}" PARENT_SCOPE)
  set(${complaints} "${out}${err}" PARENT_SCOPE)
endfunction()

verify(status complaints)
if(NOT status EQUAL 0 OR complaints MATCHES "profilegen.conf")
  message(FATAL_ERROR "${DROP_IN}: ${complaints}")
endif()
# Proves that the check can fail: systemd must complain about an unknown call.
file(APPEND ${SCRATCH}/app.service.d/profilegen.conf "SystemCallFilter=no_such_call\n")
verify(status complaints)
if(NOT complaints MATCHES "profilegen.conf.*no_such_call")
  message(FATAL_ERROR "a call that does not exist was taken: ${complaints}")
endif()
