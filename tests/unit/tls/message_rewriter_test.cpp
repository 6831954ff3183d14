#include "tls/message_rewriter.hpp"

#include "tls/message_edit.hpp"
#include "tls/messages.hpp"
#include "tls/record_tap.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::tls::message_rewriter_test {
namespace {

Bytes octets(std::string_view hex) { return from_hex(hex).value(); }

Bytes server_hello(std::string_view random_end = "7777777777777777") {
    return message_of(server_hello_message, octets("0303" + std::string(48, '7') + std::string(random_end) +
                                                   "00c02b000005ff01000100"));
}

// A Certificate message of TLS 1.2 or 1.3 with one entry of `size` bytes.
Bytes certificate(std::size_t size, bool tls13) {
    Bytes body(tls13 ? 1 : 0, 0);
    const std::size_t entry = size + (tls13 ? 5 : 3);
    for (const std::size_t length : {entry, size})
        body.insert(body.end(),
                    {0, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    body.resize(body.size() + size, 0xCC);
    if (tls13) body.insert(body.end(), {0, 0});
    return message_of(certificate_message, body);
}

Bytes key_exchange(std::size_t signature) {
    Bytes body = octets("03001d02aabb0403");
    body.insert(body.end(),
                {static_cast<std::uint8_t>(signature >> 8), static_cast<std::uint8_t>(signature)});
    body.resize(body.size() + signature, 0xDD);
    return message_of(server_key_exchange_message, body);
}

std::vector<Bytes> tls12_flight(std::size_t leaf, std::size_t signature = hidden_signature_size) {
    return {server_hello(), certificate(leaf, false), key_exchange(signature),
            message_of(server_hello_done_message, {})};
}

std::vector<Bytes> tls13_flight(std::size_t leaf) {
    return {server_hello(), message_of(encrypted_extensions_message, octets("0000")), certificate(leaf, true),
            message_of(certificate_verify_message, octets("0403000155")),
            message_of(finished_message, Bytes(32, 8))};
}

struct Rewritten {
    std::vector<Record> sent;
    Bytes hashed;
    MessageRewriter rewriter;
};

Rewritten rewrite(const Mutation& mutation, std::vector<Bytes> flight, bool tls13,
                  std::optional<std::uint16_t> scheme = {}) {
    Rewritten out{{}, {}, MessageRewriter(mutation, scheme)};
    for (Bytes& message : flight) {
        const std::size_t size = message.size();
        for (Record& record : out.rewriter.take(message, tls13)) out.sent.push_back(std::move(record));
        REQUIRE(message.size() == size);
        out.hashed.insert(out.hashed.end(), message.begin(), message.end());
    }
    return out;
}

Bytes handshake_of(const std::vector<Record>& records) {
    Bytes out;
    for (const Record& record : records)
        if (record.type == handshake_record) out.insert(out.end(), record.body.begin(), record.body.end());
    return out;
}

std::vector<int> types_of(const std::vector<Record>& records) {
    std::vector<int> out;
    for (const Record& record : records)
        out.push_back(record.type == handshake_record ? record.body[0] : -record.type);
    return out;
}

}  // namespace

TEST_CASE("a handshake without a mutation stays as it is", "[tls][rewriter]") {
    for (const auto& [flight, tls13] :
         {std::pair(tls12_flight(300), false), std::pair(tls13_flight(300), true)}) {
        const Rewritten out = rewrite({}, flight, tls13);
        CHECK(handshake_of(out.sent) == out.hashed);
        CHECK(out.sent.size() == flight.size());
        CHECK(out.rewriter.trouble().empty());
    }
}

TEST_CASE("what is hashed is what is sent, wherever lengths change", "[tls][rewriter]") {
    const auto kind =
        GENERATE(MutationKind::corrupted_finished, MutationKind::empty_certificate, MutationKind::extension,
                 MutationKind::no_certificate, MutationKind::early_cipher_change, MutationKind::heartbeat);
    const bool tls13 = GENERATE(false, true);
    CAPTURE(word(kind), tls13);
    if (tls13 && kind >= MutationKind::no_certificate && kind <= MutationKind::heartbeat) return;
    Mutation mutation{kind};
    std::vector<Bytes> flight = tls13 ? tls13_flight(hidden_leaf_size) : tls12_flight(hidden_leaf_size);
    if (kind == MutationKind::extension) {  // the one entry is the room for it
        mutation.octets = octets("fade000401020304");
        const std::size_t room = mutation.octets.size() - (tls13 ? 5 : 3);
        flight[tls13 ? 2 : 1] = certificate(room, tls13);
    }
    // TLS 1.2 has its Finished later, after the client's.
    if (!tls13) flight.push_back(message_of(finished_message, Bytes(12, 8)));
    const Rewritten out = rewrite(mutation, flight, tls13);
    CHECK(out.rewriter.trouble().empty());
    CHECK(out.rewriter.shown());
    CHECK(handshake_of(out.sent) == out.hashed);
}

TEST_CASE("each message of a rewritten handshake is well-formed", "[tls][rewriter]") {
    const Rewritten none = rewrite({MutationKind::no_certificate}, tls12_flight(hidden_leaf_size), false);
    CHECK(types_of(none.sent) == std::vector<int>{2, 12, 14});
    CHECK(cipher_of_server_hello(none.sent[0].body) == 0xC018);
    CHECK(none.sent[1].body == octets("0c00000603001d02aabb"));
    const Rewritten empty = rewrite({MutationKind::empty_certificate}, tls13_flight(hidden_leaf_size), true);
    CHECK(types_of(empty.sent) == std::vector<int>{2, 8, 11, 15, 20});
    CHECK(empty.sent[2].body == empty_certificate(true));
    for (const Record& record : empty.sent)
        CHECK(record.body.size() == 4U + (record.body[1] << 16 | record.body[2] << 8 | record.body[3]));
}

TEST_CASE("only the last bit of Finished is flipped", "[tls][rewriter]") {
    const Rewritten out = rewrite({MutationKind::corrupted_finished}, tls13_flight(300), true);
    Bytes expected = message_of(finished_message, Bytes(32, 8));
    expected.back() = 9;
    CHECK(out.sent.back().body == expected);
    CHECK(out.sent[3].body == tls13_flight(300)[3]);
}

TEST_CASE("records that are no handshake are put after the ServerHello", "[tls][rewriter]") {
    const Rewritten change = rewrite({MutationKind::early_cipher_change}, tls12_flight(300), false);
    CHECK(types_of(change.sent) == std::vector<int>{2, -20, 11, 12, 14});
    CHECK(change.sent[1].body == Bytes{1});
    const Rewritten heartbeat = rewrite({MutationKind::heartbeat}, tls12_flight(300), false);
    CHECK(types_of(heartbeat.sent) == std::vector<int>{2, -24, 11, 12, 14});
    CHECK(heartbeat.sent[1].body == octets("014000"));
}

TEST_CASE("a server stops after the message that it was told", "[tls][rewriter]") {
    for (const auto kind : {MutationKind::stall, MutationKind::reset, MutationKind::close}) {
        const auto types = [&](Milestone after, bool tls13) {
            const Rewritten out =
                rewrite({kind, {}, after}, tls13 ? tls13_flight(300) : tls12_flight(300), tls13);
            CHECK(out.rewriter.stopped());
            CHECK(out.rewriter.shown());
            return types_of(out.sent);
        };
        CHECK(types(Milestone::server_hello, false) == std::vector<int>{2});
        CHECK(types(Milestone::certificate, false) == std::vector<int>{2, 11});
        CHECK(types(Milestone::proof, false) == std::vector<int>{2, 11, 12});
        CHECK(types(Milestone::proof, true) == std::vector<int>{2, 8, 11, 15});
    }
}

TEST_CASE("the scheme of the handshake's signature is what it is said to be", "[tls][rewriter]") {
    const Rewritten modern = rewrite({}, tls13_flight(300), true, 0x0103);
    CHECK(modern.sent[3].body == octets("0f0000050103000155"));
    CHECK(modern.rewriter.shown());
    const Rewritten old = rewrite({}, tls12_flight(300), false, 0x0103);
    CHECK(to_hex(ByteView(old.sent[2].body).subspan(10, 2)) == "0103");
}

TEST_CASE("a ServerHello without the mark is no downgrade", "[tls][rewriter]") {
    const Mutation mutation{MutationKind::downgrade};
    CHECK(rewrite(mutation, {server_hello("444f574e47524401")}, false).rewriter.shown());
    const Rewritten without = rewrite(mutation, {server_hello()}, false);
    CHECK_FALSE(without.rewriter.shown());
    CHECK_FALSE(without.rewriter.trouble().empty());
}

TEST_CASE("a client that takes no compressed certificate is not shown a broken one", "[tls][rewriter]") {
    const Rewritten plain = rewrite({MutationKind::compressed_bomb}, tls13_flight(300), true);
    CHECK(plain.rewriter.unfit());
    CHECK_FALSE(plain.rewriter.shown());
    const Rewritten good = rewrite({MutationKind::compressed}, tls13_flight(300), true);
    CHECK(good.rewriter.shown());
    const Bytes compressed = message_of(compressed_certificate_message, octets("0001000200000001aa"));
    const Rewritten longer = rewrite({MutationKind::compressed_too_long}, {compressed}, true);
    CHECK(longer.sent[0].body == message_of(compressed_certificate_message, octets("00010001ff000001aa")));
}

TEST_CASE("what TLS 1.3 has no place for is told", "[tls][rewriter]") {
    for (const auto kind :
         {MutationKind::no_certificate, MutationKind::heartbeat, MutationKind::early_cipher_change})
        CHECK_FALSE(rewrite({kind}, tls13_flight(hidden_leaf_size), true).rewriter.trouble().empty());
}

TEST_CASE("a chain without the room that a mutation needs is told", "[tls][rewriter]") {
    const Mutation extension{MutationKind::extension, octets("fade000401020304")};
    const Rewritten out = rewrite(extension, tls13_flight(300), true);
    CHECK_FALSE(out.rewriter.trouble().empty());
    CHECK_FALSE(out.rewriter.unfit());
}

}  // namespace guise::tls::message_rewriter_test
