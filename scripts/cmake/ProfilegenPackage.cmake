# SPDX-License-Identifier: Apache-2.0
# `cpack` makes a .deb and an archive (see scripts/package.sh). Both contain the statically linked program.
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)
install(FILES bpf/LICENSE.md RENAME LICENSE.bpf.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)
install(FILES LICENSE RENAME copyright DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT documents)
install(FILES profiles/diff.schema.json profiles/lint.schema.json DESTINATION ${CMAKE_INSTALL_DATADIR}/profilegen COMPONENT documents)

set(CPACK_PACKAGE_NAME profilegen)
set(CPACK_PACKAGE_VENDOR profilegen)
set(CPACK_PACKAGE_CONTACT "The profilegen developers <developers@profilegen.invalid>")
set(CPACK_PACKAGE_FILE_NAME profilegen-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_INSTALL_CMAKE_PROJECTS
  "${PROJECT_BINARY_DIR};${PROJECT_NAME};package;/;${PROJECT_BINARY_DIR};${PROJECT_NAME};documents;/")
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "It watches with eBPF which system calls, capabilities and files a container needs while its
tests run, and writes a seccomp filter, the capabilities, read-only mounts and
an AppArmor profile that allow that and nothing else.")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "docker.io | docker-ce | podman, apparmor")
include(CPack)
