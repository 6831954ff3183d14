// Every step is one or two requests and what must come of them; a step that depends on a capability is left
// out where the adapter does not declare it. The adapter's own notifications and questions are read as a real
// run reads them, and every question is declined.
#include "clients/rpc/adapter_check.hpp"

#include "clients/rpc/rpc_notes.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <optional>

namespace guise::clients {

namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

constexpr int attempt_deadline_ms = 3000;

// A port of loopback that does not answer; once this is closed, no one listens there.
class SilentPort final {
 public:
    explicit SilentPort(asio::io_context& io) : acceptor_(io, {asio::ip::address_v4::loopback(), 0}) {}
    [[nodiscard]] int number() const { return acceptor_.local_endpoint().port(); }
    void close() { acceptor_.close(); }

 private:
    tcp::acceptor acceptor_;
};

json endpoint_at(int port) {
    return {{"host", "localhost"}, {"address", "127.0.0.1"}, {"port", port}, {"server", "check"}};
}

json connect_params(const std::string& instance, int attempt, int port) {
    return {{"instance", instance},
            {"attempt", attempt},
            {"endpoint", endpoint_at(port)},
            {"url", fmt::format("https://localhost:{}/", port)},
            {"service", "http"},
            {"secret", "no-secret"},
            {"user", "guise"},
            {"now", "2030-01-01T00:00:00Z"},
            {"connections", 1},
            {"deadline_ms", attempt_deadline_ms},
            {"x-unknown", true}};
}

json initialize_params(const std::string& version) {
    return {{"protocol", 1}, {"suite", {{"name", "guise"}, {"version", version}}}, {"x-unknown", {1, 2}}};
}

json with(json params, const char* name, json value) {
    params[name] = std::move(value);
    return params;
}

json of(const std::string& instance) { return {{"instance", instance}, {"x-unknown", nullptr}}; }

// One request and what must come of it: an error of this code, or a result that is right.
struct Step {
    // What is expected of a result that is not right; empty: it is.
    using Right = std::function<std::string(const json& result)>;

    std::string what;
    std::string method;
    json params;
    Right right{};
    int error = 0;
};

std::string any_object(const json& result) { return result.is_object() ? "" : "an object, such as {}"; }

std::string failed_attempt(const json& result) {
    evidence::Claim claim;
    const bool right = read_claim(result, claim).empty() && claim.outcome == "failed";
    return right ? "" : "'outcome': 'failed', and a 'reason' of the protocol's or none";
}

std::string no_pins(const json& result) {
    std::vector<std::string> pins;
    return read_pins(result, pins).empty() && pins.empty() ? "" : "'pins': [], nothing was accepted yet";
}

// The steps between `initialize` and `shutdown`, for an adapter with these capabilities.
class Plan final {
 public:
    Plan(const Capabilities& capabilities, std::string folder)
        : capabilities_(capabilities), folder_(std::move(folder)) {}

    // What leaves the instance `a` open, in the last of the modes.
    std::vector<Step> opening() {
        steps_ = {
            {"a method that does not exist", "no.such.method", json::object(), {}, unknown_method},
            {"session.open without the name of an instance", "session.open", json::object(), {}, bad_params}};
        open("session.open in the client's default mode", "a", "");
        for (const std::string& mode : capabilities_.modes) {
            ask("session.close", "session.close", of("a"));
            open(fmt::format("session.open in the mode {}", mode), "a", mode);
        }
        return std::move(steps_);
    }

    std::vector<Step> attempts(int closed_port) {
        steps_ = {{"client.connect without an endpoint",
                   "client.connect",
                   with(of("a"), "attempt", 1),
                   {},
                   bad_params},
                  {"client.connect to a port where nobody listens", "client.connect",
                   connect_params("a", 2, closed_port), failed_attempt}};
        return std::move(steps_);
    }

