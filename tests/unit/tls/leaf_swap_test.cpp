#include "tls/leaf_swap.hpp"

#include "kit.hpp"

#include <catch2/catch.hpp>

namespace guise::tls::leaf_swap_test {
namespace {

bool boringssl_takes(const Bytes& leaf, const kit::Key& key) {
    const bssl::UniquePtr<SSL_CTX> context(SSL_CTX_new(TLS_with_buffers_method()));
    const bssl::UniquePtr<CRYPTO_BUFFER> buffer(CRYPTO_BUFFER_new(leaf.data(), leaf.size(), nullptr));
    CRYPTO_BUFFER* chain = buffer.get();
    const bool taken = SSL_CTX_set_chain_and_key(context.get(), &chain, 1, key.get(), nullptr) == 1;
    ERR_clear_error();
    return taken;
}

bool possible(std::size_t size) { return size != 130 && size != 259 && size != 65'540; }

}  // namespace

TEST_CASE("a decoy has every size from 109 bytes on that a DER value can have", "[tls][swap]") {
    for (std::size_t size = 109; size < 1200; ++size) {
        const auto decoy = decoy_leaf(*kit::ec_key(), size);
        CAPTURE(size);
        REQUIRE(decoy.has_value() == possible(size));
        if (!decoy) continue;
        CHECK(decoy->size() == size);
        if (size < 300) CHECK(boringssl_takes(*decoy, kit::ec_key()));
    }
    for (std::size_t size = 65'400; size < 65'700; ++size)
        CHECK(decoy_leaf(*kit::ec_key(), size).has_value() == possible(size));
}

TEST_CASE("a decoy is taken with every type of key", "[tls][swap]") {
    for (const auto& key : {kit::rsa_key(), kit::make_ec_key(NID_secp521r1), kit::make_ed25519_key()})
        CHECK(boringssl_takes(decoy_leaf(*key, 1000).value(), key));
}

TEST_CASE("there is no decoy that is too small for its key", "[tls][swap]") {
    CHECK_FALSE(decoy_leaf(*kit::ec_key(), 0));
    CHECK_FALSE(decoy_leaf(*kit::ec_key(), 91));
    CHECK_FALSE(decoy_leaf(*kit::rsa_key(), 200));
}

TEST_CASE("the leaf appears where the decoy was", "[tls][swap]") {
    const Bytes leaf(150, 0xee);
    LeafSwap swap;
    REQUIRE(swap.prepare(*kit::ec_key(), leaf));
    const ByteView memory = swap.decoy();
    CHECK_FALSE(std::ranges::equal(memory, leaf));
    swap.swap();
    CHECK(std::ranges::equal(memory, leaf));
    CHECK(swap.decoy().data() == memory.data());
}

TEST_CASE("a swap without a decoy does nothing", "[tls][swap]") {
    LeafSwap swap;
    swap.swap();
    CHECK(swap.decoy().empty());
    CHECK_FALSE(swap.prepare(*kit::ec_key(), Bytes(20)));
}

}  // namespace guise::tls::leaf_swap_test
