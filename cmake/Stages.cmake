# A stage is a folder of harness/ and one static library; its unit tests are one program of tests/unit/.
set(GUISE_PRECOMPILED boost/asio.hpp boost/asio/experimental/awaitable_operators.hpp boost/system/result.hpp fmt/format.h
    nlohmann/json.hpp algorithm chrono filesystem functional map optional regex set string variant vector)
guise_precompile(libraries ${GUISE_PRECOMPILED})
# And the headers that nearly every source of the upper stages includes.
guise_precompile(upper ${GUISE_PRECOMPILED} "\"evidence/observe.hpp\"" "\"profile/step.hpp\"" "\"scenario/catalogue.hpp\"")
set(GUISE_UPPER_STAGES clients judge report server run serve import docs cli)

# guise_stage(NAME [libraries...]): every .cpp and .hpp of harness/NAME and its subfolders. NAME may be a subfolder of a
# stage below it in the list: `clients/file` is the library guise_clients_file, and no part of guise_clients. A header
# with a source of its own is compiled alone there, because the source includes it first (ci/check); the others are by
# the target all_verify_interface_header_sets of the preset `release`.
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
  guise_unity(${target})
  if(name IN_LIST GUISE_UPPER_STAGES)
    guise_use_precompiled(${target} upper)
  else()
    guise_use_precompiled(${target} libraries)
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
  # A separate library, because all libraries of a target with a generated source are built before its first source.
  add_library(guise_${function} OBJECT ${source})
  target_link_libraries(guise_${function} PRIVATE guise_options)
  target_sources(guise_${stage} PRIVATE $<TARGET_OBJECTS:guise_${function}>)
endfunction()