    std::vector<Step> rest() {
        steps_.clear();
        if (capabilities_.pins) ask("pins.get", "pins.get", of("a"), no_pins);
        if (capabilities_.forget)
            ask("pins.forget of a server that is not known", "pins.forget",
                with(of("a"), "endpoint", endpoint_at(1)));
        if (capabilities_.restart) ask("client.restart", "client.restart", of("a"));
        for (const std::string& mode : capabilities_.modes)
            if (capabilities_.mode_set)
                ask(fmt::format("mode.set to {}", mode), "mode.set", with(of("a"), "mode", mode));
        if (capabilities_.instances) {
            open("session.open of a second instance beside the first", "b", "");
            ask("session.close of the second instance", "session.close", of("b"));
        }
        ask("session.close", "session.close", of("a"));
        open("session.open of an instance that was closed, afresh", "a", "");
        ask("session.close", "session.close", of("a"));
        return std::move(steps_);
    }

 private:
    void ask(std::string what, std::string method, json params, Step::Right right = any_object) {
        steps_.push_back({std::move(what), std::move(method), std::move(params), std::move(right)});
    }

    void open(std::string what, const std::string& instance, const std::string& mode) {
        const std::string state = fmt::format("{}/state-{}", folder_, ++states_);
        std::filesystem::create_directories(state);
        json params = with(of(instance), "state", state);
        params["trust"]["file"] = folder_ + "/trust.pem";
        if (!mode.empty()) params["mode"] = mode;
        ask(std::move(what), "session.open", std::move(params),
            [modes = capabilities_.modes, mode](const json& opened) {
                return wrong_mode(modes, text_member(opened, "mode"), mode);
            });
    }

    static std::string wrong_mode(const std::vector<std::string>& modes, const std::string& got,
                                  const std::string& wanted) {
        if (!wanted.empty())
            return got == wanted ? "" : fmt::format("the mode that was asked for, '{}'", wanted);
        const bool known = modes.empty() || std::find(modes.begin(), modes.end(), got) != modes.end();
        return known ? "" : "'mode', one of the declared modes: the client's default";
    }

    const Capabilities& capabilities_;
    std::string folder_;
    std::vector<Step> steps_;
    int states_ = 0;
};

class Suite final {
 public:
    Suite(asio::io_context& io, const process::Launch& launch, const CheckSettings& settings)
        : io_(io),
          settings_(settings),
          channel_(io.get_executor(), launch, [this](const RpcCall& call) { return take(call); }) {}

    asio::awaitable<std::vector<CheckLine>> run() {
        const Step first{"initialize, with members that nobody knows", "initialize",
                         initialize_params(settings_.suite_version),
                         [this](const json& answer) { return wrong_start(answer); }};
        co_await play(first);
        Plan plan(capabilities_, settings_.folder);
        co_await play_all(plan.opening());
        SilentPort port(io_);
        const int number = port.number();
        port.close();
        co_await play_all(plan.attempts(number));
        co_await cancel();
        co_await play_all(plan.rest());
        co_await shut_down();
        co_return std::move(lines_);
    }

 private:
    void note(bool ok, const Step& step, const RpcAnswer& answer, std::string expected) {
        lines_.push_back({ok, step.what, step.method + " " + step.params.dump(),
                          answer.broken.empty() ? answer.line : answer.broken, std::move(expected)});
    }

    void judge(const Step& step, const RpcAnswer& answer) {
        if (step.error != 0) {
            const bool ok = answer.error && answer.error->code == step.error;
            return note(ok, step, answer, fmt::format("an error with the code {}", step.error));
        }
        const bool has_result = answer.broken.empty() && !answer.error;
        std::string expected = has_result ? step.right(answer.result) : "a result";
        const bool ok = expected.empty();
        note(ok, step, answer, std::move(expected));
    }

    // The first step that finds the adapter dead is the last.
    asio::awaitable<void> play(const Step& step) {
        if (!lines_.empty() && !channel_.broken().empty()) co_return;
        const RpcAnswer answer =
            co_await channel_.request(step.method, step.params, patience_of(step.method));
        judge(step, answer);
    }

    asio::awaitable<void> play_all(std::vector<Step> steps) {
        for (const Step& step : steps) co_await play(step);
    }

    std::string wrong_start(const json& answer) {
        if (member(answer, "protocol") != 1) return "'protocol': 1";
        const json& client = member(answer, "client");
        if (text_member(client, "name").empty() || !member(client, "version").is_string())
            return "'client' with a name and a version";
        const std::string wrong = read_capabilities(member(answer, "capabilities"), capabilities_);
        return wrong.empty() ? ""
                             : fmt::format("capabilities as the protocol has them; this answer {}", wrong);
    }

