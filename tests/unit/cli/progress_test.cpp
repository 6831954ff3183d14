#include "cli/progress.hpp"

#include "cli/program.hpp"

#include <catch2/catch.hpp>

#include <future>

namespace guise::cli::progress_test {

using namespace std::chrono_literals;

namespace {

// Says when it has been flushed for the first time.
class Flushed final : public std::stringbuf {
 public:
    std::future<void> first() { return flushed_.get_future(); }

 protected:
    int sync() override {
        if (!std::exchange(done_, true)) flushed_.set_value();
        return 0;
    }

 private:
    std::promise<void> flushed_;
    bool done_ = false;
};

}  // namespace

TEST_CASE("lines come while the work goes on, and none after it", "[progress]") {
    Flushed buffer;
    std::ostream out(&buffer);
    auto first = buffer.first();
    {
        ProgressLines lines(out, "cases", 1ms);
        lines.update({3, 12});
        first.wait();
    }
    CHECK(has(buffer.str(), " cases"));
    CHECK(buffer.str().starts_with("guise: "));
    CHECK(buffer.str().ends_with("\n"));
}

TEST_CASE("work that is short leaves no line", "[progress]") {
    Flushed buffer;
    std::ostream out(&buffer);
    { const ProgressLines lines(out, "cases", 1h); }
    CHECK(buffer.str().empty());
}

TEST_CASE("no progress is shown where it is not wanted", "[progress]") {
    CHECK_FALSE(show_progress("cases", true));
    CHECK(show_progress("cases", false));
}

}  // namespace guise::cli::progress_test
