#include "run/version.hpp"

namespace guise {

const char* const version = GUISE_VERSION;

}  // namespace guise
