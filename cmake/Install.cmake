# The program and its data: `cmake --install build/release --prefix DIR`, then DIR/bin/guise runs from any directory.
# Components are the Debian packages of cmake/Packages.cmake: `guise`, `dev` (the fixture in C++) and `python`.
install(TARGETS guise RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY scenarios certs DESTINATION ${CMAKE_INSTALL_DATADIR}/guise)
install(DIRECTORY fixtures/profiles fixtures/ledgers fixtures/clients fixtures/services fixtures/adapters
        DESTINATION ${CMAKE_INSTALL_DATADIR}/guise/fixtures
        PATTERN __pycache__ EXCLUDE)
install(DIRECTORY harness/python DESTINATION ${CMAKE_INSTALL_DATADIR}/guise/harness
        PATTERN __pycache__ EXCLUDE
        PATTERN build EXCLUDE
        PATTERN *.egg-info EXCLUDE)

# What the program says of itself: pages for man(1), and completion for three shells.
install(CODE [[
  set(root "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}")
  set(program "${root}/bin/guise")
  execute_process(COMMAND ${program} man --out ${root}/share/man/man1 OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  file(GLOB pages ${root}/share/man/man1/guise*.1)
  execute_process(COMMAND gzip -9nf ${pages} COMMAND_ERROR_IS_FATAL ANY)
  foreach(shell_and_file "bash;bash-completion/completions/guise" "zsh;zsh/site-functions/_guise"
          "fish;fish/vendor_completions.d/guise.fish")
    list(GET shell_and_file 0 shell)
    list(GET shell_and_file 1 file)
    cmake_path(GET file PARENT_PATH folder)
    file(MAKE_DIRECTORY ${root}/share/${folder})
    execute_process(COMMAND ${program} completion ${shell} OUTPUT_FILE ${root}/share/${file} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
]])
