# guise-go-client: the client of fixtures/clients/go-tls.yaml. Not part of guise: without Go it is missing,
# and `guise doctor` says so.
find_program(GUISE_GO go DOC "Go, for the client go-tls")
mark_as_advanced(GUISE_GO)
set(go_source ${CMAKE_SOURCE_DIR}/fixtures/clients/go_tls_client.go)
set(go_program ${CMAKE_BINARY_DIR}/guise-go-client)
if(GUISE_GO)
  # Independent of the user's Go settings: no module, no flags, no other toolchain, no cache outside of the build.
  add_custom_command(OUTPUT ${go_program} DEPENDS ${go_source} VERBATIM COMMENT "Building Go program guise-go-client"
    COMMAND ${CMAKE_COMMAND} -E env GOCACHE=${CMAKE_BINARY_DIR}/go-cache GOENV=off GOFLAGS= GOTOOLCHAIN=local
            GO111MODULE=off ${GUISE_GO} build -o ${go_program} ${go_source})
  set(all ALL)
  if(GUISE_SANITIZE)
    set(all)  # asked for by name: no unit test runs it
  endif()
  add_custom_target(go-client ${all} DEPENDS ${go_program})
  install(PROGRAMS ${go_program} DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/guise OPTIONAL)
else()
  add_custom_target(go-client COMMAND ${CMAKE_COMMAND} -E echo "Go is not installed: no client go-tls")
endif()
