// Does one listener go on serving while many others only hold its connections, and does it let go of those in
// time?
//
// `idle` connections have shaken hands and are silent; of the `half` ones every other has sent nothing, the
// rest the beginning of a record. While all of them are open, `served` clients fetch a page. Then the
// deadlines come: each of these connections must end by its own, and be reported once.
#include "attack/peer.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <sys/resource.h>

namespace {

using namespace guise::attack;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

struct Options {
    std::string server, certs;
    unsigned long idle = 1000, half = 200, served = 50;
    unsigned long deadline_ms = 0;  // 0: enough for the numbers
};

constexpr unsigned long spare_descriptors = 32;
constexpr milliseconds slack{3000};  // between a deadline and its report, on a busy machine

void require_descriptors(unsigned long wanted) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= wanted) return;
    if (limit.rlim_max < wanted)
        throw std::runtime_error("needs " + std::to_string(wanted) + " open files, and the limit is " +
                                 std::to_string(limit.rlim_max) + ": raise it with `ulimit -Hn`");
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);  // the server inherits it
}

void require(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error(what);
}

std::vector<Peer> hold(const Options& options, std::uint16_t port) {
    std::vector<Peer> out;
    for (unsigned long i = 0; i < options.half; ++i) {
        out.emplace_back(port);
        if (i % 2 == 0) out.back().send_half();
    }
    for (unsigned long i = 0; i < options.idle; ++i) {
        out.emplace_back(port);
        out.back().shake_hands();
    }
    return out;
}

void fetch_all(const Options& options, ServerProcess& server, std::size_t held) {
    const auto start = Clock::now();
    for (unsigned long i = 0; i < options.served; ++i)
        require(Peer(server.port()).fetch(), "a client was not served");
    const std::chrono::duration<double, std::milli> took = Clock::now() - start;
    std::printf("%lu served while %zu are held: %.1f ms each\n", options.served, held,
                took.count() / static_cast<double>(std::max(options.served, 1UL)));
    const auto& reports = server.reports(options.served, slack);
    const bool early = std::ranges::any_of(reports, [](const Report& r) { return r.ending == "deadline"; });
    require(!early, "a deadline came before all were served: use a larger --deadline-ms");
    require(reports.size() == options.served, "not every served connection was told");
}

void check_deadline(const Report& report, milliseconds handshake, milliseconds idle) {
    const milliseconds due = report.reached == "finished" ? idle : handshake;
    require(report.ending == "deadline", "a held connection ended otherwise: " + report.ending);
    require(report.lasted >= due, "a deadline came early");
    require(report.lasted <= due + slack, "a deadline came late, after " +
                                              std::to_string(report.lasted.count()) + " ms instead of " +
                                              std::to_string(due.count()));
}

void await_deadlines(const Options& options, ServerProcess& server, milliseconds handshake,
                     milliseconds idle) {
    const std::size_t all = options.idle + options.half + options.served;
    server.reports(all, idle + 2 * slack);
    const auto& reports = server.reports(all + 1, milliseconds(300));  // no connection is reported twice
    std::map<std::string, std::pair<unsigned long, milliseconds>> latest;
    for (std::size_t i = options.served; i < reports.size(); ++i) {
        check_deadline(reports[i], handshake, idle);
        auto& [count, lasted] = latest[reports[i].reached];
        ++count;
        lasted = std::max(lasted, reports[i].lasted);
    }
    for (const auto& [reached, seen] : latest)
        std::printf("%4lu %-8s ended by deadline, the last after %lld ms (due: %lld)\n", seen.first,
                    reached.c_str(), static_cast<long long>(seen.second.count()),
                    static_cast<long long>((reached == "finished" ? idle : handshake).count()));
    require(reports.size() == all,
            "of " + std::to_string(all) + " connections " + std::to_string(reports.size()) + " were told");
    require(latest["finished"].first == options.idle, "not every idle connection was told as such");
}

void run(const Options& options) {
    const std::size_t held = options.idle + options.half;
    require_descriptors(held + spare_descriptors);
    const milliseconds handshake(options.deadline_ms > 0 ? options.deadline_ms : 2000 + 10 * held);
    const milliseconds idle = handshake + milliseconds(500);
    ServerProcess server({options.server, "--certs", options.certs, "--tell", "--handshake-ms",
                          std::to_string(handshake.count()), "--idle-ms", std::to_string(idle.count())});
    const std::vector<Peer> peers = hold(options, server.port());
    fetch_all(options, server, peers.size());
    await_deadlines(options, server, handshake, idle);
    server.stop();
}

int usage() {
    std::fputs(
        "usage: attack_held SERVER CERTS [--idle N] [--half N] [--served N] [--deadline-ms N]\n"
        "SERVER is bench_server, CERTS the folder of the recipes.\n",
        stderr);
    return 4;
}

bool understand(Options& options, const std::string& name, const char* value) {
    const std::map<std::string, unsigned long*> numbers = {{"--idle", &options.idle},
                                                           {"--half", &options.half},
                                                           {"--served", &options.served},
                                                           {"--deadline-ms", &options.deadline_ms}};
    const auto found = numbers.find(name);
    if (found == numbers.end()) return false;
    *found->second = std::strtoul(value, nullptr, 10);
    return true;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3) return usage();
    Options options{.server = arguments[1], .certs = arguments[2]};
    for (int i = 3; i < count; i += 2)
        if (i + 1 >= count || !understand(options, arguments[i], arguments[i + 1])) return usage();
    try {
        run(options);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "attack_held: %s\n", e.what());
        return 1;
    }
}
