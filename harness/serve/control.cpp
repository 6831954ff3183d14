#include "serve/control.hpp"

#include "base/bounded_json.hpp"
#include "evidence/json/evidence_json.hpp"
#include "evidence/json/values.hpp"
#include "report/json.hpp"
#include "server/trust_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <set>
#include <stdexcept>
#include <type_traits>

namespace guise::serve {

namespace asio = boost::asio;
using Json = nlohmann::ordered_json;

namespace {

// What goes back as a JSON-RPC error; the codes below -32000 are JSON-RPC's own.
struct Refusal : std::runtime_error {
    Refusal(int number, const std::string& why) : std::runtime_error(why), code(number) {}
    int code;
};
constexpr int not_json = -32700;
constexpr int not_a_request = -32600;
constexpr int no_such_method = -32601;
constexpr int wrong_parameters = -32602;
constexpr int not_possible = -32000;

Refusal refusal(const Problems& problems) {
    std::string text = problems.text();
    text.erase(text.find_last_not_of('\n') + 1);
    return {not_possible, text};
}

// A parameter of a type; `absent` where it is not there.
template <class T>
T parameter(const Json& params, const char* name, T absent) {
    if (!params.contains(name)) return absent;
    const Json& value = params.at(name);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
        // Without a look at them, fractions and numbers out of range become other numbers.
        if (!value.is_number_integer() || value < 0 || value > std::numeric_limits<T>::max())
            throw Refusal(wrong_parameters, fmt::format("{}: expected an integer from 0 to {}, found {}",
                                                        name, std::numeric_limits<T>::max(), value.dump()));
    }
    try {
        return value.get<T>();
    } catch (const Json::exception&) {
        throw Refusal(wrong_parameters,
                      fmt::format("{}: expected another type, found {}", name, value.dump()));
    }
}

void allow(const Json& params, const std::set<std::string>& known) {
    for (const auto& [name, value] : params.items())
        if (!known.contains(name))
            throw Refusal(wrong_parameters, fmt::format("expected one of {}, found the parameter '{}'",
                                                        fmt::join(known, ", "), name));
}

Json alert_json(const evidence::Observation& seen) {
    if (!seen.alert) return nullptr;
    return {{"name", tls::alert_name(seen.alert->description)},
            {"code", seen.alert->description},
            {"in_clear", seen.alert->in_clear}};
}

std::string answer_text(const Json& id, const char* key, Json value) {
    const Json out{{"jsonrpc", "2.0"}, {"id", id}, {key, std::move(value)}};
    return report::json_text(out);
}

std::string error_text(const Json& id, int code, const std::string& message) {
    return answer_text(id, "error", {{"code", code}, {"message", message}});
}

}  // namespace

Control::Control(asio::any_io_executor executor, server::ChainProvider& provider, std::string name,
                 std::filesystem::path dir)
    : executor_(std::move(executor)), provider_(provider), name_(std::move(name)), dir_(std::move(dir)) {}

asio::awaitable<std::string> Control::answer(std::string line) {
    const auto parsed = parse_json<Json>(line);
    if (!parsed)
        co_return error_text(nullptr, not_json,
                             fmt::format("the line {}: {}", parsed.error().what, line.substr(0, 200)));
    const Json& request = *parsed;
    const bool shaped = request.is_object() && request.contains("jsonrpc") && request["jsonrpc"] == "2.0" &&
                        request.contains("method") && request["method"].is_string() &&
                        (!request.contains("params") || request["params"].is_object());
    const Json id = request.is_object() && request.contains("id") ? request["id"] : Json(nullptr);
    if (!shaped)
        co_return error_text(
            id, not_a_request,
            "expected {jsonrpc: \"2.0\", id, method, params: {…}}, found: " + line.substr(0, 200));
    std::string out;
    try {
        out = answer_text(id, "result",
                          co_await call(request["method"], request.value("params", Json::object())));
    } catch (const Refusal& why) {
        out = error_text(id, why.code, why.what());
    }
    co_return request.contains("id") ? out : std::string();
}

asio::awaitable<Json> Control::call(std::string method, Json params) {
    if (method == "present") co_return present(params);
    if (method == "swap") co_return swap(params);
    if (method == "observe") co_return observe(params);
    if (method == "wait") co_return co_await wait(std::move(params));
    if (method == "close") co_return close(params);
    if (method == "list") co_return list(params);
    throw Refusal(
        no_such_method,
        fmt::format("expected one of present, swap, observe, wait, close, list, found '{}'", method));
}

const scenario::Scenario& Control::scenario_of(const Json& params) const {
    const auto id = parameter<std::string>(params, "scenario", "");
    const scenario::Scenario* first = nullptr;  // of a file, its first variant
    for (const scenario::Scenario* each : provider_.inputs().catalogue.select({id})) {
        if (each->id == id) return *each;
        if (each->base == id && (!first || each->variant < first->variant)) first = each;
    }
    if (first) return *first;
    throw Refusal(wrong_parameters, fmt::format("scenario: expected the id of a scenario, found '{}'", id));
}

