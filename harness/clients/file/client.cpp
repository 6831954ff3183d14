// Reads one client file.
//
// The file is read to its end whatever is wrong with it, so that its author sees every problem at once, in
// the order of the lines. A file whose driver is in the table and cannot run yet is read like any other:
// whether such a client can run is a question for the run, and its answer is `not-run`, not an error.
#include "clients/file/client.hpp"

#include "base/ascii.hpp"
#include "base/fields.hpp"
#include "base/pattern.hpp"
#include "clients/file/placeholders.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <tuple>

namespace guise::clients {
namespace {

// What sets the client's clock.
enum class Clock { faketime };
constexpr auto words(Clock) { return std::to_array<std::string_view>({"faketime"}); }

// A command: a list, because a scalar would be a program whose name has spaces.
std::vector<std::string> command(yaml::Fields& fields, std::string_view key, Problems& problems) {
    const yaml::Value* value = fields.required(key);
    if (!value) return {};
    if (value->kind != yaml::Kind::sequence || value->items.empty())
        problems.add(value->where, "a list of arguments, the program first", value->describe());
    check_placeholders(*value, problems);
    return fields.texts(key);
}

std::map<std::string, std::string> environment(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("env");
    if (!value) return {};
    check_placeholders(*value, problems);
    for (const auto& [key, text] : value->entries)
        if (key.text.empty() || key.text.find('=') != std::string::npos)
            problems.add(key.where, "the name of an environment variable", key.describe());
    return fields.text_map("env");
}

std::map<std::string, std::string> files_below_home(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("files");
    if (!value) return {};
    check_placeholders(*value, problems);
    for (const auto& [key, text] : value->entries) {
        const std::filesystem::path path = std::filesystem::path(key.text).lexically_normal();
        if (path.empty() || path.is_absolute() || *path.begin() == ".." || !path.has_filename() ||
            path == ".")
            problems.add(key.where, "the path of a file below the client's home", key.describe());
    }
    return fields.text_map("files");
}

std::optional<std::string> input(yaml::Fields& fields, Problems& problems) {
    if (const yaml::Value* value = fields.maybe("stdin")) check_placeholders(*value, problems);
    return fields.maybe_text("stdin");
}

ModeSettings read_mode(const yaml::Value& value, Problems& problems) {
    yaml::Fields fields(value, problems);
    ModeSettings mode;
    mode.add = fields.texts("add");
    if (const yaml::Value* add = value.find("add")) check_placeholders(*add, problems);
    if (const yaml::Value* to_address = fields.maybe("to-address")) {
        mode.to_address = fields.texts("to-address");
        check_placeholders(*to_address, problems);
    }
    mode.env = environment(fields, problems);
    mode.files = files_below_home(fields, problems);
    if (fields.maybe("run")) mode.run = command(fields, "run", problems);
    mode.input = input(fields, problems);
    fields.done();
    return mode;
}

void read_modes(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* modes = fields.required("modes");
    if (!modes) return;
    if (modes->kind != yaml::Kind::map || modes->entries.empty())
        problems.add(modes->where, "a map with at least one mode", modes->describe());
    for (const auto& [name, settings] : modes->entries)
        (client.modes[name.text] = read_mode(settings, problems)).where = name.where;
}

void read_detect(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* value = fields.required("detect");
    if (!value) return;
    yaml::Fields detect(*value, problems);
    client.detect = command(detect, "run", problems);
    client.version_pattern = detect.text("version");
    detect.done();
    const yaml::Value* pattern = value->find("version");
    if (!pattern) return;
    constexpr std::string_view expected = "a regular expression (ECMAScript) with a group for the version";
    std::string error;
    const auto compiled = Pattern::compile(client.version_pattern, error);
    if (!compiled)
        problems.add(pattern->where, std::string(expected),
                     fmt::format("{} ({})", pattern->describe(), error));
    else if (compiled->groups() == 0)
        problems.add(pattern->where, std::string(expected), pattern->describe());
}

void read_profile(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* value = fields.required("profile");
    if (!value) return;
    const bool overlay = value->kind == yaml::Kind::map && value->find("extends");
    if (!overlay && (value->kind != yaml::Kind::scalar || value->text.empty()))
        problems.add(value->where, "the name of a profile, or a map with 'extends'", value->describe());
    client.profile = overlay ? client.name : value->text;
    client.profile_at = value->where;
    if (overlay) client.overlay = *value;
}

std::string read_driver(yaml::Fields& fields, const Vocabulary& vocabulary, Problems& problems) {
    const yaml::Value* value = fields.required("driver");
    if (value && !named(vocabulary.drivers, value->text))
        problems.add(value->where, one_of_names(vocabulary.drivers), value->describe());
    return value ? value->text : std::string();
}

// `reach` is the former name of the key.
const yaml::Value* routing_value(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* value = fields.maybe("routing");
    const yaml::Value* old = fields.maybe("reach");
    if (value && old) problems.add(old->where, "'routing' alone", "'reach', its former name, too");
    if (old && !value)
        client.warnings.push_back(
            fmt::format("{}: the key 'reach' is now called 'routing'; the next version does not read it",
                        old->where.text()));
    return value ? value : old;
}

void read_routing(yaml::Fields& fields, const Vocabulary& vocabulary, Client& client, Problems& problems) {
    if (const yaml::Value* value = routing_value(fields, client, problems))
        for (const yaml::Value* item : yaml::Fields::each(*value)) {
            const bool again = std::ranges::count(client.routing, item->text) != 0;
            if (!named(vocabulary.routings, item->text)) {
                problems.add(item->where, one_of_names(vocabulary.routings), item->describe());
            } else if (again) {
                problems.add(item->where, "each routing once", item->describe());
            } else {
                client.routing.push_back(item->text);
            }
        }
    const DriverWord* driver = named(vocabulary.drivers, client.driver);
    if (client.routing.empty() && driver) client.routing = {driver->routing};
}

void read_state(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* value = fields.maybe("state");
    if (!value) return;
    check_placeholders(*value, problems);
    client.state = scalar_text(*value, problems);
    const bool path = client.state.find('/') != std::string::npos;
    if (client.state != "none" && client.state != "home" && !path)
        problems.add(value->where, "none, home or a path", value->describe());
    for (const std::string& name : names_in(client.state))
        if (name == "state" || name == "canary" || name == "deadline")
            problems.add(value->where, "a path that is the same for all visits",
                         fmt::format("'{{{}}}'", name));
}

void read_deadline(yaml::Fields& fields, Client& client, Problems& problems) {
    const yaml::Value* value = fields.maybe("deadline");
    if (!value) return;
    const auto span = yaml::parse_span(value->text);
    if (!span || span->count() <= 0 || *span > std::chrono::hours(1)) {
        problems.add(value->where, "a time from 1s to 1h", value->describe());
    } else {
        client.deadline = *span;
    }
}

std::set<int> read_codes(yaml::Fields& fields, std::string_view key, Problems& problems) {
    std::set<int> out;
    const yaml::Value* value = fields.maybe(key);
    if (!value) return out;
    for (const yaml::Value* item : yaml::Fields::each(*value)) {
        int code = -1;
        const std::string_view text = item->text;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), code);
        if (read.ec != std::errc() || read.ptr != text.data() + text.size() || code < 0 || code > 255)
            problems.add(item->where, "an exit code, 0 to 255", item->describe());
        else
            out.insert(code);
    }
    return out;
}

