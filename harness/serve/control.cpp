#include "serve/control.hpp"

#include "base/nearest.hpp"
#include "evidence/json/evidence_json.hpp"
#include "evidence/json/values.hpp"
#include "server/trust_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <concepts>
#include <limits>
#include <set>
#include <type_traits>

namespace guise::serve {

namespace asio = boost::asio;

namespace {

// Long enough for every test, and short enough for every clock.
constexpr std::int64_t longest_wait_ms = 24 * 60 * 60 * 1000;

Refusal refusal(const Problems& problems) {
    std::string text = problems.text();
    text.erase(text.find_last_not_of('\n') + 1);
    return {RpcCode::not_possible, text};
}

// An integer from 0 to `most`. Without a look at them, fractions and numbers out of range become other
// numbers.
template <std::integral T>
T checked(const Json& value, const char* name, T most) {
    if (!value.is_number_integer() || value < 0 || value > most)
        throw Refusal(RpcCode::wrong_parameters, fmt::format("{}: expected an integer from 0 to {}, found {}",
                                                             name, most, value.dump()));
    return value.get<T>();
}

// A parameter of a type; `absent` where it is not there.
template <class T>
T parameter(const Json& params, const char* name, T absent, T most = std::numeric_limits<T>::max()) {
    if (!params.contains(name)) return absent;
    const Json& value = params.at(name);
    if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) return checked<T>(value, name, most);
    try {
        return value.get<T>();
    } catch (const Json::exception&) {
        throw Refusal(RpcCode::wrong_parameters,
                      fmt::format("{}: expected another type, found {}", name, value.dump()));
    }
}

void allow(const Json& params, const std::set<std::string>& known) {
    for (const auto& [name, value] : params.items())
        if (!known.contains(name))
            throw Refusal(
                RpcCode::wrong_parameters,
                fmt::format("expected one of {}, found the parameter '{}'", fmt::join(known, ", "), name));
}

Json alert_json(const evidence::Observation& seen) {
    if (!seen.alert) return nullptr;
    return {{"name", tls::alert_name(seen.alert->description)},
            {"code", seen.alert->description},
            {"in_clear", seen.alert->in_clear}};
}

Json seen_json(int handle, const HeldScenario& held, bool evidence) {
    const evidence::Observation seen = held.observe();
    const auto connections = held.connections();
    std::string request;
    for (const tls::Transcript& connection : connections) request += connection.application;
    Json out{{"handle", handle},
             {"scenario", held.scenario().id},
             {"visit", held.visit()},
             {"outcome", word(seen.outcome)},
             {"decision", seen.decision ? Json(word(*seen.decision)) : Json(nullptr)},
             {"alert", alert_json(seen)},
             {"request", evidence::bytes_json(request)},
             {"leaked", seen.outcome == evidence::Outcome::confidential},
             {"connections", connections.size()},
             {"open", held.open_connections()},
             {"sentence", seen.sentence}};
    if (!evidence) return out;
    out["evidence"] = Json::array();
    for (const tls::Transcript& connection : connections)
        out["evidence"].push_back(evidence::to_json(connection));
    return out;
}

}  // namespace

Control::Control(asio::any_io_executor executor, server::ChainProvider& provider, std::string name,
                 std::filesystem::path dir)
    : executor_(std::move(executor)), provider_(provider), name_(std::move(name)), dir_(std::move(dir)) {}

asio::awaitable<std::string> Control::answer(std::string line) {
    Json id;
    bool wants_answer = true;
    std::string out;
    try {
        RpcRequest request = read_request(line, id);
        wants_answer = request.wants_answer;
        auto work = call(std::move(request));
        Json result = co_await std::move(work);
        out = result_text(id, std::move(result));
    } catch (const Refusal& why) {
        out = error_text(id, why.code, why.what());
    } catch (const std::exception& error) {
        out = error_text(id, RpcCode::internal, fmt::format("internal error: {}", error.what()));
    }
    co_return wants_answer ? out : std::string();
}

asio::awaitable<Json> Control::call(RpcRequest request) {
    const std::string& method = request.method;
    const Json& params = request.params;
    if (method == "present") co_return present(params);
    if (method == "swap") co_return swap(params);
    if (method == "observe") co_return observe(params);
    if (method == "wait") {
        auto waiting = wait(params);
        co_return co_await std::move(waiting);
    }
    if (method == "close") co_return close(params);
    if (method == "list") co_return list(params);
    const std::vector<std::string> known{"present", "swap", "observe", "wait", "close", "list"};
    throw Refusal(RpcCode::no_such_method,
                  fmt::format("expected one of {}, found '{}'{}", fmt::join(known, ", "), method,
                              did_you_mean(method, known)));
}

