// What the drivers of command-line clients share: the client is a process of its own in every visit, and what
// it remembers lies in files.
#pragma once

#include "clients/driver.hpp"
#include "clients/event_log.hpp"
#include "clients/needs.hpp"
#include "clients/outside_home.hpp"
#include "clients/pins.hpp"

#include <map>
#include <string>

namespace guise::clients {

/// Everything but the visit itself.
class CommandDriver : public Driver {
 public:
    /// `password_home` is the user's home in the password database. Lifetime: keeps a reference to `client`.
    explicit CommandDriver(const Client& client,
                           std::filesystem::path password_home = clients::password_home())
        : client_(client), password_home_(std::move(password_home)) {}

    /// The mode has to be named: a command line has no mode of its own.
    boost::asio::awaitable<std::string> open(std::string mode, VisitPlace place) override;
    /// Nothing: the next visit is a new process.
    boost::asio::awaitable<std::string> restart() override;
    /// From the next visit on.
    boost::asio::awaitable<std::string> set_mode(std::string mode) override;
    boost::asio::awaitable<std::string> forget(VisitPlace place, std::string server) override;
    boost::asio::awaitable<void> close() override;

 protected:
    [[nodiscard]] const Client& client() const noexcept { return client_; }
    [[nodiscard]] const std::string& mode() const noexcept { return mode_; }
    /// Writes the files of the client file: all of them before the first visit, later those alone whose text
    /// has changed with the visit or the mode, or that are gone. What the client made of the others stays, a
    /// store of pins for instance. Nothing, and the reason in the record, where the visit cannot begin.
    [[nodiscard]] std::optional<process::Launch> ready(const Attempt& attempt,
                                                       evidence::ClientRecord& record);
    /// What the client has left behind belongs to the visit, for a while; it is named where the client's
    /// errors are.
    boost::asio::awaitable<void> wait_for_orphans(std::string home, evidence::ClientRecord& record) const;
    /// After the visit: what the exit code means, the pins, and the events that the log has got since
    /// `ready`; and whether the client wrote outside of its home.
    void look_after(const Attempt& attempt, evidence::ClientRecord& record) const;

 private:
    [[nodiscard]] std::filesystem::path below_home(const VisitPlace& place, const std::string& file) const;

    /// The files to write before this visit: those that the client has not been given as they are now.
    [[nodiscard]] std::map<std::string, std::string> files_to_write(const VisitPlace& place);

    const Client& client_;
    std::string mode_;
    std::map<std::string, std::string> given_;  // the files that were written so far, with their texts
    std::optional<WatchedLog> log_;
    std::filesystem::path password_home_;
    std::optional<OutsideHome> outside_;
};

/// What a client that is a new process in each visit cannot do of it, as the end of a sentence; empty:
/// nothing.
[[nodiscard]] std::string process_lacks(const Client& client, const Needs& needs);

}  // namespace guise::clients
