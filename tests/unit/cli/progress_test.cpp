#include "cli/progress.hpp"

#include <catch2/catch.hpp>

TEST_CASE("no progress is shown where standard error is no terminal", "[progress]") {
    CHECK_FALSE(guise::cli::progress_on_screen());
}