void Control::close_all() {
    for (auto& [_, held] : std::exchange(held_, {})) held->close();
}

const scenario::Scenario& Control::scenario_of(const Json& params) const {
    const auto id = parameter<std::string>(params, "scenario", "");
    const scenario::Scenario* first = nullptr;  // of a file, its first variant
    for (const scenario::Scenario* each : provider_.inputs().catalogue.select({id})) {
        if (each->id == id) return *each;
        if (each->base == id && (!first || each->variant < first->variant)) first = each;
    }
    if (first) return *first;
    throw Refusal(RpcCode::wrong_parameters,
                  fmt::format("scenario: expected the id of a scenario, found '{}'", id));
}

std::pair<int, Control::Held> Control::held_of(const Json& params) {
    const int handle = parameter<int>(params, "handle", 0);
    const auto found = held_.find(handle);
    if (found == held_.end())
        throw Refusal(RpcCode::wrong_parameters,
                      fmt::format("handle: expected one that `present` gave, found {}", handle));
    return {handle, found->second};
}

Json Control::present(const Json& params) {
    allow(params, {"scenario", "visit", "port"});
    const scenario::Scenario& scenario = scenario_of(params);
    const int handle = last_handle_ + 1;
    HeldScenario::Options options{"127.0.0.1", parameter<std::uint16_t>(params, "port", 0),
                                  fmt::format("{} {}", name_, handle)};
    auto opened = HeldScenario::open(executor_, provider_, scenario, std::move(options));
    if (!opened) throw refusal(opened.error());
    const Held held = std::move(*opened);
    const int visit = parameter<int>(params, "visit", 1);
    while (held->visit() < visit)
        if (!held->next())
            throw Refusal(RpcCode::wrong_parameters,
                          fmt::format("visit: expected one that presents something, found {}", visit));
    Json out = describe(handle, *held);
    held_.emplace(handle, held);
    last_handle_ = handle;
    return out;
}

Json Control::swap(const Json& params) {
    allow(params, {"handle", "scenario"});
    const auto [handle, held] = held_of(params);
    if (params.contains("scenario")) {
        if (const Problems problems = held->show(scenario_of(params)); !problems.empty())
            throw refusal(problems);
    } else if (!held->next()) {
        throw Refusal(RpcCode::not_possible, fmt::format("{} has no further visit", held->scenario().id));
    }
    return describe(handle, *held);
}

Json Control::observe(const Json& params) {
    allow(params, {"handle", "evidence"});
    const auto [handle, held] = held_of(params);
    return seen_json(handle, *held, parameter<bool>(params, "evidence", false));
}

asio::awaitable<Json> Control::wait(Json params) {
    allow(params, {"handle", "connections", "timeout_ms", "evidence"});
    const auto [handle, held] = held_of(params);
    const auto count = parameter<std::size_t>(params, "connections", 1);
    const auto evidence = parameter<bool>(params, "evidence", false);
    const auto limit =
        std::chrono::milliseconds(parameter<std::int64_t>(params, "timeout_ms", 10'000, longest_wait_ms));
    auto wait = held->wait(count, server::deadline_after(limit));
    const server::Woken how = co_await std::move(wait);
    if (how == server::Woken::closed)
        throw Refusal(RpcCode::not_possible, fmt::format("handle {} was closed during the wait", handle));
    Json out = seen_json(handle, *held, evidence);
    out["timed_out"] = how == server::Woken::deadline;
    co_return out;
}

Json Control::close(const Json& params) {
    allow(params, {"handle", "evidence"});
    const auto [handle, held] = held_of(params);
    Json out = seen_json(handle, *held, parameter<bool>(params, "evidence", false));
    held_.erase(handle);
    held->close();
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

Json Control::describe(int handle, HeldScenario& held) {
    const auto trust = held.trust_pem();
    if (!trust) throw refusal(trust.error());
    const auto file = server::trust_file(std::filesystem::absolute(dir_), *trust);
    if (!file) throw refusal(file.error());
    return {{"handle", handle},
            {"scenario", held.scenario().id},
            {"visit", held.visit()},
            {"visits", held.scenario().visits.size()},
            {"url", held.url()},
            {"host", held.host()},
            {"address", held.address()},
            {"port", held.port()},
            {"trust", *file},
            {"trust_pem", *trust},
            {"canary", held.canary()}};
}

}  // namespace guise::serve
