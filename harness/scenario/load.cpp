#include "base/ascii.hpp"
#include "base/comment.hpp"
#include "base/fields.hpp"
#include "base/nearest.hpp"
#include "scenario/scenario.hpp"
#include "scenario/variants.hpp"
#include "tls/transcript.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <set>

namespace guise::scenario {

namespace {

using yaml::Fields;
using yaml::Value;

/// What a visit does, as its key in the file.
constexpr std::array actions{"present", "restart", "mode", "forget", "clock"};

bool is_alert(std::string_view name) {
    for (int number = 0; number < 256; ++number)
        if (tls::alert_name(static_cast<std::uint8_t>(number)) == name) return true;
    return false;
}

std::string positions_of(const pki::Defect& defect) {
    std::string out = fmt::format("a position of the defect {}:", defect.name);
    for (const auto& [position, level] : defect.level) out += fmt::format(" {}", word(position));
    return out;
}

class Reader {
 public:
    Reader(const pki::Library& library, Problems& problems) : library_(library), problems_(problems) {}

    Scenario scenario(const Value& file, const std::string& id) {
        Scenario out;
        out.where = file.where;
        Fields fields(file, problems_);
        out.base = fields.text("id");
        if (const Value* given = file.find("id"); given && out.base != id)
            problems_.add(given->where, fmt::format("the file's place as id, '{}'", id), given->describe());
        out.title = fields.text("title");
        out.severity = fields.choice<Severity>("severity");
        out.control = fields.maybe_text("control").value_or("");
        if (const Value* control = fields.maybe("control")) out.control_where = control->where;
        out.tags = tags(fields);
        out.combines = fields.texts("combines");
        out.modes = fields.texts("modes");
        out.clients = fields.text_map("clients");
        out.versions = fields.maybe_choice<tls::Versions>("tls").value_or(tls::Versions::any);
        host_ = out.host = fields.maybe_choice<pki::HostKind>("host").value_or(pki::HostKind::name);
        read_trust(fields, out);
        read_visits(fields, out);
        read_connections(fields, out);
        read_expectations(fields, out);
        fields.done();
        return out;
    }

 private:
    void read_trust(Fields& fields, Scenario& out) {
        const Value* trust = fields.maybe("trust");
        if (!trust) return;
        for (const Value* item : Fields::each(*trust)) {
            Fields installed(*item, problems_);
            out.trust.push_back({recipe(installed, "leaf"), installed.maybe_text("key").value_or("a")});
            installed.done();
        }
    }

    // After the visits.
    void read_connections(Fields& fields, Scenario& out) {
        const Value* connections = fields.maybe("connections");
        if (!connections) return;
        Fields what(*connections, problems_);
        out.keeps_connections = what.choice<Keep>("keep") == Keep::open;
        what.done();
        const auto swaps = [](const Visit& visit) {
            const auto* connect = std::get_if<Connect>(&visit.action);
            return connect && connect->swap;
        };
        if (out.keeps_connections && std::ranges::any_of(out.visits, swaps))
            problems_.add(connections->where, "no `swap` beside connections that are kept open",
                          connections->describe());
    }

    void read_visits(Fields& fields, Scenario& out) {
        const Value* visits = fields.required("visits");
        if (!visits) return;
        if (visits->items.empty())
            problems_.add(visits->where, "a list of at least one visit", visits->describe());
        for (const Value& item : visits->items) {
            out.visits.push_back(visit(item));
            check_references(item, out);
        }
    }

    // The last visit may name a client, and an earlier visit whose session it resumes.
    void check_references(const Value& item, const Scenario& out) {
        const Visit& last = out.visits.back();
        if (const Value* client = item.find("client"); client && !out.clients.contains(last.client))
            problems_.add(client->where, "a label of `clients`", client->describe());
        const auto* connect = std::get_if<Connect>(&last.action);
        if (!connect || !connect->resume) return;
        const int number = *connect->resume;
        if (number < 1 || number >= static_cast<int>(out.visits.size()) ||
            !std::holds_alternative<Connect>(out.visits[number - 1].action))
            problems_.add(item.find("resume")->where, "the number of an earlier visit that connects",
                          std::to_string(number));
    }

