// Drives one instance through the adapter protocol.
//
// While `client.connect` waits for its answer the adapter asks and tells; `take` writes it down as it comes.
// A question that is not to be answered shortens the wait: then the attempt is cancelled, as by a user who
// closes the window, and its answer must come soon. An attempt that outlasts its deadline ends the same way.
#include "clients/rpc/rpc_driver.hpp"

#include "base/time.hpp"
#include "clients/rpc/rpc_notes.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

namespace guise::clients {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

json endpoint_of(const VisitPlace& place, const std::string& server) {
    return {{"host", place.host}, {"address", place.address}, {"port", place.port}, {"server", server}};
}

std::chrono::sys_seconds now_of(const VisitPlace& place) { return place.now.value_or(machine_clock()); }

std::string state_of(const VisitPlace& place) {
    return place.state.empty() ? place.home + "/state" : place.state;
}

// Outside of the coroutines: g++ 12 cannot have nested braces in an expression that waits.
json about(const std::string& instance) { return {{"instance", instance}}; }

json about(const std::string& instance, const char* name, json value) {
    return {{"instance", instance}, {name, std::move(value)}};
}

json session_params(const std::string& instance, const std::string& mode, const VisitPlace& place) {
    json params{{"instance", instance}, {"trust", {{"file", place.trust}}}, {"state", state_of(place)}};
    if (!mode.empty()) params["mode"] = mode;
    if (!place.events.empty()) params["event_url"] = place.events;
    if (!place.identity.empty()) params["identity"] = {{"file", place.identity}};
    return params;
}

json connect_params(const std::string& instance, int number, const Attempt& attempt) {
    const VisitPlace& place = attempt.place;
    return {{"instance", instance},
            {"attempt", number},
            {"endpoint", endpoint_of(place, attempt.server)},
            {"url", place.url},
            {"service", attempt.service},
            {"secret", place.canary},
            {"user", place.user},
            {"now", time_text(now_of(place))},
            {"connections", attempt.connections},
            {"deadline_ms", milliseconds(place.deadline).count()}};
}

}  // namespace

RpcDriver::RpcDriver(Adapter& adapter, std::chrono::milliseconds ignore_patience)
    : adapter_(adapter),
      ignore_patience_(ignore_patience),
      instance_(adapter.new_instance([this](const RpcCall& call) { return take(call); })) {}

RpcDriver::~RpcDriver() { adapter_.forget_instance(instance_); }

asio::awaitable<std::string> RpcDriver::open(std::string mode, VisitPlace place) {
    const std::string state = state_of(place);
    std::error_code not_made;
    std::filesystem::create_directories(state, not_made);
    if (not_made) co_return fmt::format("the folder '{}' cannot be made: {}", state, not_made.message());
    json params = session_params(instance_, mode, place);
    json result;
    if (std::string wrong = co_await adapter_.ask("session.open", std::move(params), &result); !wrong.empty())
        co_return wrong;
    open_ = true;
    mode_ = text_member(result, "mode");
    if (!mode.empty() && mode_ != mode)
        adapter_.channel().fail(
            fmt::format("the adapter was asked for the mode {} and says that {} is in force", in_quotes(mode),
                        in_quotes(mode_)));
    co_return adapter_.broken();
}

asio::awaitable<evidence::ClientRecord> RpcDriver::connect(Attempt attempt) {
    const AdapterPatience& patience = adapter_.patience();
    RpcChannel& channel = adapter_.channel();
    record_ = {};
    answer_ = attempt.answer;
    began_ = RpcChannel::Clock::now();
    channel.begin_count();
    going_ = channel.begin("client.connect", connect_params(instance_, ++attempt_, attempt),
                           attempt.place.deadline + patience.grace);
    if (!co_await channel.wait(going_)) co_await cancel_attempt();
    const RpcChannel::PendingPtr ended = std::exchange(going_, nullptr);
    read_answer(*ended->answer);
    co_await read_pins_after();
    finish_record();
    co_return std::move(record_);
}

// Ends the attempt; afterwards it is answered, by the adapter or by the end of the adapter.
asio::awaitable<void> RpcDriver::cancel_attempt() {
    RpcChannel& channel = adapter_.channel();
    const milliseconds patience = adapter_.patience().cancel;
    const RpcAnswer answer =
        co_await channel.request("client.cancel", about(instance_, "attempt", attempt_), patience);
    if (answer.error) adapter_.refused("client.cancel", answer);
    RpcChannel::due_at(*going_, RpcChannel::Clock::now() + patience);
    if (!co_await channel.wait(going_))
        channel.fail(
            fmt::format("the adapter did not answer 'client.connect' within {} ms, nor {} ms after "
                        "'client.cancel'",
                        since_begin().count(), patience.count()));
}

