# Precompiled headers of libraries, for clang: they halve the compile time of a source. With g++ 12 they save almost nothing.
#
# A source with a missing include still compiles with them: ci/includes finds it.
#
# CMake's own way (target_precompile_headers) puts absolute paths into the command line, so that ccache finds nothing in
# another clone. Here ccache knows a precompiled header by a checksum of what is in it (NAME.pch.sum).
option(GUISE_PRECOMPILE "Compile the headers of libraries once for all sources; with clang alone" OFF)

# Further options for a precompiled header of our own headers.
set(GUISE_PRECOMPILE_WITH -I${CMAKE_SOURCE_DIR}/harness -I${CMAKE_SOURCE_DIR}/tests/unit
    -DGUISE_SOURCE_DIR="${CMAKE_SOURCE_DIR}")

# guise_precompile(NAME headers...): makes NAME.pch, for guise_use_precompiled(). A header of ours is one in quotes.
function(guise_precompile name)
  if(NOT GUISE_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  set(lines ${ARGN})
  list(TRANSFORM lines REPLACE "^([^\"]+)$" "<\\1>")
  list(TRANSFORM lines REPLACE "(.+)" "#include \\1\n")
  string(CONCAT includes ${lines})
  set(header ${CMAKE_BINARY_DIR}/precompiled/${name}.hpp)
  set(pch ${CMAKE_BINARY_DIR}/precompiled/${name}.pch)
  file(CONFIGURE OUTPUT ${header} CONTENT "${includes}")
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}}")
  list(APPEND flags ${CMAKE_CXX20_STANDARD_COMPILE_OPTION} $<TARGET_PROPERTY:guise_compile,INTERFACE_COMPILE_OPTIONS>
       -D$<JOIN:$<TARGET_PROPERTY:guise_compile,INTERFACE_COMPILE_DEFINITIONS>,$<SEMICOLON>-D>
       -D$<JOIN:$<TARGET_PROPERTY:${GUISE_FMT},INTERFACE_COMPILE_DEFINITIONS>,$<SEMICOLON>-D>
       -isystem $<TARGET_PROPERTY:guise::boringssl,INTERFACE_INCLUDE_DIRECTORIES> ${GUISE_PRECOMPILE_WITH})
  add_custom_command(OUTPUT ${pch} BYPRODUCTS ${pch}.sum DEPENDS ${header} DEPFILE ${pch}.d
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR}/precompiled COMMAND_EXPAND_LISTS VERBATIM
    COMMENT "Precompiling ${name}.hpp"
    COMMAND ${CMAKE_CXX_COMPILER} ${flags} -fpch-instantiate-templates -Xclang -fno-pch-timestamp
            -MD -MF ${pch}.d -MT ${pch} -x c++-header -o ${pch} ${header}
    COMMAND ${CMAKE_CXX_COMPILER} ${flags} -E -P -x c++-header -o ${pch}.text ${header}
    COMMAND ${CMAKE_COMMAND} -E sha256sum ${name}.pch.text > ${pch}.sum
    COMMAND ${CMAKE_COMMAND} -E rm ${pch}.text)
  add_custom_target(precompile_${name} DEPENDS ${pch})
endfunction()

# guise_use_precompiled(TARGET NAME): the sources of TARGET are compiled with NAME.pch, if there is one.
function(guise_use_precompiled target name)
  if(NOT GUISE_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    return()
  endif()
  set(pch ${CMAKE_BINARY_DIR}/precompiled/${name}.pch)
  # Only the order matters: the compiler's dependency file lists each header in it for every source.
  add_dependencies(${target} precompile_${name})
  target_compile_options(${target} PRIVATE "SHELL:-include-pch ${pch}")
endfunction()
