# clang, in the version that Debian 12 has, otherwise a newer one: for the presets dev, asan and alone.
find_program(GUISE_CLANG NAMES clang++-16 clang++-17 clang++-18 clang++-19 clang++ REQUIRED)
set(CMAKE_CXX_COMPILER ${GUISE_CLANG})