void RpcDriver::read_answer(const RpcAnswer& answer) {
    if (!answer.broken.empty()) return;
    if (answer.error) {
        const std::string capability = text_member(answer.error->data, "capability");
        if (answer.error->code == not_supported && !declares(adapter_.capabilities(), capability)) {
            record_.unsupported = capability.empty() ? answer.error->text() : capability;
        } else if (answer.error->code == client_crashed) {
            const json& signal = member(answer.error->data, "signal");
            record_.process.signal = signal.is_number_integer() ? signal.get<int>() : 0;
            record_.process.errors = answer.error->message;
        } else {
            adapter_.refused("client.connect", answer);
        }
        return;
    }
    evidence::Claim claim;
    if (const std::string wrong = read_claim(answer.result, claim); !wrong.empty())
        return adapter_.channel().fail(
            fmt::format("the adapter's answer to 'client.connect' {}: {}", wrong, in_quotes(answer.line)));
    record_.claim = std::move(claim);
}

asio::awaitable<void> RpcDriver::read_pins_after() {
    if (!adapter_.capabilities().pins || !adapter_.broken().empty()) co_return;
    json result;
    if (!(co_await adapter_.ask("pins.get", about(instance_), &result)).empty()) co_return;
    std::vector<std::string> pins;
    if (const std::string wrong = read_pins(result, pins); !wrong.empty())
        adapter_.channel().fail(
            fmt::format("the adapter's answer to 'pins.get' {}: {}", wrong, in_quotes(result.dump())));
    else
        record_.pins = std::move(pins);
}

// The process is the adapter's: of it the visit has what was written meanwhile, and how it ended, if it did.
void RpcDriver::finish_record() {
    const evidence::ProcessRecord& adapter = adapter_.channel().process().record();
    const std::optional<int> crash = record_.process.signal;
    const std::string crash_text = std::move(record_.process.errors);
    record_.process = adapter;
    record_.process.errors = crash_text + adapter.errors;
    if (crash) record_.process.signal = crash;
    record_.process.lasted = since_begin();
    record_.reports_events = adapter_.capabilities().events;
    record_.reports_prompts = !adapter_.capabilities().prompts.empty();
    record_.adapter_error = adapter_.broken();
}

asio::awaitable<std::string> RpcDriver::restart() { return adapter_.ask("client.restart", about(instance_)); }

asio::awaitable<std::string> RpcDriver::set_mode(std::string mode) {
    std::string wrong = co_await adapter_.ask("mode.set", about(instance_, "mode", mode));
    if (wrong.empty()) mode_ = mode;
    co_return wrong;
}

asio::awaitable<std::string> RpcDriver::forget(VisitPlace place, std::string server) {
    return adapter_.ask("pins.forget", about(instance_, "endpoint", endpoint_of(place, server)));
}

asio::awaitable<void> RpcDriver::close() {
    if (std::exchange(open_, false) && adapter_.broken().empty())
        co_await adapter_.ask("session.close", about(instance_));
}

// Between attempts an adapter cannot report on one: all that belongs to an attempt comes before its answer.
std::string RpcDriver::take(const RpcCall& call) {
    const json& number = member(call.params, "attempt");
    const bool is_event = call.method == "event";
    if (is_event && !going_ && number.is_null()) return {};
    if (!going_ || going_->answer || (!number.is_null() && number != attempt_))
        return "belongs to no attempt that is under way";
    return is_event ? take_event(call.params) : take_prompt(call);
}

std::string RpcDriver::take_event(const json& params) {
    evidence::EventRecord event;
    if (std::string wrong = read_event(params, event); !wrong.empty()) return wrong;
    event.at = since_begin();
    record_.events.push_back(std::move(event));
    return {};
}

std::string RpcDriver::take_prompt(const RpcCall& call) {
    evidence::PromptRecord prompt;
    if (std::string wrong = read_prompt(call.params, prompt); !wrong.empty()) return wrong;
    prompt.answered = answer_to(prompt, answer_);
    prompt.at = since_begin();
    if (prompt.answered == "ignore")
        RpcChannel::due_at(*going_, RpcChannel::Clock::now() + ignore_patience_);
    else
        adapter_.channel().reply(
            call.id, {{"choice", prompt.answered}, {"explicit_trust", prompt.answered != "decline"}});
    record_.prompts.push_back(std::move(prompt));
    return {};
}

milliseconds RpcDriver::since_begin() const {
    return std::chrono::duration_cast<milliseconds>(RpcChannel::Clock::now() - began_);
}

DriverType rpc_driver_type() {
    DriverType out{.name = "rpc", .routing = "rpc", .screen = true, .adapter = true};
    out.make = [](const Client&, Adapter* adapter) { return std::make_unique<RpcDriver>(*adapter); };
    return out;
}

}  // namespace guise::clients