std::pair<int, Control::Held*> Control::held_of(const Json& params) {
    const int handle = parameter<int>(params, "handle", 0);
    const auto found = held_.find(handle);
    if (found == held_.end())
        throw Refusal(wrong_parameters,
                      fmt::format("handle: expected one that `present` gave, found {}", handle));
    return {handle, &found->second};
}

Json Control::present(const Json& params) {
    allow(params, {"scenario", "visit", "port"});
    const scenario::Scenario& scenario = scenario_of(params);
    const int handle = ++last_handle_;
    HeldScenario::Options options{"127.0.0.1", parameter<std::uint16_t>(params, "port", 0),
                                  fmt::format("{} {}", name_, handle)};
    Held held;
    auto stand = HeldScenario::open(executor_, provider_, scenario, std::move(options));
    if (!stand) throw refusal(stand.error());
    held.stand = std::move(*stand);
    const int visit = parameter<int>(params, "visit", 1);
    while (held.stand->visit() < visit)
        if (!held.stand->next())
            throw Refusal(wrong_parameters,
                          fmt::format("visit: expected one that presents something, found {}", visit));
    Json out = describe(handle, held);
    held_.emplace(handle, std::move(held));
    return out;
}

Json Control::swap(const Json& params) {
    allow(params, {"handle", "scenario"});
    const auto [handle, held] = held_of(params);
    if (params.contains("scenario")) {
        if (const Problems problems = held->stand->show(scenario_of(params)); !problems.empty())
            throw refusal(problems);
    } else if (!held->stand->next()) {
        throw Refusal(not_possible, fmt::format("{} has no further visit", held->stand->scenario().id));
    }
    return describe(handle, *held);
}

Json Control::observe(const Json& params) {
    allow(params, {"handle", "evidence"});
    const auto [handle, held] = held_of(params);
    return seen(handle, *held, parameter<bool>(params, "evidence", false));
}

asio::awaitable<Json> Control::wait(Json params) {
    allow(params, {"handle", "connections", "timeout_ms", "evidence"});
    const auto [handle, held] = held_of(params);
    const auto count = parameter<std::size_t>(params, "connections", 1);
    const auto limit = std::chrono::milliseconds(parameter<std::int64_t>(params, "timeout_ms", 10'000));
    auto wait = held->stand->wait(count, server::deadline_after(limit));
    const bool all = co_await std::move(wait) == server::Woken::changed;
    if (!held_.contains(handle)) throw Refusal(not_possible, "the handle was closed meanwhile");
    Json out = seen(handle, *held, parameter<bool>(params, "evidence", false));
    out["timed_out"] = !all;
    co_return out;
}

Json Control::close(const Json& params) {
    allow(params, {"handle", "evidence"});
    const auto [handle, held] = held_of(params);
    Json out = seen(handle, *held, parameter<bool>(params, "evidence", false));
    held_.erase(handle);
    return out;
}

Json Control::list(const Json& params) const {
    allow(params, {"only"});
    Json out = Json::array();
    for (const auto* scenario :
         provider_.inputs().catalogue.select(parameter<std::vector<std::string>>(params, "only", {})))
        out.push_back({{"id", scenario->id},
                       {"title", scenario->title},
                       {"severity", word(scenario->severity)},
                       {"control", scenario->control},
                       {"visits", scenario->visits.size()}});
    return out;
}

Json Control::describe(int handle, Held& held) {
    HeldScenario& stand = *held.stand;
    const auto trust = stand.trust_pem();
    if (!trust) throw refusal(trust.error());
    const auto file = server::trust_file(std::filesystem::absolute(dir_), *trust);
    if (!file) throw refusal(file.error());
    return {{"handle", handle},
            {"scenario", stand.scenario().id},
            {"visit", stand.visit()},
            {"visits", stand.scenario().visits.size()},
            {"url", stand.url()},
            {"host", stand.host()},
            {"address", stand.address()},
            {"port", stand.port()},
            {"trust", *file},
            {"trust_pem", *trust},
            {"canary", stand.canary()}};
}

Json Control::seen(int handle, const Held& held, bool evidence) const {
    const evidence::Observation seen = held.stand->observe();
    std::string request;
    const auto connections = held.stand->connections();
    for (const tls::Transcript& connection : connections) request += connection.application;
    Json out{{"handle", handle},
             {"scenario", held.stand->scenario().id},
             {"visit", held.stand->visit()},
             {"outcome", word(seen.outcome)},
             {"decision", seen.decision ? Json(word(*seen.decision)) : Json(nullptr)},
             {"alert", alert_json(seen)},
             {"request", evidence::bytes_json(request)},
             {"leaked", seen.outcome == evidence::Outcome::confidential},
             {"connections", connections.size()},
             {"open", held.stand->open_connections()},
             {"sentence", seen.sentence}};
    if (!evidence) return out;
    out["evidence"] = Json::array();
    for (const tls::Transcript& connection : connections)
        out["evidence"].push_back(evidence::to_json(connection));
    return out;
}

}  // namespace guise::serve
