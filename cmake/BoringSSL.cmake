# Makes the target `guise::boringssl`, first of:
#   1. BORINGSSL_ROOT (CMake or environment variable): an installed tree, or a build tree of upstream,
#   2. Debian's android-libboringssl-dev: headers below include/android, libraries below <multiarch>/android,
#   3. with -DGUISE_FETCH_BORINGSSL=ON, a pinned commit of upstream, built here (about three minutes on two cores).
# Never OpenSSL: its headers and symbols have the same names, but another ABI.
option(GUISE_FETCH_BORINGSSL "Build a pinned upstream BoringSSL when no other is found" OFF)
set(GUISE_BORINGSSL_COMMIT a0689af2 CACHE STRING "The upstream commit that GUISE_FETCH_BORINGSSL builds")
set(BORINGSSL_ROOT "$ENV{BORINGSSL_ROOT}" CACHE PATH "BoringSSL: a folder with include/ and the two libraries")

function(guise_boringssl_from include ssl crypto origin)
  add_library(guise_boringssl INTERFACE)
  add_library(guise::boringssl ALIAS guise_boringssl)
  target_include_directories(guise_boringssl SYSTEM INTERFACE ${include})
  target_link_libraries(guise_boringssl INTERFACE ${ssl} ${crypto} Threads::Threads)
  message(STATUS "BoringSSL: ${origin}")
endfunction()

if(BORINGSSL_ROOT)
  find_path(GUISE_BORINGSSL_INCLUDE openssl/ssl.h PATHS ${BORINGSSL_ROOT}/include ${BORINGSSL_ROOT}/../include
            NO_DEFAULT_PATH REQUIRED)
  find_library(GUISE_BORINGSSL_SSL ssl PATHS ${BORINGSSL_ROOT} PATH_SUFFIXES lib ssl build build/ssl
               NO_DEFAULT_PATH REQUIRED)
  find_library(GUISE_BORINGSSL_CRYPTO crypto PATHS ${BORINGSSL_ROOT} PATH_SUFFIXES lib crypto build build/crypto
               NO_DEFAULT_PATH REQUIRED)
  guise_boringssl_from(${GUISE_BORINGSSL_INCLUDE} ${GUISE_BORINGSSL_SSL} ${GUISE_BORINGSSL_CRYPTO} "BORINGSSL_ROOT")
elseif(NOT GUISE_FETCH_BORINGSSL)
  # No default paths: the parent folder contains OpenSSL, with the same names.
  set(libraries /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/android)
  find_path(GUISE_ANDROID_INCLUDE openssl/base.h PATHS /usr/include/android NO_DEFAULT_PATH)
  find_library(GUISE_ANDROID_SSL ssl PATHS ${libraries} NO_DEFAULT_PATH)
  find_library(GUISE_ANDROID_CRYPTO crypto PATHS ${libraries} NO_DEFAULT_PATH)
  if(NOT GUISE_ANDROID_INCLUDE OR NOT GUISE_ANDROID_SSL OR NOT GUISE_ANDROID_CRYPTO)
    message(FATAL_ERROR "BoringSSL: expected BORINGSSL_ROOT, Debian's android-libboringssl-dev, or "
                        "-DGUISE_FETCH_BORINGSSL=ON; found none of them. ci/setup installs the Debian package.")
  endif()
  guise_boringssl_from(${GUISE_ANDROID_INCLUDE} ${GUISE_ANDROID_SSL} ${GUISE_ANDROID_CRYPTO} "Debian's android-libboringssl-dev")
  set(CMAKE_BUILD_RPATH ${libraries})
  set(CMAKE_INSTALL_RPATH ${libraries})
else()
  include(FetchContent)
  FetchContent_Declare(boringssl GIT_REPOSITORY https://github.com/google/boringssl.git
                       GIT_TAG ${GUISE_BORINGSSL_COMMIT})
  set(BUILD_TESTING OFF)
  FetchContent_MakeAvailable(boringssl)
  guise_boringssl_from(${boringssl_SOURCE_DIR}/include ssl crypto "upstream ${GUISE_BORINGSSL_COMMIT}, built here")
endif()
