// A TLS server that shows what the caller chooses. Part of <guise/guise.hpp>.
#pragma once

#include <nlohmann/json.hpp>

#include <condition_variable>
#include <guise/process.hpp>
#include <guise/visit.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace guise {

namespace detail {

/// JSON-RPC 2.0 with the process, a line an object. Calls of several threads overlap: one of those that wait
/// reads for all.
class Talk final : public Channel {
 public:
    nlohmann::json ask(const std::string& method, nlohmann::json params) override {
        std::unique_lock lock(mutex_);
        const int id = ++last_;
        const nlohmann::json request{
            {"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
        if (!process_.send(request.dump())) throw Error(process_.why_it_ended());
        while (answers_.find(id) == answers_.end()) read_or_wait(lock);
        nlohmann::json answer = std::move(answers_.at(id));
        answers_.erase(id);
        if (answer.contains("error")) throw Error(answer["error"].value("message", ""));
        return std::move(answer.at("result"));
    }

 private:
    void read_or_wait(std::unique_lock<std::mutex>& lock) {
        if (over_) throw Error(process_.why_it_ended());
        if (reading_) return read_.wait(lock);
        reading_ = true;
        lock.unlock();
        std::string line;
        const bool came = process_.receive(line);
        lock.lock();
        reading_ = false;
        over_ = !came;
        read_.notify_all();
        if (!came) return;
        nlohmann::json answer = nlohmann::json::parse(line, nullptr, false);
        const int id = answer.is_object() ? answer.value("id", 0) : 0;
        answers_[id] = std::move(answer);
    }

    std::mutex mutex_;
    std::condition_variable read_;
    Process process_;
    std::map<int, nlohmann::json> answers_;
    int last_ = 0;
    bool reading_ = false;
    bool over_ = false;
};

}  // namespace detail

/// A running `guise serve --control`; it ends with the object. One server shows any number of scenarios side
/// by side, each at an address of its own.
///
/// Lifetime: visits may outlive it, and fail then. Threads may share it.
class Server final {
 public:
    /// Starts it. Errors: `Error` where the program is not found.
    Server() : talk_(std::make_shared<detail::Talk>()) {}

    /// Shows a scenario at an address of its own, from one of its visits on. `scenario` is an id; without its
    /// variant, the first of its variants. Errors: `Error` where there is none.
    [[nodiscard]] Visit present(const std::string& scenario, int visit = 1) {
        return Visit(talk_, talk_->ask("present", {{"scenario", scenario}, {"visit", visit}}));
    }

 private:
    std::shared_ptr<detail::Talk> talk_;
};

}  // namespace guise
