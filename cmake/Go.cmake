# guise-go-client: the client of fixtures/clients/go-tls.yaml. Not part of guise: without Go there is one client less,
# and `guise doctor` says so.
find_program(GUISE_GO go DOC "Go, for the client go-tls")
mark_as_advanced(GUISE_GO)
set(source ${CMAKE_SOURCE_DIR}/fixtures/clients/go_tls_client.go)
set(program ${CMAKE_BINARY_DIR}/guise-go-client)
if(GUISE_GO)
  # Nothing of the user's Go reaches it: no module, no flags, no other toolchain, no cache outside of the build.
  add_custom_command(OUTPUT ${program} DEPENDS ${source} VERBATIM COMMENT "Building Go program guise-go-client"
    COMMAND ${CMAKE_COMMAND} -E env GOCACHE=${CMAKE_BINARY_DIR}/go-cache GOENV=off GOFLAGS= GOTOOLCHAIN=local
            GO111MODULE=off ${GUISE_GO} build -o ${program} ${source})
  add_custom_target(go-client ALL DEPENDS ${program})
  install(PROGRAMS ${program} DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/guise OPTIONAL)
else()
  add_custom_target(go-client COMMAND ${CMAKE_COMMAND} -E echo "Go is not installed: no client go-tls")
endif()
