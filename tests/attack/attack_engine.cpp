// Does the TLS engine survive clients that mean harm?
//
// Three attacks: recordings of real clients with one mutation each, a live client whose records are mutated
// on the way, and random streams. No answer of the engine is wrong; what counts is that it ends, that it
// keeps its bounds, and that the sanitizers have nothing to say. The clients of the recordings and BoringSSL
// use random numbers of their own: the same seed gives the same mutations, not the same bytes.
#include "attack/cases.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <unistd.h>

// Only sanitized builds have these. The quarantine is small, or memory would grow for a while with nothing
// wrong.
extern "C" const char* __asan_default_options() { return "quarantine_size_mb=8:detect_leaks=1"; }
extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());

namespace {

using namespace guise::attack;

struct Options {
    std::size_t count = 200'000;
    std::size_t random = 10'000;
    std::uint64_t seed = 1;
};

constexpr unsigned longest_case_s = 60;
constexpr double most_growth = 1.25;
constexpr long spare_kib = 16'384;

long resident_kib() {
    std::ifstream statm("/proc/self/statm");
    long size = 0, resident = 0;
    statm >> size >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

std::string name_of(const char* attack, Mutation mutation) {
    return std::string(attack) + ' ' + std::string(guise::word(mutation));
}

// One case, numbered through all attacks.
class Attack final {
 public:
    explicit Attack(const Options& options) : options_(options), random_(options.seed) {
        recordings_ = record_clients(presentations_.front());
        if (recordings_.empty()) throw std::runtime_error("no client is installed that could be recorded");
    }

    void run() {
        const std::size_t all = options_.count + options_.random;
        for (std::size_t i = 0; i < all; ++i) {
            ::alarm(longest_case_s);  // an engine that does not come back is ended, and reported like a crash
            i < options_.count ? mutate(i) : make_noise(i);
            if (i == all / 10) early_kib_ = resident_kib();
        }
        ::alarm(0);
        report();
    }

 private:
    const auto& shown(std::size_t i) { return presentations_[i % presentations_.size()]; }
    const Recording& recording() { return recordings_[below(random_, recordings_.size())]; }

    // Half of the cases each, and every mutation equally often.
    void mutate(std::size_t i) {
        const auto mutation = static_cast<Mutation>(i / 2 % mutations);
        const auto& present = shown(i / (2 * mutations));
        if (i % 2 == 0)
            tally_.add(name_of("replay", mutation), replay(recording(), mutation, present, random_));
        else
            tally_.add(name_of("live", mutation), live(mutation, present, random_));
    }
    void make_noise(std::size_t i) { tally_.add("random", noise(recording(), shown(i), random_)); }

    void report() {
        tally_.print();
        const long end_kib = resident_kib();
        std::printf("%zu connections; memory %ld KiB after a tenth, %ld KiB at the end\n", tally_.total(),
                    early_kib_, end_kib);
        if (static_cast<double>(end_kib) > static_cast<double>(early_kib_ + spare_kib) * most_growth)
            throw std::runtime_error("memory grows with the number of connections");
        if (tally_.of(name_of("live", Mutation::none), Reached::data) == 0)
            throw std::runtime_error("the live client never came through without a mutation");
    }

    const Options options_;
    Random random_;
    const std::vector<std::shared_ptr<const guise::tls::Presentation>> presentations_ = presentations();
    std::vector<Recording> recordings_;
    Tally tally_;
    long early_kib_ = 0;
};

int usage() {
    std::fputs("usage: attack_engine [--count MUTATIONS] [--random STREAMS] [--seed N]\n", stderr);
    return 4;
}

bool understand(Options& options, const char* name, const char* value) {
    const auto number = std::strtoull(value, nullptr, 10);
    if (std::strcmp(name, "--count") == 0)
        options.count = number;
    else if (std::strcmp(name, "--random") == 0)
        options.random = number;
    else if (std::strcmp(name, "--seed") == 0)
        options.seed = number;
    else
        return false;
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    Options options;
    for (int i = 1; i < count; i += 2)
        if (i + 1 >= count || !understand(options, arguments[i], arguments[i + 1])) return usage();
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (__sanitizer_set_death_callback) __sanitizer_set_death_callback([] { Victim::describe_current(); });
    ::signal(SIGALRM, [](int) {
        Victim::describe_current();
        std::_Exit(1);
    });
    try {
        Attack(options).run();
    } catch (const std::exception& e) {
        std::fprintf(stderr, "attack_engine: %s\n", e.what());
        Victim::describe_current();
        return 1;
    }
}