ExitCodes read_exit_codes(yaml::Fields& fields, Problems& problems) {
    const yaml::Value* value = fields.maybe("exit_codes");
    if (!value) return {};
    yaml::Fields codes(*value, problems);
    ExitCodes out{read_codes(codes, "accepted", problems), read_codes(codes, "refused", problems)};
    codes.done();
    for (const int code : out.accepted)
        if (out.refused.contains(code))
            problems.add(value->where, "each exit code once", fmt::format("{} twice", code));
    return out;
}

// A placeholder that stands for nothing would be an empty argument: reports each use of it.
void refuse_placeholder(std::string_view placeholder, const yaml::Value& value, const Problem& otherwise,
                        Problems& problems) {
    for (const std::string& name : names_in(value.text))
        if (name == placeholder) problems.add(value.where, otherwise.expected, otherwise.found);
    for (const yaml::Value& item : value.items) refuse_placeholder(placeholder, item, otherwise, problems);
    for (const auto& [key, below] : value.entries)
        refuse_placeholder(placeholder, below, otherwise, problems);
}

// A placeholder of some routings, `{proxy}` for instance, is filled in only where each routing of the client
// has it.
void check_routing_placeholders(const yaml::Value& value, const Client& client, const Vocabulary& vocabulary,
                                Problems& problems) {
    std::map<Placeholder, std::vector<std::string>> with;
    for (const RoutingWord& routing : vocabulary.routings)
        for (const Placeholder name : routing.placeholders) with[name].push_back(routing.name);
    for (const auto& [name, routings] : with) {
        const auto without = [&](const std::string& routing) {
            return std::ranges::count(routings, routing) == 0;
        };
        const auto other = std::ranges::find_if(client.routing, without);
        if (other == client.routing.end()) continue;
        refuse_placeholder(word(name), value,
                           {{},
                            fmt::format("no 'routing' besides {}, for {{{}}} to mean something",
                                        fmt::join(routings, ", "), word(name)),
                            *other},
                           problems);
    }
}

