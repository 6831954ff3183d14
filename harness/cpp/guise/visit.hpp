// One scenario at one address, and what the client did there. Part of <guise/guise.hpp>.
#pragma once

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace guise {

namespace detail {

/// Who answers a visit's calls.
class Channel {
 public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;
    virtual nlohmann::json ask(const std::string& method, nlohmann::json params) = 0;
};

/// What a client sent, as the channel gives it: text, or base64 where it is none.
inline std::string as_text(const nlohmann::json& sent) {
    return sent.is_string() ? sent.get<std::string>() : "(base64) " + sent.value("base64", "");
}

}  // namespace detail

/// Whether something is so, and what that rests on: an assertion that fails prints it.
class Fact final {
 public:
    Fact(bool value, std::string text) : value_(value), text_(std::move(text)) {}
    explicit operator bool() const noexcept { return value_; }
    bool operator!() const noexcept { return !value_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    friend std::ostream& operator<<(std::ostream& out, const Fact& fact) { return out << fact.text_; }

 private:
    bool value_;
    std::string text_;
};

/// What a client did in a visit. Silence is neither accepted nor refused.
class Outcome final {
 public:
    Outcome(nlohmann::json seen, std::chrono::milliseconds waited)
        : seen_(std::move(seen)), waited_(waited) {}

    /// It went on with the server: it sent data.
    [[nodiscard]] Fact accepted() const { return {decision() == "accept", told()}; }
    /// It ended the connection by itself after it had seen the certificate, and had sent nothing. As long as
    /// another connection is open, that is not known.
    [[nodiscard]] Fact refused() const { return {decision() == "refuse" && open() == 0, told()}; }
    /// Something crossed that is not public: the canary if the client was given it, else its request.
    [[nodiscard]] Fact leaked() const {
        return {word() == "data" || word() == "confidential" || !in_clear().empty(), told()};
    }

    /// How far it went, in the words of the reports: `refused-alert`, `data`, ….
    [[nodiscard]] std::string word() const { return seen_.at("outcome").get<std::string>(); }
    /// The name of the client's last fatal TLS alert, such as `unknown_ca`; none where it sent none.
    [[nodiscard]] std::optional<std::string> alert() const {
        if (seen_.at("alert").is_null()) return std::nullopt;
        return seen_["alert"].at("name").get<std::string>();
    }
    /// All that the client sent over TLS.
    [[nodiscard]] std::string request() const { return detail::as_text(seen_.at("request")); }
    /// All of it as the control channel tells it, each connection with its handshake, alerts and times.
    [[nodiscard]] const nlohmann::json& evidence() const noexcept { return seen_; }

    /// One sentence about it, with what the client sent.
    [[nodiscard]] std::string told() const {
        constexpr std::size_t longest = 300;
        std::string sent = request().empty() ? in_clear() : request();
        if (sent.size() > longest) sent = sent.substr(0, longest) + "...";
        return sentence() + (sent.empty() ? "" : ": " + sent);
    }
    friend std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
        return out << outcome.told();
    }

 private:
    [[nodiscard]] std::string decision() const {
        return seen_.at("decision").is_null() ? "" : seen_["decision"].get<std::string>();
    }
    [[nodiscard]] std::size_t open() const { return seen_.at("open").get<std::size_t>(); }
    [[nodiscard]] std::string in_clear() const {
        std::string out;
        for (const nlohmann::json& connection : seen_.value("evidence", nlohmann::json::array()))
            out += detail::as_text(connection.at("clear"));
        return out;
    }
    [[nodiscard]] std::string sentence() const {
        const std::string said = "the client " + seen_.at("sentence").get<std::string>();
        if (!seen_.value("timed_out", false)) return said;
        const std::string time = std::to_string(waited_.count()) + " ms";
        if (open() > 0) return said + "; a connection was still open after " + time;
        if (seen_.at("connections") == 0) return "no client connected within " + time;
        return said + "; that was all within " + time;
    }

    nlohmann::json seen_;
    std::chrono::milliseconds waited_;
};

/// A scenario at an address: what to give to the client, and what it did.
///
/// Errors of all calls that ask the server: `Error`, in its words. The address is free again with the object.
class Visit final {
 public:
    /// How long `outcome` waits by default.
    static constexpr std::chrono::milliseconds patience = std::chrono::seconds(10);

    Visit(std::shared_ptr<detail::Channel> channel, nlohmann::json shown)
        : channel_(std::move(channel)), shown_(std::move(shown)) {}
    Visit(Visit&& other) noexcept = default;
    Visit& operator=(Visit&&) = delete;
    ~Visit() {
        try {
            if (channel_) channel_->ask("close", only_handle());
        } catch (const std::exception&) {  // the server is gone, and the address with it
        }
    }

    /// It names localhost, which each certificate is good for as much as for `host`.
    [[nodiscard]] std::string url() const { return text("url"); }
    [[nodiscard]] std::string host() const { return text("host"); }
    [[nodiscard]] std::string address() const { return text("address"); }
    [[nodiscard]] std::uint16_t port() const { return shown_.at("port").get<std::uint16_t>(); }
    /// The file with what the client is to trust, in PEM.
    [[nodiscard]] std::string ca_file() const { return text("trust"); }
    [[nodiscard]] std::string ca_pem() const { return text("trust_pem"); }
    /// A secret to send, if you like: `leaked` then means this one.
    [[nodiscard]] std::string canary() const { return text("canary"); }
    [[nodiscard]] std::string scenario() const { return text("scenario"); }

    /// What the client did, once so many connections have ended and none is open; that so far, where time
    /// runs out.
    [[nodiscard]] Outcome outcome(std::size_t connections = 1,
                                  std::chrono::milliseconds timeout = patience) const {
        return {settled(connections, timeout), timeout};
    }

    /// Shows the next visit at the same address, or the first of another scenario.
    void swap(const std::string& scenario = "") {
        settled(0, patience);  // what is still going on belongs to what was shown before
        nlohmann::json params = only_handle();
        if (!scenario.empty()) params["scenario"] = scenario;
        shown_ = channel_->ask("swap", std::move(params));
    }

 private:
    // Waits, and looks once more: a connection that waited for its turn has come in by then.
    nlohmann::json settled(std::size_t connections, std::chrono::milliseconds timeout) const {
        using Clock = std::chrono::steady_clock;
        const auto until = Clock::now() + timeout;
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
            nlohmann::json seen =
                channel_->ask("wait", {{"handle", handle()},
                                       {"connections", connections},
                                       {"timeout_ms", std::max<std::int64_t>(0, left.count())},
                                       {"evidence", true}});
            const nlohmann::json now = channel_->ask("observe", only_handle());
            const bool over = now.at("connections") == seen.at("connections") && now.at("open") == 0;
            if (over || seen.at("timed_out").get<bool>()) return seen;
        }
    }
    [[nodiscard]] nlohmann::json only_handle() const {
        return nlohmann::json::object({{"handle", handle()}});
    }
    [[nodiscard]] int handle() const { return shown_.at("handle").get<int>(); }
    [[nodiscard]] std::string text(const char* name) const { return shown_.at(name).get<std::string>(); }

    std::shared_ptr<detail::Channel> channel_;
    nlohmann::json shown_;
};

}  // namespace guise
