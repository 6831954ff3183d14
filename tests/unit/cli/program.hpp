// Runs the program inside the test, and keeps what it says.
#pragma once

#include "cli/command.hpp"

#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace guise::cli {

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

/// A stream's text for as long as this lives; the stream is itself again afterwards.
class Captured final {
 public:
    Captured(std::ostream& stream, std::streambuf* instead)
        : stream_(stream), before_(stream.rdbuf(instead)) {}
    ~Captured() { stream_.rdbuf(before_); }
    Captured(const Captured&) = delete;
    Captured& operator=(const Captured&) = delete;

 private:
    std::ostream& stream_;
    std::streambuf* before_;
};

/// Asks the program to end, once, as soon as it flushes what it has said. (Errors flush too, and come
/// before.)
class EndsAtFlush final : public std::stringbuf {
 protected:
    int sync() override {
        if (!std::exchange(asked_, !str().empty()) && asked_) std::raise(SIGTERM);
        return 0;
    }

 private:
    bool asked_ = false;
};

/// Loads as the program does, but the data of this source tree only once: they are the same in every test,
/// and take a second with sanitizers.
inline Result<SharedInputs> load_once(const inputs::InputPlaces& places) {
    if (places.data != std::filesystem::path(GUISE_SOURCE_DIR) || places.scenarios)
        return load_shared(places);
    static const Result<SharedInputs> loaded = load_shared(places);
    return loaded;
}

/// `guise --data SOURCES ARGUMENTS…`, with `out` as its standard output.
inline Ran run_into(std::stringbuf& out, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"guise", "--data", GUISE_SOURCE_DIR});
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    std::stringbuf err;
    const Captured captured_out(std::cout, &out);
    const Captured captured_err(std::cerr, &err);
    Program program;
    program.load = load_once;
    const int code = run_program(static_cast<int>(argv.size()), argv.data(), std::move(program));
    return {code, out.str(), err.str()};
}

inline Ran run_guise(std::vector<std::string> arguments) {
    std::stringbuf out;
    return run_into(out, std::move(arguments));
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace guise::cli
