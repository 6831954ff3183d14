# The program and its data: `cmake --install build/release --prefix DIR`, then DIR/bin/guise runs from any directory.
install(TARGETS guise RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY scenarios certs DESTINATION ${CMAKE_INSTALL_DATADIR}/guise)
install(DIRECTORY fixtures/profiles fixtures/ledgers fixtures/clients fixtures/services fixtures/adapters
        DESTINATION ${CMAKE_INSTALL_DATADIR}/guise/fixtures
        PATTERN __pycache__ EXCLUDE)
install(DIRECTORY harness/python DESTINATION ${CMAKE_INSTALL_DATADIR}/guise/harness
        PATTERN __pycache__ EXCLUDE
        PATTERN build EXCLUDE
        PATTERN *.egg-info EXCLUDE)
