// The adapters of one client: started when they are needed, each used for one case at a time.
#pragma once

#include "clients/rpc/adapter.hpp"
#include "run/participants.hpp"
#include "run/patience.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace guise::run {

/// Lifetime: outlives what it lends; keeps references to the participant and the patience. Threads: that of
/// the executor.
class Adapters final {
 public:
    /// `dir` takes the homes of the adapters.
    Adapters(boost::asio::any_io_executor executor, const Participant& who, std::filesystem::path dir,
             const Patience& patience)
        : executor_(std::move(executor)), who_(who), dir_(std::move(dir)), patience_(patience) {}

    /// An adapter on lease: given back at the end, for the next case, unless it is broken or its case was cut
    /// short. Only one that is given back touches what it came from.
    struct Lease {
        Adapters* from = nullptr;
        std::unique_ptr<clients::Adapter> adapter;
        std::string trouble;  // why there is none
        bool in_use = false;  // it is being started, or its case has not come to its end

        Lease() = default;
        Lease(Lease&&) = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
    };

    /// An idle adapter, or a fresh one.
    boost::asio::awaitable<Lease> take();
    /// Ends those that are idle. Returns what the last of them did wrong.
    boost::asio::awaitable<std::string> shut_down();

 private:
    boost::asio::any_io_executor executor_;
    const Participant& who_;
    std::filesystem::path dir_;
    const Patience& patience_;
    std::vector<std::unique_ptr<clients::Adapter>> idle_;
    int started_ = 0;
};

}  // namespace guise::run
