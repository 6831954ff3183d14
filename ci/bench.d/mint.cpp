// How many leaves a second of CPU time makes and signs: what one core of its own would do, on a busy machine
// too.
//
//   bench_mint CERTS COUNT    prints `mint N` and `builder N`, both with a fresh P-256 key for each leaf, and
//                             `pooled N`, the builder with one key for all
//
// `mint` is what a scenario costs: request, recipe, placeholders, key, certificate. `builder` starts at the
// parsed recipe.
#include "pki/mint.hpp"

#include "pki/certificate.hpp"
#include "pki/placeholders.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>

namespace {

using namespace guise::pki;

const std::chrono::sys_seconds now =
    std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
const Setting setting{.host = "localhost", .address = "127.0.0.1", .now = now};

template <class Make>
void measure(const char* name, int count, Make make) {
    make(-1);  // what is made once
    const std::clock_t start = std::clock();
    for (int i = 0; i < count; ++i) make(i);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    std::printf("%s %.0f\n", name, count / seconds);
}

struct Issuer {
    Recipe recipe;
    Key key = make_key(Algorithm::p256);
    PublicKey public_key{key.get(), Algorithm::p256};
};

guise::Bytes build(const Recipe& leaf, const PublicKey& key, const Issuer& issuer) {
    return make_certificate({leaf, key, issuer.recipe, issuer.public_key, issuer.key.get(), now, {}}).value();
}

void run(const char* certs, int count) {
    const Library library = load_library(certs).value();
    KeyPool keys;
    Mint mint(library, keys, "bench");
    measure("mint", count, [&](int i) {
        (void)mint.mint({.leaf = "leaf"}, "bench " + std::to_string(i), setting, {"root"}).value();
    });
    const auto recipe = [&](const char* name) {
        return parse_recipe(filled(library.recipes.at(name),
                                   {{"host", "localhost"}, {"address", "127.0.0.1"}, {"run", "bench"}}))
            .value();
    };
    const Recipe leaf = recipe("leaf");
    const Issuer intermediate{recipe("intermediate")};
    const PublicKey pooled(make_key(Algorithm::p256).get(), Algorithm::p256);
    measure("builder", count, [&](int) {
        (void)build(leaf, PublicKey(make_key(Algorithm::p256).get(), Algorithm::p256), intermediate);
    });
    measure("pooled", count, [&](int) { (void)build(leaf, pooled, intermediate); });
}

}  // namespace

int main(int count, char** arguments) {
    const int leaves = count == 3 ? std::atoi(arguments[2]) : 0;
    if (leaves <= 0) {
        std::fputs("usage: bench_mint CERTS COUNT\n", stderr);
        return 4;
    }
    try {
        run(arguments[1], leaves);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bench_mint: %s\n", e.what());
        return 3;
    }
}
