// A defect's operation is a patch or a list of edits with `{parameter}` in it, and can be read in full only
// when it meets a recipe. So that a mistake is found when the library is loaded, each operation is tried here
// with its default parameters on a recipe that has only what is required.
#include "pki/defects.hpp"

#include "base/fields.hpp"
#include "pki/edits.hpp"
#include "pki/handshake.hpp"
#include "pki/recipe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace guise::pki {

namespace {

void check_name(const yaml::Value& file, const std::string& name, const std::string& file_name,
                Problems& problems) {
    const yaml::Value* at = file.find("defect");
    if (at && name != file_name)
        problems.add(at->where, fmt::format("the name of the file, '{}'", file_name), at->describe());
}

std::vector<Position> read_positions(const yaml::Value* at, Problems& problems) {
    std::vector<Position> out;
    if (!at) return out;
    for (const yaml::Value* item : yaml::Fields::each(*at)) {
        const auto position =
            item->kind == yaml::Kind::scalar ? from_word<Position>(item->text) : std::nullopt;
        if (!position || std::ranges::count(out, *position) != 0)
            problems.add(item->where, one_of<Position>() + ", each once", item->describe());
        else
            out.push_back(*position);
    }
    if (at->kind == yaml::Kind::sequence && at->items.empty())
        problems.add(at->where, "at least one position", "an empty list");
    return out;
}

// One level for all positions, or `{position: level}` with exactly the positions of `at`.
std::map<Position, Level> read_levels(yaml::Fields& fields, const std::vector<Position>& positions,
                                      Problems& problems) {
    std::map<Position, Level> out;
    const yaml::Value* value = fields.required("level");
    if (!value) return out;
    if (value->kind != yaml::Kind::map) {
        const Level level = fields.choice<Level>("level");
        for (const Position position : positions) out[position] = level;
        return out;
    }
    yaml::Fields levels(*value, problems);
    for (const Position position : positions) out[position] = levels.choice<Level>(word(position));
    levels.done();
    return out;
}

std::optional<yaml::Value> copy(const yaml::Value* value) {
    return value ? std::optional(*value) : std::nullopt;
}

// The value of the only key of a map must be the only one that this version can carry out.
void check_only(const yaml::Value& map, std::string_view key, std::string_view value, Problems& problems) {
    yaml::Fields fields(map, problems);
    const yaml::Value* found = fields.required(key);
    if (found && (found->kind != yaml::Kind::scalar || found->text != value))
        problems.add(found->where, std::string(value), found->describe() + " (not supported yet)");
    fields.done();
}

// `{send: [...]}`, or `{omit: intermediate}`: the leaf alone.
std::vector<SendItem> read_sending(const yaml::Value& chain, Problems& problems) {
    if (chain.find("omit")) {
        check_only(chain, "omit", "intermediate", problems);
        return {{Part::leaf, {}, {}, chain.where}};
    }
    yaml::Fields fields(chain, problems);
    const yaml::Value* send = fields.required("send");
    fields.done();
    return send ? parse_sending(*send, problems) : std::vector<SendItem>();
}

void read_operation(yaml::Fields& fields, Defect& defect, Problems& problems) {
    defect.change = copy(fields.maybe("change"));
    defect.bytes = copy(fields.maybe("bytes"));
    if (const yaml::Value* chain = fields.maybe("chain")) defect.send = read_sending(*chain, problems);
    defect.handshake = copy(fields.maybe("handshake"));
    const int count = defect.change.has_value() + defect.bytes.has_value() +
                      (fields.maybe("chain") != nullptr) + defect.handshake.has_value();
    if (count != 1)
        problems.add(defect.where, "exactly one of change, bytes, chain, handshake",
                     fmt::format("{} of them", count));
}

// A recipe with only what is required.
const yaml::Value& plain_recipe() {
    static const yaml::Value recipe =
        yaml::parse("{subject: {o: guise}, issuer: self, algorithm: p256, valid: {from: -1d, to: +1d}}",
                    "the plain recipe")
            .value();
    return recipe;
}

void check_parameters(const Defect& defect, Problems& problems) {
    Names known = run_placeholders();
    for (const auto& [name, text] : defect.parameters) {
        if (known.contains(name))
            problems.add(defect.where, "parameters with names of their own",
                         fmt::format("the parameter '{}', which the run fills", name));
        known.insert(name);
    }
    Names used;
    for (const auto* tree : {&defect.change, &defect.bytes, &defect.handshake}) {
        if (!*tree) continue;
        check_placeholders(**tree, known, problems);
        used.merge(placeholders(**tree));
    }
    for (const auto& [name, text] : defect.parameters)
        if (!used.contains(name))
            problems.add(defect.where, fmt::format("a use of the parameter '{}'", name), "none");
}

void check_change(const yaml::Value& change, const Fillings& fillings, Problems& problems) {
    if (change.kind != yaml::Kind::map) {
        problems.add(change.where, "a map", change.describe());
        return;
    }
    const auto recipe = parse_recipe(filled(patched(plain_recipe(), change), fillings));
    if (!recipe) problems.add(recipe.error());
}

void check_sits(const Defect& defect, Position position, bool only_there, Problems& problems) {
    const bool there = defect.level.contains(position);
    if (there == only_there && (!there || defect.level.size() == 1)) return;
    problems.add(defect.where, fmt::format("{} `at: [{}]`", only_there ? "only" : "no", word(position)),
                 fmt::format("an operation that does{} sit there", only_there ? "" : " not"));
}

// The handshake is signed with the leaf's key: another certificate in its place makes that no proof.
bool breaks_proof(const Defect& defect) {
    return defect.handshake || (!defect.send.empty() && defect.send.front().part != Part::leaf);
}

void check_operation(const Defect& defect, Problems& problems) {
    Fillings fillings = sample_fillings();
    fillings.insert(defect.parameters.begin(), defect.parameters.end());
    if (defect.change) check_change(*defect.change, fillings, problems);
    if (defect.change && defect.change->find("issuer"))
        check_sits(defect, Position::root, false, problems);  // a root is what signs itself
    if (defect.bytes) (void)parse_edits(filled(*defect.bytes, fillings), problems);
    if (defect.handshake) (void)parse_handshake(filled(*defect.handshake, fillings), problems);
    if (defect.level.empty()) return;  // reported already
    check_sits(defect, Position::handshake, defect.handshake.has_value(), problems);
    if (!defect.send.empty()) check_sits(defect, Position::intermediate, true, problems);
    if ((defect.stage == Stage::handshake) != breaks_proof(defect))
        problems.add(defect.where,
                     "`stage: handshake` exactly where the operation is `handshake`, or the leaf not first",
                     fmt::format("`stage: {}`", word(defect.stage)));
}

// The only key of its patch, where that is a channel.
std::optional<Channel> channel_of(const Defect& defect) {
    if (!defect.change || defect.change->entries.size() != 1) return std::nullopt;
    return from_word<Channel>(defect.change->entries.front().key.text);
}

}  // namespace

