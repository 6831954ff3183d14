#include "clients/rpc/adapter.hpp"

#include <fmt/format.h>

namespace guise::clients {

namespace asio = boost::asio;

namespace {

// What `initialize` must answer, as the end of a sentence; empty: it is right.
std::string wrong_with(const json& result, Capabilities& capabilities) {
    const json& client = member(result, "client");
    if (member(result, "protocol") != 1) return "is not for protocol 1";
    if (text_member(client, "name").empty() || !member(client, "version").is_string())
        return "has no 'client' with a name and a version";
    return read_capabilities(member(result, "capabilities"), capabilities);
}

}  // namespace

Adapter::Adapter(const asio::any_io_executor& executor, const process::Launch& launch,
                 std::string suite_version, AdapterPatience patience, RpcLimits limits)
    : patience_(patience),
      suite_version_(std::move(suite_version)),
      channel_(
          executor, launch, [this](const RpcCall& call) { return take(call); }, limits) {}

asio::awaitable<std::string> Adapter::start() {
    const json params{{"protocol", 1}, {"suite", {{"name", "guise"}, {"version", suite_version_}}}};
    const RpcAnswer answer = co_await channel_.request("initialize", params, patience_.initialize);
    if (!answer.broken.empty()) co_return answer.broken;
    if (answer.error) co_return refused("initialize", answer);
    if (const std::string wrong = wrong_with(answer.result, capabilities_); !wrong.empty())
        channel_.fail(
            fmt::format("the adapter's answer to 'initialize' {}: {}", wrong, in_quotes(answer.line)));
    const json& client = member(answer.result, "client");
    client_name_ = text_member(client, "name");
    client_version_ = text_member(client, "version");
    co_return channel_.broken();
}

asio::awaitable<std::string> Adapter::shut_down() {
    const RpcAnswer answer = co_await channel_.request("shutdown", json::object(), patience_.shutdown);
    if (!answer.broken.empty()) co_return answer.broken;
    if (answer.error) co_return refused("shutdown", answer);
    const bool ended = co_await channel_.wait_end(patience_.shutdown);
    const evidence::ProcessRecord& record = channel_.process().record();
    if (!ended)
        channel_.fail(
            fmt::format("the adapter did not end within {} ms after 'shutdown'", patience_.shutdown.count()));
    else if (record.signal)
        channel_.fail(fmt::format("the adapter died of signal {} after 'shutdown'", *record.signal));
    else if (record.exit_code != 0)
        channel_.fail(fmt::format("the adapter ended with exit code {} after 'shutdown', not 0",
                                  record.exit_code.value_or(-1)));
    co_return channel_.broken();
}

std::string Adapter::new_instance(Listener listener) {
    std::string name = fmt::format("client-{}", ++instances_);
    listeners_[name] = std::move(listener);
    return name;
}

void Adapter::forget_instance(const std::string& instance) { listeners_.erase(instance); }

asio::awaitable<std::string> Adapter::ask(std::string method, json params, json* result) {
    const RpcAnswer answer = co_await channel_.request(method, std::move(params), patience_.answer);
    if (!answer.broken.empty()) co_return answer.broken;
    if (answer.error) co_return refused(method, answer);
    if (!answer.result.is_object())
        channel_.fail(
            fmt::format("the adapter's answer to '{}' is no object: {}", method, in_quotes(answer.line)));
    if (result) *result = answer.result;
    co_return channel_.broken();
}

std::string Adapter::refused(const std::string& method, const RpcAnswer& answer) {
    const RpcError& error = *answer.error;
    if (error.code == client_crashed)
        return fmt::format("the client crashed at '{}': {}", method, error.text());
    if (error.code == not_supported)
        channel_.fail(fmt::format(
            "the adapter answers '{}' with 'not supported', although it declares what that needs: {}", method,
            in_quotes(answer.line)));
    else if (error.code == bad_environment)
        channel_.fail(fmt::format("the adapter says of '{}' that its environment is at fault: {}", method,
                                  error.text()));
    else
        channel_.fail(fmt::format("the adapter refuses '{}' with {}", method, error.text()));
    return channel_.broken();
}

// Notifications of the adapter as a whole are kept with what it wrote; the rest is an instance's.
std::string Adapter::take(const RpcCall& call) {
    const bool is_request = !call.id.is_null();
    if (call.method == "log" && !is_request)
        return member(call.params, "text").is_string() ? "" : "has no text";
    if (call.method != (is_request ? "prompt.show" : "event"))
        return "has a method that the protocol does not have";
    const auto listener = listeners_.find(text_member(call.params, "instance"));
    return listener == listeners_.end() ? "names no instance that is open" : listener->second(call);
}

}  // namespace guise::clients
