# A stage is a folder of harness/ and one static library; its unit tests are one program of tests/unit/.
add_library(guise_options INTERFACE)
target_include_directories(guise_options INTERFACE ${CMAKE_SOURCE_DIR}/harness)
target_compile_options(guise_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees a mismatch in the frames of coroutines where there is none.
  target_compile_options(guise_options INTERFACE -Wno-mismatched-new-delete)
endif()
if(GUISE_SANITIZE)
  target_compile_options(guise_options INTERFACE -fsanitize=${GUISE_SANITIZE} -fno-omit-frame-pointer
                                                -fno-sanitize-recover=all)
  target_link_options(guise_options INTERFACE -fsanitize=${GUISE_SANITIZE})
endif()

# guise_precompile(TARGET [headers...]): the headers that most sources read, compiled once in TARGET and taken
# from there by guise_reuse(). Only where GUISE_PRECOMPILE is set: a source that lacks an include of its own
# compiles with it, so the builds without it are the ones to believe.
function(guise_precompile target)
  if(GUISE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <boost/asio.hpp> <boost/asio/experimental/awaitable_operators.hpp> <fmt/format.h> <nlohmann/json.hpp>
      <algorithm> <chrono> <filesystem> <functional> <map> <optional> <set> <string> <vector> ${ARGN})
  endif()
endfunction()

function(guise_reuse target from)
  if(GUISE_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
endfunction()

# guise_stage(NAME [libraries...]): every .cpp and .hpp of harness/NAME and its subfolders. NAME may be a subfolder of a
# stage below it in the list: `clients/file` is the library guise_clients_file, and no part of guise_clients. A header
# with a source of its own is compiled alone there, because the source includes it first (ci/check); the others are by
# the preset `all`.
function(guise_stage name)
  set(folder ${CMAKE_CURRENT_SOURCE_DIR}/${name})
  string(REPLACE "/" "_" target guise_${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${folder}/*.hpp)
  get_property(stages GLOBAL PROPERTY guise_stages)
  foreach(other ${stages})
    list(FILTER sources EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/${other}/")
    list(FILTER headers EXCLUDE REGEX "^${CMAKE_CURRENT_SOURCE_DIR}/${other}/")
  endforeach()
  set_property(GLOBAL APPEND PROPERTY guise_stages ${name})
  list(TRANSFORM sources REPLACE "\\.cpp$" ".hpp" OUTPUT_VARIABLE covered)
  list(REMOVE_ITEM headers ${covered})
  add_library(${target} STATIC ${sources})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${headers})
  target_link_libraries(${target} PUBLIC guise_options ${ARGN})
  if(name STREQUAL "base")
    guise_precompile(guise_base)
  else()
    guise_reuse(${target} guise_base)
  endif()
endfunction()

# guise_page(STAGE PAGE FUNCTION): a page of harness/STAGE/page becomes a function of the stage that returns it.
function(guise_page stage page function)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/cmake/Page.cmake)
  file(GLOB parts CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${stage}/page/*
       ${CMAKE_CURRENT_SOURCE_DIR}/report/page/*)
  add_custom_command(OUTPUT ${source} VERBATIM DEPENDS ${parts} ${script}
    COMMAND ${CMAKE_COMMAND} -D STAGE=${stage} -D PAGE=${page} -D FUNCTION=${function} -D OUTPUT=${source} -P ${script})
  # A library of its own, since all that a target with a made source links is built before its first source.
  add_library(guise_${function} OBJECT ${source})
  target_link_libraries(guise_${function} PRIVATE guise_options)
  target_sources(guise_${stage} PRIVATE $<TARGET_OBJECTS:guise_${function}>)
endfunction()
