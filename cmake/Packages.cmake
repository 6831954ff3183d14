# `cpack -G DEB` in the folder of the preset `release`: guise, guise-dev (the fixture in C++) and python3-guise, for the
# Debian release that they are built on. The other packages are made by ci/release.
set(CPACK_PACKAGE_VENDOR "guise")
set(CPACK_PACKAGE_CONTACT "The developers of guise <guise@example.org>")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL guise dev python)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_GUISE_PACKAGE_NAME guise)
set(CPACK_DEBIAN_GUISE_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_GUISE_DEBUGINFO_PACKAGE ON)
set(CPACK_DEBIAN_GUISE_PACKAGE_SUGGESTS "python3-guise, curl, libnss-wrapper, faketime")
set(CPACK_COMPONENT_GUISE_DESCRIPTION "A fake TLS server with a script: it shows a real client one wrong certificate
after another, and judges from what the client sent whether it did what its
validation mode promises.")

set(CPACK_DEBIAN_DEV_PACKAGE_NAME guise-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS "guise, nlohmann-json3-dev")
set(CPACK_COMPONENT_DEV_DESCRIPTION "The fixture for tests in C++. After find_package(guise) and a link to
guise::fixture, tests of a TLS client in Catch2 or GoogleTest have the
scenarios of guise.")

set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-guise)
set(CPACK_DEBIAN_PYTHON_PACKAGE_ARCHITECTURE all)
set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "guise, python3 (>= 3.9)")
set(CPACK_DEBIAN_PYTHON_PACKAGE_RECOMMENDS "python3-pytest, python3-yaml")
set(CPACK_COMPONENT_PYTHON_DESCRIPTION "The fixture for tests of TLS clients with pytest, one test per scenario for
a client file, and the base class of adapters in Python.")

# What Debian expects of each package: license, changelog, and the reasons of what lintian would find.
string(TIMESTAMP release_date "%a, %d %b %Y 00:00:00 +0000" UTC)
foreach(component guise dev python)
  string(TOUPPER ${component} upper)
  set(package ${CPACK_DEBIAN_${upper}_PACKAGE_NAME})
  set(doc ${CMAKE_BINARY_DIR}/packaging/${package})
  configure_file(ci/packaging/changelog.in ${doc}/changelog @ONLY)
  configure_file(ci/packaging/copyright.in ${doc}/copyright @ONLY)
  install(FILES ${doc}/copyright CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
          COMPONENT ${component} EXCLUDE_FROM_ALL)
  install(CODE "
    execute_process(COMMAND gzip -9nc ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY
      OUTPUT_FILE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/share/doc/${package}/changelog.gz\")"
    COMPONENT ${component} EXCLUDE_FROM_ALL)
endforeach()
install(FILES ci/packaging/guise.lintian-overrides DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides RENAME guise
        COMPONENT guise EXCLUDE_FROM_ALL)

# The Python package where Debian's Python looks for it, with the entry point by which pytest finds the plugin.
set(site lib/python3/dist-packages)
configure_file(ci/packaging/METADATA.in ${CMAKE_BINARY_DIR}/packaging/METADATA @ONLY)
install(DIRECTORY harness/python/guise DESTINATION ${site} COMPONENT python EXCLUDE_FROM_ALL PATTERN __pycache__ EXCLUDE)
install(FILES ${CMAKE_BINARY_DIR}/packaging/METADATA ci/packaging/entry_points.txt
        DESTINATION ${site}/guise-${PROJECT_VERSION}.dist-info COMPONENT python EXCLUDE_FROM_ALL)
include(CPack)
