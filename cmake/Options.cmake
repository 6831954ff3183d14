# Compile options for all C++: warnings, sanitizers, and Asio in a library instead of in every source.
set(GUISE_SANITIZE "" CACHE STRING "Sanitizers for all of our code, e.g. address,undefined or thread")
option(GUISE_WERROR "Warnings are errors: in the developers' presets, whose compilers we know" OFF)
# Most of the compile time of a source goes into its headers. Names in anonymous namespaces of a target's sources must then
# be unique; each unit test has its own namespace.
option(GUISE_UNITY "Compile several sources of a target at once" OFF)
set(GUISE_LINKER "" CACHE STRING "Another linker than the compiler's own, e.g. mold or lld")

add_library(guise_compile INTERFACE)
target_compile_options(guise_compile INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor)
if(NOT GUISE_UNITY)  # a name of one source hides nothing in another
  target_compile_options(guise_compile INTERFACE -Wshadow)
endif()
if(GUISE_WERROR)
  target_compile_options(guise_compile INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports a false mismatch in the frames of coroutines.
  target_compile_options(guise_compile INTERFACE -Wno-mismatched-new-delete)
  if(GUISE_UNITY)  # g++ takes a source that others are compiled with for a header
    target_compile_options(guise_compile INTERFACE -Wno-subobject-linkage)
  endif()
endif()
if(GUISE_SANITIZE)
  target_compile_options(guise_compile INTERFACE -fsanitize=${GUISE_SANITIZE} -fno-omit-frame-pointer
                                                -fno-sanitize-recover=all)
  target_link_options(guise_compile INTERFACE -fsanitize=${GUISE_SANITIZE})
endif()
if(GUISE_PORTABLE)  # what is packaged says nothing of where it was built
  target_compile_options(guise_compile INTERFACE -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
endif()
if(GUISE_LINKER)
  target_link_options(guise_compile INTERFACE -fuse-ld=${GUISE_LINKER})
endif()

# guise_unity(TARGET): compiles several of its sources at once if GUISE_UNITY is on.
function(guise_unity target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${GUISE_UNITY} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# Every source that uses Asio would compile all of it; this way only one does. The others take a third less time.
target_compile_definitions(guise_compile INTERFACE BOOST_ASIO_SEPARATE_COMPILATION)
add_library(guise_asio STATIC ${CMAKE_CURRENT_LIST_DIR}/asio.cpp)
target_link_libraries(guise_asio PUBLIC guise_compile Boost::headers Threads::Threads)

# Compile options for every stage, and every program that uses one.
add_library(guise_options INTERFACE)
target_include_directories(guise_options INTERFACE ${CMAKE_SOURCE_DIR}/harness)
target_link_libraries(guise_options INTERFACE guise_compile guise_asio)

# guise_optimise_less(TARGET): for code that runs once and compiles slowly. It saves a third of the time.
function(guise_optimise_less target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release,RelWithDebInfo>:-O1>)
endfunction()