    void read_expectations(Fields& fields, Scenario& out) {
        const Value* list = fields.maybe("expect");
        if (!list) return;
        for (const Value* item : Fields::each(*list)) {
            Fields each(*item, problems_);
            Expect expect;
            expect.visit = each.maybe_number("visit").value_or(1);
            expect.alerts = each.texts("alert");
            expect.prompts = each.maybe_number("prompts");
            expect.connections = each.maybe_number("connections");
            expect.heartbeats = each.maybe_number("heartbeats");
            expect.identity = identity(each);
            expect.level = each.choice<Level>("level");
            expect.clause = each.text("clause");
            each.done();
            check_expectation(*item, expect, out);
            out.expect.push_back(std::move(expect));
        }
    }

    std::optional<bool> identity(Fields& each) {
        const Value* value = each.maybe("client-certificate");
        if (!value) return std::nullopt;
        if (value->text != "given" && value->text != "withheld")
            problems_.add(value->where, "one of given, withheld", value->describe());
        return value->text == "given";
    }

    void check_expectation(const Value& item, const Expect& expect, const Scenario& out) {
        int found = 0;
        for (const char* key : {"alert", "prompts", "connections", "heartbeats", "client-certificate"})
            found += item.find(key) != nullptr;
        if (found != 1)
            problems_.add(item.where,
                          "exactly one of alert, prompts, connections, heartbeats, client-certificate",
                          fmt::format("{} of them", found));
        for (const std::string& alert : expect.alerts)
            if (!is_alert(alert))
                problems_.add(item.find("alert")->where, "alerts of RFC 8446 section 6, such as unknown_ca",
                              fmt::format("'{}'", alert));
        if (expect.visit < 1 || expect.visit > static_cast<int>(out.visits.size()))
            problems_.add(item.where, fmt::format("a visit from 1 to {}", out.visits.size()),
                          std::to_string(expect.visit));
        else if (!std::holds_alternative<Connect>(out.visits[expect.visit - 1].action))
            problems_.add(item.where, "a visit that connects", std::to_string(expect.visit));
    }

    Visit visit(const Value& value) {
        Visit out;
        out.where = value.where;
        int found = 0;
        for (const char* action : actions) found += value.find(action) != nullptr;
        if (found != 1)
            problems_.add(value.where, "exactly one of present, restart, mode, forget, clock",
                          fmt::format("{} of them", found));
        Fields fields(value, problems_);
        out.client = fields.maybe_text("client").value_or("");
        if (value.find("present"))
            out.action = connect(fields);
        else if (value.find("restart"))
            out.action = restart(fields);
        else if (value.find("mode"))
            out.action = SetMode{fields.text("mode")};
        else if (value.find("forget"))
            out.action = forget(fields);
        else if (const Value* clock = fields.maybe("clock"))
            out.action = MoveClock{yaml::scalar_span(*clock, problems_)};
        fields.done();
        return out;
    }

    Restart restart(Fields& fields) {
        expect_word(*fields.required("restart"), "client");
        return {};
    }

    Forget forget(Fields& fields) {
        expect_word(*fields.required("forget"), "server");
        return {at(fields)};
    }

    void expect_word(const Value& value, std::string_view only) {
        if (value.kind != yaml::Kind::scalar || value.text != only)
            problems_.add(value.where, fmt::format("'{}'", only), value.describe());
    }

