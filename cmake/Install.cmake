# The program and its data: `cmake --install build/release --prefix DIR`, then DIR/bin/guise runs from any directory.
install(TARGETS guise RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY scenarios certs DESTINATION ${CMAKE_INSTALL_DATADIR}/guise)
install(DIRECTORY fixtures/profiles fixtures/ledgers fixtures/clients
        DESTINATION ${CMAKE_INSTALL_DATADIR}/guise/fixtures)
