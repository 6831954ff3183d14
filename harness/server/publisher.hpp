// Serves what is said of certificates by HTTP, lists and OCSP responses, and remembers who fetched what.
#pragma once

#include "evidence/visit.hpp"
#include "net/http_port.hpp"
#include "pki/mint.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guise::server {

/// One port for all cases of a run; each has a folder of its own on it. A responder is asked by POST or by
/// GET (RFC 6960 appendix A.1), and has one answer, whatever the request says.
///
/// Lifetime and threads: as those of `net::HttpPort`.
class Publisher final {
 public:
    /// Called with the folder and the file of each statement that is fetched: `FOLDER/FILE`.
    using OnFetch = std::function<void(const std::string& path)>;

    /// Listens on any free port of `address`. Errors: what cannot be listened on.
    static Result<std::unique_ptr<Publisher>> open(const boost::asio::any_io_executor& executor,
                                                   const std::string& address = "127.0.0.1",
                                                   OnFetch on_fetch = {});
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;
    ~Publisher();

    /// `call` is called by the destructor: whoever refers to this lets go of it then.
    void when_gone(std::function<void()> call) { when_gone_ = std::move(call); }

    /// Where the folder is, as `pki::Setting::published` wants it. A folder is letters, digits and `-`.
    [[nodiscard]] std::string place(const std::string& folder) const;
    /// Serves these in the folder from now on, besides what is there.
    void publish(const std::string& folder, const std::vector<pki::Publication>& publications);
    /// Serves nothing in the folder any more.
    void forget(const std::string& folder);
    /// What was fetched from the folder since the last call. Times count from `began`.
    [[nodiscard]] std::vector<evidence::Fetched> take(const std::string& folder,
                                                      std::chrono::steady_clock::time_point began);
    /// The requests since `began` that were in no other folder, as text: head and body, the first 4 KiB of
    /// each. Of old ones only the last thousand are kept.
    [[nodiscard]] std::vector<std::string> said(const std::string& folder,
                                                std::chrono::steady_clock::time_point began) const;

 private:
    struct Fetch {
        evidence::Fetched what;
        std::chrono::steady_clock::time_point at;
    };
    struct Folder {
        std::map<std::string, pki::Publication, std::less<>> files;
        std::vector<Fetch> fetched;
    };

    struct Said {
        std::string folder;  // empty where there is none of this name
        std::string text;
        std::chrono::steady_clock::time_point at;
    };

    Publisher() = default;
    void note(const std::string& folder, const service::Request& request);
    service::Answer respond(const service::Request& request);

    OnFetch on_fetch_;
    std::function<void()> when_gone_;
    std::map<std::string, Folder, std::less<>> folders_;
    std::deque<Said> said_;
    std::unique_ptr<net::HttpPort> port_;  // last: it asks the above
};

}  // namespace guise::server
