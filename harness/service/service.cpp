#include "service/service.hpp"

#include "base/fields.hpp"
#include "service/rules.hpp"

#include <fmt/format.h>

namespace guise::service {

using yaml::Fields;
using yaml::Value;

namespace {

void read_http(Fields& fields, Service& out, Problems& problems) {
    if (const auto same = fields.maybe_text("plain_text")) {
        out.plain_text = true;
        if (*same != "same") problems.add(fields.maybe("plain_text")->where, "same", '\'' + *same + '\'');
    }
    out.values = fields.text_map("values");
    if (const Value* values = fields.maybe("values"))
        for (const auto& [name, value] : values->entries) check_placeholders(value, {}, problems);
    if (const Value* rules = fields.required("rules"))
        out.http = read_http_rules(*rules, out.values, problems);
}

void read_lines(Fields& fields, Service& out, Problems& problems) {
    if (const Value* greet = fields.maybe("greet")) {
        out.greet = fields.text("greet");
        check_placeholders(*greet, {}, problems);
    }
    if (const Value* rules = fields.maybe("plain")) out.plain = read_line_rules(*rules, problems);
    if (const Value* rules = fields.maybe("tls")) out.tls = read_line_rules(*rules, problems);
    if (const Value* rules = fields.maybe("common")) out.common = read_line_rules(*rules, problems);
}

Service read_service(const Value& file, Problems& problems) {
    Service out;
    Fields fields(file, problems);
    out.name = fields.text("service");
    out.url = fields.text("url");
    if (const Value* url = fields.maybe("url")) check_placeholders(*url, {}, problems);
    out.speaks = fields.choice<Speaks>("speaks");
    out.starts = fields.choice<Starts>("starts");
    if (out.speaks == Speaks::http) read_http(fields, out, problems);
    if (out.speaks == Speaks::lines) read_lines(fields, out, problems);
    if (out.speaks != Speaks::lines && out.starts == Starts::plain)
        problems.add(fields.maybe("starts")->where, "tls, because only lines can ask for TLS", "'plain'");
    fields.done();
    return out;
}

}  // namespace

Result<Service> load_service(const std::filesystem::path& file) {
    const auto value = yaml::load(file);
    if (!value) return value.error();
    Problems problems;
    Service out = read_service(*value, problems);
    const std::string stem = file.stem().string();
    if (problems.empty() && out.name != stem)
        problems.add(value->find("service")->where, fmt::format("'{}', the name of the file", stem),
                     fmt::format("'{}'", out.name));
    if (!problems.empty()) return problems;
    return out;
}

Result<Services> load_services(const std::filesystem::path& dir) {
    Services out;
    Problems problems;
    for (const auto& file : yaml::files_in(dir, problems)) {
        auto loaded = load_service(file);
        if (!loaded) {
            problems.add(loaded.error());
            continue;
        }
        auto service = std::make_shared<const Service>(std::move(*loaded));
        out[service->name] = service;
    }
    if (!problems.empty()) return problems;
    out.try_emplace("http", short_answer());
    return out;
}

std::shared_ptr<const Service> short_answer() {
    static const auto service = [] {
        Service http;
        http.name = "http";
        http.url = "https://{host}:{port}/";
        http.speaks = Speaks::http;
        http.plain_text = true;
        HttpRule any;
        any.method = "*";
        any.path = "**";
        any.text = "guise\n";
        http.http.push_back(std::move(any));
        return std::make_shared<const Service>(std::move(http));
    }();
    return service;
}

}  // namespace guise::service