Defect read_defect(const yaml::Value& file, const std::string& file_name, Problems& problems) {
    yaml::Fields fields(file, problems);
    Defect defect;
    defect.where = file.where;
    defect.name = fields.text("defect");
    check_name(file, defect.name, file_name, problems);
    (void)fields.required("fault");
    defect.faults = fields.choices<Fault>("fault");
    defect.clause = fields.text("clause");
    const std::vector<Position> positions = read_positions(fields.required("at"), problems);
    if (!positions.empty()) defect.first = positions.front();
    defect.level = read_levels(fields, positions, problems);
    defect.stage = fields.maybe_choice<Stage>("stage").value_or(Stage::chain);
    defect.parameters = fields.text_map("parameters");
    read_operation(fields, defect, problems);
    fields.done();
    defect.channel = channel_of(defect);
    check_parameters(defect, problems);
    check_operation(defect, problems);
    return defect;
}

const Fillings& sample_fillings() {
    static const Fillings fillings = [] {
        Fillings out = host_fillings("host.guise.test");
        out.insert({{"address", "127.0.0.1"}, {"run", "0"}});
        return out;
    }();
    return fillings;
}

Names run_placeholders() {
    Names names;
    for (const auto& [name, text] : sample_fillings()) names.insert(name);
    names.insert("number");  // of a name that is repeated, see parse_names
    return names;
}

}  // namespace guise::pki
