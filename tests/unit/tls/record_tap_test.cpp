#include "tls/record_tap.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace guise::tls::record_tap_test {
namespace {

struct Read {
    Bytes all;  // what the pieces hold together
    std::vector<RecordHeader> records;
    std::vector<Bytes> alerts;
    Bytes noise;
};

void read_on(RecordTap& tap, ByteView input, Read& out) {
    while (const auto piece = tap.next(input)) {
        out.all.insert(out.all.end(), piece->bytes.begin(), piece->bytes.end());
        if (piece->kind == Piece::Kind::header) out.records.push_back(piece->record);
        if (piece->kind == Piece::Kind::alert)
            out.alerts.emplace_back(piece->bytes.begin(), piece->bytes.end());
        if (piece->kind == Piece::Kind::noise)
            out.noise.insert(out.noise.end(), piece->bytes.begin(), piece->bytes.end());
    }
}

Read read_in_cuts(ByteView input, std::size_t cut) {
    RecordTap tap;
    Read out;
    for (; !input.empty(); input = input.subspan(std::min(cut, input.size())))
        read_on(tap, input.first(std::min(cut, input.size())), out);
    out.all.insert(out.all.end(), tap.held().begin(), tap.held().end());
    return out;
}

// A handshake record of four bytes, a clear alert, an encrypted alert of three, an empty record.
const Bytes stream = *from_hex(
    "1603010004"
    "01020304"
    "1503030002"
    "0230"
    "1503030003"
    "aabbcc"
    "1703030000");

}  // namespace

TEST_CASE("the tap reads the same records in any cut", "[tls][tap]") {
    for (std::size_t cut = 1; cut <= stream.size(); ++cut) {
        const Read read = read_in_cuts(stream, cut);
        CHECK(read.all == stream);
        REQUIRE(read.records.size() == 3);
        CHECK(read.records[0].type == 22);
        CHECK(read.records[0].version == 0x0301);
        CHECK(read.records[0].length == 4);
        CHECK(read.records[1].length == 3);
        CHECK(read.records[2].type == 23);
        REQUIRE(read.alerts.size() == 1);
        CHECK(to_hex(read.alerts[0]) == "15030300020230");
        CHECK(read.noise.empty());
    }
}

TEST_CASE("no byte of a clear alert leaves the tap before the whole of it", "[tls][tap]") {
    RecordTap tap;
    const Bytes alert = *from_hex("15030300020230");
    for (std::size_t i = 0; i + 1 < alert.size(); ++i) {
        ByteView byte = ByteView(alert).subspan(i, 1);
        CHECK_FALSE(tap.next(byte));
        CHECK(tap.held().size() == i + 1);
    }
    ByteView last = ByteView(alert).last(1);
    const auto piece = tap.next(last);
    REQUIRE(piece);
    CHECK(piece->kind == Piece::Kind::alert);
    CHECK(tap.held().empty());
}

TEST_CASE("what is no record is noise from its first byte on", "[tls][tap]") {
    const std::string text = "GET / HTTP/1.1\r\n\r\n";
    CHECK(as_text(read_in_cuts(as_bytes(text), 1).noise) == text);
    CHECK(to_hex(read_in_cuts(*from_hex("1602"), 1).noise) == "1602");              // SSL 2 is not 3
    CHECK(to_hex(read_in_cuts(*from_hex("160305"), 1).noise) == "160305");          // no such version
    CHECK(to_hex(read_in_cuts(*from_hex("160301ffff"), 1).noise) == "160301ffff");  // longer than allowed
}

TEST_CASE("noise after a record does not look like records again", "[tls][tap]") {
    Bytes input = *from_hex(
        "160301000101"
        "00");
    input.insert(input.end(), stream.begin(), stream.end());
    const Read read = read_in_cuts(input, 3);
    CHECK(read.records.size() == 1);
    CHECK(read.alerts.empty());
    CHECK(read.all == input);
}

TEST_CASE("the tap loses no byte of any input", "[tls][tap]") {
    std::mt19937 random(1);
    for (int round = 0; round < 2000; ++round) {
        Bytes input(random() % 64);
        for (auto& byte : input) byte = static_cast<std::uint8_t>(random());
        if (input.size() > 2 && round % 2) input[0] = 21 + random() % 3, input[1] = 3, input[2] = 3;
        CHECK(read_in_cuts(input, 1 + random() % 9).all == input);
    }
}

}  // namespace guise::tls::record_tap_test
