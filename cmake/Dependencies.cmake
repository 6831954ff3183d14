# Libraries come from Debian 12's packages (ci/setup installs them); BoringSSL is looked for in three places.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(fmt 9 REQUIRED)
find_path(GUISE_YAML_INCLUDE yaml.h REQUIRED)
find_library(GUISE_YAML_LIBRARY yaml REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(pugixml REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_path(GUISE_BROTLI_INCLUDE brotli/decode.h REQUIRED)
find_library(GUISE_BROTLI_LIBRARY brotlidec REQUIRED)
include(BoringSSL)

find_program(GUISE_CCACHE ccache)
if(GUISE_CCACHE)
  # A precompiled header counts by its checksum (cmake/Precompile.cmake); none of ours uses macros that differ.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                  CCACHE_PCH_EXTSUM=true ${GUISE_CCACHE})
endif()
