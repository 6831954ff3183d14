// Every wait has a deadline, and every way in which an adapter can go wrong ends in `fail`: an invalid line,
// an answer without a request, silence, a flood, an unexpected end.
#include "clients/rpc/rpc_channel.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <cstring>
#include <utility>

namespace guise::clients {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

const char* article(const RpcCall& call) { return call.id.is_null() ? "a notification" : "a request"; }

}  // namespace

RpcChannel::RpcChannel(const asio::any_io_executor& executor, const process::Launch& launch, OnCall on_call,
                       RpcLimits limits)
    : executor_(executor), on_call_(std::move(on_call)), limits_(limits), end_(executor) {
    process_ = std::make_unique<process::AdapterProcess>(
        executor, launch,
        process::AdapterProcess::Handlers{[this](std::string_view line) { take(line); },
                                          [this] { ended(); }});
    const std::string& error = process_->record().start_error;
    if (!error.empty()) fail(fmt::format("the adapter could not be started: {}", error));
}

RpcChannel::~RpcChannel() = default;

asio::awaitable<RpcAnswer> RpcChannel::request(std::string method, json params, milliseconds patience) {
    const PendingPtr pending = begin(method, params, patience);
    if (!co_await wait(pending))
        fail(fmt::format("the adapter did not answer '{}' within {} ms{}", method, patience.count(),
                         process_->has_closed_output() ? ": it has closed its standard output" : ""));
    co_return std::move(*pending->answer);
}

RpcChannel::PendingPtr RpcChannel::begin(const std::string& method, const json& params,
                                         milliseconds patience) {
    const auto pending = std::make_shared<Pending>(executor_);
    pending->method = method;
    pending->due = Clock::now() + patience;
    if (!broken_.empty()) {
        pending->answer = RpcAnswer{{}, {}, broken_, {}};
        return pending;
    }
    pending_[++last_id_] = pending;
    may_end_ = method == "shutdown";
    process_->send(request_line(last_id_, method, params));
    return pending;
}

asio::awaitable<bool> RpcChannel::wait(PendingPtr pending) {
    const auto state = co_await asio::this_coro::cancellation_state;
    while (!pending->answer && Clock::now() < pending->due) {
        boost::system::error_code woken;
        pending->wake.expires_at(pending->due);
        co_await pending->wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (state.cancelled() != asio::cancellation_type::none) fail("the run was stopped");
    }
    co_return pending->answer.has_value();
}

void RpcChannel::due_at(Pending& pending, Clock::time_point when) {
    pending.due = when;
    pending.wake.cancel();
}

void RpcChannel::reply(const json& id, const json& result) { process_->send(result_line(id, result)); }

asio::awaitable<bool> RpcChannel::wait_end(milliseconds patience) {
    const auto state = co_await asio::this_coro::cancellation_state;
    boost::system::error_code woken;
    end_.expires_after(patience);
    if (process_->is_running()) co_await end_.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    if (state.cancelled() != asio::cancellation_type::none) fail("the run was stopped");
    co_return !process_->is_running();
}

void RpcChannel::begin_count() {
    calls_ = octets_ = 0;
    process_->forget_output();
}

void RpcChannel::fail(std::string sentence) {
    if (!broken_.empty()) return;
    broken_ = std::move(sentence);
    if (process_) process_->kill();
    for (const auto& [id, pending] : std::exchange(pending_, {})) {
        pending->answer = RpcAnswer{{}, {}, broken_, {}};
        pending->wake.cancel();
    }
    end_.cancel();
}

void RpcChannel::take(std::string_view line) {
    if (line.size() > process::longest_line)
        return fail(fmt::format("the adapter wrote a line of more than 1 MiB: {}", in_quotes(line)));
    auto message = parse_rpc(line);
    if (auto* reply = std::get_if<RpcReply>(&message)) return take_reply(std::move(*reply));
    if (const auto* call = std::get_if<RpcCall>(&message)) return take_call(*call);
    fail(fmt::format("the adapter wrote a line that {}: {}", std::get<RpcProblem>(message).what,
                     in_quotes(line)));
}

void RpcChannel::take_reply(RpcReply reply) {
    const auto found = pending_.find(reply.id);
    if (found == pending_.end())
        return fail(fmt::format("the adapter answered the id {}, for which no request waits: {}", reply.id,
                                in_quotes(reply.line)));
    const PendingPtr pending = found->second;
    pending_.erase(found);
    pending->answer = RpcAnswer{std::move(reply.result), std::move(reply.error), {}, std::move(reply.line)};
    pending->wake.cancel();
}

void RpcChannel::take_call(const RpcCall& call) {
    ++calls_;
    octets_ += call.line.size();
    if (calls_ > limits_.calls || octets_ > limits_.octets)
        return fail(
            fmt::format("the adapter floods: {} messages with {} octets in one visit, the last one {}",
                        calls_, octets_, in_quotes(call.line)));
    if (const std::string wrong = on_call_(call); !wrong.empty())
        fail(fmt::format("the adapter sent {} that {}: {}", article(call), wrong, in_quotes(call.line)));
}

void RpcChannel::ended() {
    end_.cancel();
    if (may_end_ && pending_.empty()) return;
    fail(fmt::format("the adapter {}{}", how_it_ended(), last_words()));
}

std::string RpcChannel::how_it_ended() const {
    const evidence::ProcessRecord& record = process_->record();
    if (record.signal)
        return fmt::format("died of signal {} ({})", *record.signal, strsignal(*record.signal));
    return fmt::format("ended with exit code {}", record.exit_code.value_or(-1));
}

// What may tell why: the last line of standard error, and a line that it had begun.
std::string RpcChannel::last_words() const {
    std::string_view errors = process_->record().errors;
    errors = errors.substr(0, errors.find_last_not_of(" \t\r\n") + 1);
    const std::string_view last = errors.substr(errors.rfind('\n') + 1);
    std::string out;
    if (!process_->unfinished_line().empty())
        out += fmt::format(" in the middle of the line {}", in_quotes(process_->unfinished_line()));
    if (!last.empty()) out += fmt::format("; its last words: {}", in_quotes(last));
    return out;
}

}  // namespace guise::clients
