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

# guise_stage(NAME [libraries...]): every .cpp and .hpp of harness/NAME.
function(guise_stage name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.hpp)
  add_library(guise_${name} STATIC ${sources})
  target_sources(guise_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR} FILES ${headers})
  target_link_libraries(guise_${name} PUBLIC guise_options ${ARGN})
endfunction()