void check_placeholders_mean_something(const yaml::Value& value, const Client& client,
                                       const Vocabulary& vocabulary, Problems& problems) {
    if (client.state == "none")
        refuse_placeholder("state", value,
                           {{}, "'state: home' or a path, for {state} to mean something", "none"}, problems);
    check_routing_placeholders(value, client, vocabulary, problems);
}

bool is_usable_name(std::string_view name) {
    const auto usable = [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '+' || c == '-'; };
    return !name.empty() && is_alnum(name[0]) && std::all_of(name.begin(), name.end(), usable);
}

void read_name(yaml::Fields& fields, Client& client, Problems& problems) {
    client.name = fields.text("client");
    const yaml::Value* value = fields.maybe("client");
    if (value) client.name_at = value->where;
    if (value && value->kind == yaml::Kind::scalar && !is_usable_name(client.name))
        problems.add(value->where, "a name of letters, digits and . _ + -", value->describe());
    client.title = fields.maybe_text("title").value_or(client.name);
}

// Some drivers ask no questions and read no screen.
void read_screen(yaml::Fields& fields, const Vocabulary& vocabulary, Client& client, Problems& problems) {
    const DriverWord* driver = named(vocabulary.drivers, client.driver);
    if (driver && !driver->screen) {
        for (const char* key : {"screen", "prompts", "say"}) fields.not_supported_yet(key);
        return;
    }
    client.screen = fields.maybe_choice<Screen>("screen").value_or(client.screen);
    client.prompts = read_prompts(fields, problems);
    client.say = read_say(fields, problems);
}

Client read_client(const yaml::Value& value, const Vocabulary& vocabulary, Problems& problems) {
    yaml::Fields fields(value, problems);
    Client client;
    read_name(fields, client, problems);
    read_detect(fields, client, problems);
    client.packages = fields.texts("packages");
    read_profile(fields, client, problems);
    client.driver = read_driver(fields, vocabulary, problems);
    client.service = fields.maybe_text("service").value_or(client.service);
    client.scenarios = fields.texts("scenarios");
    read_routing(fields, vocabulary, client, problems);
    client.run = command(fields, "run", problems);
    read_modes(fields, client, problems);
    client.env = environment(fields, problems);
    client.files = files_below_home(fields, problems);
    client.input = input(fields, problems).value_or("");
    read_state(fields, client, problems);
    read_deadline(fields, client, problems);
    client.faketime = fields.maybe_choice<Clock>("clock").has_value();
    client.exit_codes = read_exit_codes(fields, problems);
    client.adapter = fields.flag("adapter", false);
    read_screen(fields, vocabulary, client, problems);
    client.pins = read_pins_file(fields, problems);
    client.events = read_events_log(fields, problems);
    client.tells_events = client.events || mentions(value, Placeholder::events);
    client.has_identity = mentions(value, Placeholder::identity);
    client.forget = read_forget(fields, problems);
    check_placeholders_mean_something(value, client, vocabulary, problems);
    fields.done();
    return client;
}

}  // namespace

Result<Client> load_client(const std::filesystem::path& file, const Vocabulary& vocabulary) {
    Result<yaml::Value> value = yaml::load(file);
    if (!value) return value.error();
    Problems problems;
    Client client = read_client(*value, vocabulary, problems);
    if (!problems.empty()) {
        const auto place = [](const Problem& p) { return std::tuple(p.where.line, p.where.column); };
        std::stable_sort(problems.list.begin(), problems.list.end(),
                         [&](const Problem& a, const Problem& b) { return place(a) < place(b); });
        return problems;
    }
    client.file = file;
    return client;
}

}  // namespace guise::clients
