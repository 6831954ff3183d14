// The version of guise, as CMakeLists.txt says it.
#pragma once

namespace guise {

extern const char* const version;

}  // namespace guise