    // The server takes the connection and never says a word.
    asio::awaitable<void> cancel() {
        if (!channel_.broken().empty()) co_return;
        const SilentPort port(io_);
        const Step connect{
            "the attempt that was cancelled", "client.connect", connect_params("a", 3, port.number()), {}};
        const Step cancel{"client.cancel of an attempt at a server that never answers", "client.cancel",
                          with(of("a"), "attempt", 3), any_object};
        const auto going = channel_.begin(connect.method, connect.params, settings_.patience.answer);
        co_await play(cancel);
        if (!co_await channel_.wait(going))
            channel_.fail(fmt::format("the adapter did not answer 'client.connect' within {} ms",
                                      settings_.patience.answer.count()));
        const bool ok = text_member(going->answer->result, "outcome") == "cancelled";
        note(ok, connect, *going->answer, "'outcome': 'cancelled', after client.cancel");
    }

    asio::awaitable<void> shut_down() {
        const Step step{"shutdown", "shutdown", json::object(), any_object};
        co_await play(step);
        if (!channel_.broken().empty()) co_return;
        const bool ended = co_await channel_.wait_end(settings_.patience.shutdown);
        const evidence::ProcessRecord& process = channel_.process().record();
        const std::string how = !ended ? "it goes on running"
                                : process.signal
                                    ? fmt::format("it died of signal {}", *process.signal)
                                    : fmt::format("exit code {}", process.exit_code.value_or(-1));
        lines_.push_back({ended && process.exit_code == 0, "the end of the process", "shutdown {}", how,
                          fmt::format("exit code 0 within {} ms", settings_.patience.shutdown.count())});
    }

    std::string take(const RpcCall& call) {
        const bool is_request = !call.id.is_null();
        if (call.method == "log" && !is_request)
            return member(call.params, "text").is_string() ? "" : "has no text";
        evidence::EventRecord event;
        if (call.method == "event" && !is_request) return read_event(call.params, event);
        if (call.method != "prompt.show" || !is_request)
            return "has a method that the protocol does not have";
        evidence::PromptRecord prompt;
        std::string wrong = read_prompt(call.params, prompt);
        if (wrong.empty()) channel_.reply(call.id, {{"choice", "decline"}, {"explicit_trust", false}});
        return wrong;
    }

    [[nodiscard]] milliseconds patience_of(const std::string& method) const {
        const AdapterPatience& patience = settings_.patience;
        if (method == "initialize") return patience.initialize;
        if (method == "client.connect") return milliseconds(attempt_deadline_ms) + patience.grace;
        if (method == "client.cancel") return patience.cancel;
        return method == "shutdown" ? patience.shutdown : patience.answer;
    }

    asio::io_context& io_;
    const CheckSettings& settings_;
    Capabilities capabilities_;
    std::vector<CheckLine> lines_;
    RpcChannel channel_;
};

// The coroutine owns the suite, so that neither outlives the other.
asio::awaitable<std::vector<CheckLine>> run_suite(asio::io_context& io, const process::Launch& launch,
                                                  const CheckSettings& settings) {
    Suite suite(io, launch, settings);
    co_return co_await suite.run();
}

}  // namespace

std::vector<CheckLine> check_adapter(const process::Launch& launch, const CheckSettings& settings) {
    std::vector<CheckLine> lines;
    asio::io_context io{1};
    asio::co_spawn(io, run_suite(io, launch, settings),
                   [&](const std::exception_ptr& thrown, std::vector<CheckLine> out) {
                       if (thrown) std::rethrow_exception(thrown);
                       lines = std::move(out);
                       io.stop();
                   });
    io.run();
    return lines;
}

bool all_ok(const std::vector<CheckLine>& lines) {
    return std::all_of(lines.begin(), lines.end(), [](const CheckLine& line) { return line.ok; });
}

std::string check_text(const std::vector<CheckLine>& lines) {
    std::string out;
    for (const CheckLine& line : lines) {
        out += fmt::format("{:<6} {}\n", line.ok ? "ok" : "WRONG", line.what);
        if (line.ok) continue;
        out += fmt::format("       sent:     {}\n       came:     {}\n       expected: {}\n", line.sent,
                           line.came, line.expected);
    }
    return out;
}

}  // namespace guise::clients
