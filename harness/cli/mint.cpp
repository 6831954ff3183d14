// guise mint: a certificate, good or wrong, as the `cert.pem` that a server loads.
#include "pki/mint.hpp"

#include "cli/chain_source.hpp"
#include "cli/command.hpp"
#include "cli/output_file.hpp"
#include "cli/times.hpp"
#include "pki/bundle.hpp"
#include "pki/copy.hpp"
#include "pki/pem.hpp"
#include "server/chain_provider.hpp"
#include "server/names.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>

namespace guise::cli {

namespace {

constexpr const char* mint_examples =
    "  guise mint leaf --host vms.example --out cert.pem --root root.pem    key and entire chain in one "
    "file, and its root\n"
    "  guise mint self-signed --host vms.example                           on standard output\n"
    "  guise mint leaf --host vms.example --defect expired                 wrong in one way (see `guise list "
    "defects`)\n"
    "  guise mint leaf --host vms.example --defect expired@intermediate    at one position of the chain\n"
    "  guise mint --copy www.example:443 --out copy.pem --root copy-root.pem   what an interceptor makes of "
    "a "
    "server's chain: all but the keys\n"
    "Such a root says what the real one says, and its key is gone: nothing else can be signed by it. Show "
    "a chain with `guise serve --cert FILE`. The file holds a private key: it is made readable for you "
    "alone. An existing file is not overwritten "
    "without --force.";

struct MintOptions {
    std::string recipe;
    std::string copy;
    std::vector<std::string> hosts{"localhost"};
    std::string address = "127.0.0.1";
    std::vector<std::string> defects;
    std::string now;
    std::string out;
    std::string root;
    bool force = false;
};

// `expired@intermediate`: a defect and where it sits.
Result<pki::DefectUse> parse_defect(const std::string& text) {
    pki::DefectUse use;
    const auto at = text.find('@');
    use.name = text.substr(0, at);
    if (at == std::string::npos) return use;
    use.at = from_word<pki::Position>(text.substr(at + 1));
    if (!use.at)
        return Problem{{"--defect", 0, 0}, one_of<pki::Position>(), fmt::format("'{}'", text.substr(at + 1))};
    return use;
}

Result<pki::Present> present_of(const MintOptions& options) {
    pki::Present out;
    out.leaf = options.recipe;
    Problems problems;
    for (const std::string& text : options.defects) {
        const auto use = parse_defect(text);
        if (use)
            out.defects.push_back(*use);
        else
            problems.add(use.error());
    }
    if (!problems.empty()) return problems;
    return out;
}

Problems write_out(const MintOptions& options, const std::string& text, const Bytes& root) {
    OutputFile out(options.out, options.force, 0600), trusted(options.root, options.force, 0644);
    Problems problems = out.open();
    problems.add(trusted.open());
    if (!problems.empty()) return problems;
    if (options.out.empty()) std::cout << text;
    problems.add(out.write(text));
    problems.add(trusted.write(pki::to_pem(root)));
    return problems;
}

// `text` is that of the bundle.
ExitCode write_or_say(const MintOptions& options, const Result<std::string>& text,
                      const pki::Bundle& bundle) {
    if (!text) return say(text.error());
    std::error_code ignored;
    if (!options.out.empty() &&
        (options.out == options.root || std::filesystem::equivalent(options.out, options.root, ignored)))
        return say(plain_problem("--root and --out name the same file: " + options.root));
    const Problems problems = write_out(options, *text, bundle.chain.back());
    return problems.empty() ? ExitCode::as_expected : say(problems, ExitCode::environment);
}

// What a user would not expect of the copy; on the error stream, as the copy may go to the other.
void remark(const pki::ChainCopy& copy, const std::string& text, std::size_t shown) {
    if (copy.originals < shown)
        std::cerr << fmt::format(
            "Copied {} of {} certificates: the others are not in the path that begins with the first.\n",
            copy.originals, shown);
    if (const auto read = pki::read_bundle(text, "the copy"); !read)
        std::cerr << "The copy is as wrong as its original; `guise serve --cert` does not take it: "
                  << read.error().text() << '\n';
}

ExitCode copy_command(const MintOptions& options) {
    const auto chain = chain_of(options.copy);
    if (!chain) return say(chain.error());
    const auto copied = pki::copy_chain(*chain, options.copy);
    if (!copied) return say(copied.error());
    const auto text = pki::to_pem(copied->bundle, options.copy);
    const ExitCode code = write_or_say(options, text, copied->bundle);
    if (code == ExitCode::as_expected) remark(*copied, *text, chain->size());
    return code;
}

ExitCode mint_command(const Program& program, const MintOptions& options) {
    if (!options.copy.empty()) return copy_command(options);
    if (options.recipe.empty())
        return say(plain_problem("name a recipe, or use --copy FILE|HOST:PORT (see `guise mint --help`)"));
    const auto now = time_given(options.now);
    if (!now) return say(now.error());
    const auto present = present_of(options);
    if (!present) return say(present.error());
    const auto inputs = inputs_or_say(program);
    if (!inputs) return ExitCode::usage;
    pki::KeyPool keys(server::key_cache_dir());
    pki::Mint mint(inputs->library, keys, server::fresh_seed());
    const pki::Setting setting{
        options.hosts.front(), options.address, *now, {options.hosts.begin() + 1, options.hosts.end()}};
    const auto chain = mint.mint(*present, "mint", setting, {"root"});
    if (!chain) return say(chain.error());
    pki::Bundle bundle{chain->presentation->key, chain->presentation->certificates};
    if (bundle.chain.back() != chain->path.back().der) bundle.chain.push_back(chain->path.back().der);
    return write_or_say(options, pki::to_pem(bundle, options.recipe), bundle);
}

}  // namespace

void add_mint(CLI::App& app, Program& program) {
    auto options = std::make_shared<MintOptions>();
    CLI::App* command =
        add_command(app, program, "mint", "Make a certificate, good or wrong, with its key and chain",
                    mint_examples, [&program, options] { return mint_command(program, *options); });
    auto* recipe =
        command->add_option("RECIPE", options->recipe, "A recipe of certs/, for example leaf or self-signed");
    auto* copy =
        command->add_option("--copy", options->copy,
                            "FILE|HOST:PORT: no recipe, but the chain of a file (leaf first) or a server, "
                            "with other keys");
    copy->excludes(recipe);
    copy->excludes(command->add_option("--host", options->hosts, "A name of the host; repeatable")
                       ->capture_default_str());
    copy->excludes(
        command->add_option("--address", options->address, "The address of the host")->capture_default_str());
    copy->excludes(
        command->add_option("--defect", options->defects, "A defect, or DEFECT@POSITION; repeatable"));
    copy->excludes(command->add_option("--now", options->now,
                                       "The clock of the certificates: a time, or +30d from the machine's"));
    command->add_option("--out", options->out, "The file for key and chain; none: standard output");
    command->add_option("--root", options->root, "A file for the root alone, for the client to trust");
    command->add_flag("--force", options->force, "Overwrite files that exist");
}

}  // namespace guise::cli