    Connect connect(Fields& fields) {
        Connect out;
        if (const Value* value = fields.required("present")) out.present = present(*value);
        out.answer = fields.maybe_choice<Answer>("answer").value_or(Answer::decline);
        out.at = at(fields);
        out.swap = swap(fields);
        out.claims = claims(fields);
        out.resume = fields.maybe_number("resume");
        out.connections = fields.maybe_number("connections").value_or(1);
        if (out.connections < 1)
            problems_.add(fields.maybe("connections")->where, "at least one connection",
                          std::to_string(out.connections));
        if (const Value* first = fields.maybe("first")) out.first = this->first(*first, out);
        if (const Value* plain = fields.maybe("plain-text")) {
            expect_word(*plain, "answered");
            out.plain_text = true;
        }
        if (const Value* starttls = fields.maybe("starttls")) {
            out.starttls = yaml::scalar_text(*starttls, problems_);
            if (out.starttls != "hidden" && out.starttls != "refused")
                problems_.add(starttls->where, "one of hidden, refused", starttls->describe());
        }
        return out;
    }

    At at(Fields& fields) {
        At out;
        if (const Value* value = fields.maybe("at")) {
            Fields place(*value, problems_);
            out.host = place.maybe_text("host").value_or("main");
            if (host_ != pki::HostKind::name && out.host != "main")
                problems_.add(value->where, "no other host: an address has none below it",
                              fmt::format("'{}'", out.host));
            out.port = place.maybe_text("port").value_or("main");
            out.server = place.maybe_text("server").value_or("");
            place.done();
        }
        return out;
    }

    pki::Present first(const Value& value, const Connect& visit) {
        if (visit.connections < 2)
            problems_.add(value.where, "`connections`, two or more, beside `first`",
                          std::to_string(visit.connections));
        if (visit.swap) problems_.add(value.where, "no `swap` beside `first`", value.describe());
        return present(value);
    }

    std::optional<Swap> swap(Fields& fields) {
        const Value* value = fields.maybe("swap");
        if (!value) return std::nullopt;
        Swap out;
        Fields below(*value, problems_);
        if (const Value* after = below.required("after")) {
            expect_word(*after, "public-request");
            out.after = after->text;
        }
        if (const Value* shown = below.required("present")) out.present = present(*shown);
        below.done();
        return out;
    }

    std::optional<Claims> claims(Fields& fields) {
        const Value* value = fields.maybe("claims");
        if (!value) return std::nullopt;
        Claims out;
        Fields below(*value, problems_);
        if (const Value* certificate = below.maybe("certificate")) out.certificate = present(*certificate);
        if (const Value* also = below.maybe("also")) out.also = present(*also);
        if (out.also && !out.certificate)
            problems_.add(value->where, "`certificate` beside `also`", value->describe());
        out.version = below.maybe_text("version").value_or("");
        below.done();
        return out;
    }

    pki::Present present(const Value& value) {
        pki::Present out;
        out.where = value.where;
        Fields fields(value, problems_);
        out.leaf = recipe(fields, "leaf");
        out.key = fields.maybe_text("key").value_or("a");
        out.issue = fields.maybe_number("issue").value_or(1);
        if (const Value* patch = fields.maybe("with")) out.with = *patch;
        if (const Value* send = fields.maybe("send")) out.send = pki::parse_sending(*send, problems_);
        out.host = host_;
        if (const Value* defects = fields.maybe("defect")) read_defects(*defects, out);
        fields.done();
        return out;
    }

    void read_defects(const Value& value, pki::Present& out) {
        if (value.kind == yaml::Kind::scalar)
            out.defects.push_back({defect_name(value), std::nullopt, {}, value.where});
        else if (value.entries.empty())
            problems_.add(value.where, "a defect, or a map of defects to their parameters", value.describe());
        for (const auto& [name, parameters] : value.entries)
            out.defects.push_back(defect_use(name, parameters));
    }

    pki::DefectUse defect_use(const Value& name, const Value& parameters) {
        pki::DefectUse use;
        use.name = defect_name(name);
        use.where = name.where;
        const auto defect = library_.defects.find(use.name);
        Fields fields(parameters, problems_);
        use.at = fields.maybe_choice<pki::Position>("at");
        if (defect == library_.defects.end()) return use;
        if (use.at && !defect->second.level.contains(*use.at))
            problems_.add(parameters.find("at")->where, positions_of(defect->second),
                          fmt::format("'{}'", word(*use.at)));
        for (const auto& [key, below] : parameters.entries) {
            if (key.text == "at") continue;
            use.parameters[key.text] = fields.text(key.text);
            if (!defect->second.parameters.contains(key.text))
                problems_.add(key.where, fmt::format("a parameter of the defect {}", use.name),
                              key.describe());
        }
        return use;
    }

