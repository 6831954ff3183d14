// Writing to a pipe whose reader may have gone away.
#pragma once

#include <string_view>
#include <sys/types.h>

namespace guise::process {

/// As write(2), without the signal that a reader who has gone away costs: that is EPIPE, and no more.
ssize_t write_quietly(int fd, std::string_view text);

}  // namespace guise::process
