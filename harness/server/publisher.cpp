#include "server/publisher.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::server {

namespace {

constexpr std::size_t most_said = 1'000;
constexpr std::size_t longest_said = 4'096;

}  // namespace

Result<std::unique_ptr<Publisher>> Publisher::open(const boost::asio::any_io_executor& executor,
                                                   const std::string& address, OnFetch on_fetch) {
    std::unique_ptr<Publisher> out(new Publisher());
    out->on_fetch_ = std::move(on_fetch);
    auto port = net::HttpPort::open(
        executor, [self = out.get()](const service::Request& request) { return self->respond(request); },
        address);
    if (!port) return port.error();
    out->port_ = std::move(*port);
    return out;
}

Publisher::~Publisher() {
    if (when_gone_) when_gone_();
}

std::string Publisher::place(const std::string& folder) const {
    return fmt::format("{}/{}", port_->authority(), folder);
}

void Publisher::publish(const std::string& folder, const std::vector<pki::Publication>& publications) {
    if (publications.empty()) return;
    Folder& at = folders_[folder];
    for (const pki::Publication& each : publications) at.files.insert_or_assign(each.path, each);
}

void Publisher::forget(const std::string& folder) { folders_.erase(folder); }

std::vector<evidence::Fetched> Publisher::take(const std::string& folder,
                                               std::chrono::steady_clock::time_point began) {
    std::vector<evidence::Fetched> out;
    const auto at = folders_.find(folder);
    if (at == folders_.end()) return out;
    for (Fetch& each : std::exchange(at->second.fetched, {})) {
        each.what.at = std::chrono::duration_cast<std::chrono::milliseconds>(each.at - began);
        out.push_back(std::move(each.what));
    }
    return out;
}

std::vector<std::string> Publisher::said(const std::string& folder,
                                         std::chrono::steady_clock::time_point began) const {
    std::vector<std::string> out;
    for (const Said& each : said_)
        if (each.at >= began && (each.folder.empty() || each.folder == folder)) out.push_back(each.text);
    return out;
}

void Publisher::note(const std::string& folder, const service::Request& request) {
    std::string text = fmt::format("{} {}\n", request.method, request.target);
    for (const auto& [name, value] : request.headers) text += fmt::format("{}: {}\n", name, value);
    text += "\n" + request.body;
    text.resize(std::min(text.size(), longest_said));
    if (said_.size() == most_said) said_.pop_front();
    said_.push_back({folder, std::move(text), std::chrono::steady_clock::now()});
}

// `/FOLDER/FILE`, and for a responder that is asked by GET `/FOLDER/FILE/REQUEST`.
service::Answer Publisher::respond(const service::Request& request) {
    std::string_view path = request.path();
    path.remove_prefix(std::min<std::size_t>(1, path.size()));
    const std::size_t slash = std::min(path.find('/'), path.size());
    const auto folder = folders_.find(path.substr(0, slash));
    std::string_view name = path.substr(std::min(slash + 1, path.size()));
    name = name.substr(0, name.find('/'));
    service::Answer answer;
    answer.status = 404;
    note(folder == folders_.end() ? "" : folder->first, request);
    if (folder == folders_.end()) return answer;
    const auto file = folder->second.files.find(name);
    if (file == folder->second.files.end()) return answer;
    const pki::Publication& found = file->second;
    folder->second.fetched.push_back({{found.topic, found.path, {}}, std::chrono::steady_clock::now()});
    if (on_fetch_) on_fetch_(fmt::format("{}/{}", folder->first, found.path));
    answer.status = 200;
    answer.type =
        found.topic.channel == pki::Channel::crl ? "application/pkix-crl" : "application/ocsp-response";
    answer.body.assign(as_text(found.der));
    return answer;
}

}  // namespace guise::server