    std::string defect_name(const Value& value) {
        if (!library_.defects.contains(value.text))
            problems_.add(value.where, "the name of a defect (see `guise list defects`)",
                          value.describe() + did_you_mean(value.text, library_.defects | std::views::keys));
        return value.text;
    }

    std::vector<std::string> tags(Fields& fields) {
        const auto is_word = [](const std::string& tag) {
            return !tag.empty() && std::ranges::all_of(tag, [](char c) { return is_alnum(c) || c == '-'; });
        };
        std::vector<std::string> out = fields.texts("tags");
        for (const std::string& tag : out)
            if (!is_word(tag))
                problems_.add(fields.maybe("tags")->where, "words of letters, digits and '-', such as core",
                              fmt::format("'{}'", tag));
        return out;
    }

    std::string recipe(Fields& fields, std::string_view key) {
        const Value* value = fields.required(key);
        if (!value) return {};
        if (!library_.recipes.contains(value->text))
            problems_.add(value->where, "the name of a recipe in certs/",
                          value->describe() + did_you_mean(value->text, library_.recipes | std::views::keys));
        return value->text;
    }

    const pki::Library& library_;
    Problems& problems_;
    pki::HostKind host_ = pki::HostKind::name;  // of the scenario that is being read
};

// The faults that follow from the recipe alone must be those that the defects declare.
void check_chain(const pki::Present& present, const std::vector<std::string>& trusted,
                 const pki::Library& library, Problems& problems) {
    const auto chain = pki::Mint::describe(library, present, trusted);
    if (!chain) {
        for (Problem problem : chain.error().list) {
            if (problem.where.file.empty()) problem.where = present.where;
            problems.add(std::move(problem));
        }
    } else if (chain->computed_missing) {
        problems.add(
            present.where,
            fmt::format("a chain with the fault {} that its defect declares", word(*chain->computed_missing)),
            "one without it");
    }
}

// Chains that have been looked at: what is trusted, and the request. Variants share theirs, and so do visits.
using Checked = std::set<std::pair<std::vector<std::string>, std::string>>;

void check_chains(const Scenario& scenario, const pki::Library& library, Checked& checked,
                  Problems& problems) {
    std::set<std::string> defects;
    for (const Visit& visit : scenario.visits) {
        const auto* connect = std::get_if<Connect>(&visit.action);
        if (!connect) continue;
        for (const pki::Present* present : chains_of(*connect)) {
            for (const pki::DefectUse& use : present->defects) defects.insert(use.name);
            const std::vector<std::string> trusted = scenario.trusted(present->key);
            if (checked.emplace(trusted, present->identity()).second)
                check_chain(*present, trusted, library, problems);
        }
    }
    if (defects.size() > 1 && scenario.combines.empty())
        problems.add(scenario.where, "one defect, or the key `combines`",
                     fmt::format("{} defects", defects.size()));
}

}  // namespace

Result<std::vector<Scenario>> load_scenario_file(const std::filesystem::path& file, const std::string& id,
                                                 const pki::Library& library) {
    const auto value = yaml::load(file);
    if (!value) return value.error();
    Problems problems;
    const std::vector<Variant> variants = expand_variants(*value, problems);
    const std::string about = opening_comment(file);
    Checked checked;
    std::vector<Scenario> out;
    for (const Variant& variant : variants) {
        if (!problems.empty()) break;
        Scenario scenario = Reader(library, problems).scenario(variant.file, id);
        scenario.axes = variant.axes;
        scenario.variant = out.size();
        scenario.id = variant_id(scenario.base, variant.axes);
        scenario.about = about;
        if (problems.empty()) check_chains(scenario, library, checked, problems);
        out.push_back(std::move(scenario));
    }
    if (!problems.empty()) return problems;
    return out;
}

}  // namespace guise::scenario
