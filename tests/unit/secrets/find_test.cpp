#include "secrets/find.hpp"

#include "base/ascii.hpp"
#include "base/bytes.hpp"
#include "pki/base64.hpp"
#include "pki/digest.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace guise::secrets::find_test {
namespace {

const std::string canary = "canary-7f3a9c0e5b1d48266e8fa90314c2d7b5";

std::string found(const std::string& text) { return form_of_secret(text, canary); }
std::string inside(const std::string& text) { return "X-Note: a " + text + " z\r\n"; }

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return text;
}

std::string each(const std::string& text, char (*change)(char)) {
    std::string out = text;
    std::ranges::transform(out, out.begin(), change);
    return out;
}

std::string joined(const std::string& text, const std::string& before, const std::string& after) {
    std::string out;
    for (const char c : text) out += before + c + after;
    return out;
}

std::string percent(const std::string& text) {
    std::string out;
    for (const char c : text) out += "%" + to_hex(as_bytes(std::string_view(&c, 1)));
    return out;
}

TEST_CASE("a secret is found as it is", "[secrets]") {
    CHECK(found(canary) == "as it is");
    CHECK(found("password=" + canary + "&x") == "as it is");
    CHECK(found(inside(upper(canary))) == "in letters of another size");
}

TEST_CASE("a text without the secret holds it in no form", "[secrets]") {
    CHECK(found("").empty());
    CHECK(
        found("GET /api/v1/login?user=guise HTTP/1.1\r\nHost: v1.names.guise.test:443\r\nAccept: */*\r\n\r\n")
            .empty());
    CHECK(found(inside(to_hex(pki::sha256(as_bytes("something else"))))).empty());
    CHECK(found("canary-0123456789abcdef0123456789abcdef").empty());
    CHECK(found(std::string(65'536, 'a')).empty());
    CHECK(found(std::string(65'536, '\0')).empty());
    CHECK(form_of_secret("anything", "").empty());
}

TEST_CASE("a secret is found in base64, whatever stands around it", "[secrets]") {
    const std::string before =
        GENERATE(as<std::string>{}, "", "u", "us", "guise:", std::string("\0guise\0", 7), "a:b:c:d");
    const std::string after = GENERATE(as<std::string>{}, "", ".", "..", "...");
    const std::string text =
        "Authorization: Basic " + pki::to_base64(as_bytes(before + canary + after)) + "\r\n";
    CHECK(found(text) == "in base64");
    CHECK(holds_login_secret(text, canary));
    CHECK_FALSE(holds_login_secret(
        pki::to_base64(as_bytes(before + canary.substr(0, canary.size() - 1) + after)), canary));
}

TEST_CASE("a secret is found in the alphabet for addresses", "[secrets]") {
    const std::string secret = "?~>?~>?~>?~>";
    REQUIRE(pki::to_base64(as_bytes(secret)) == "P34+P34+P34+P34+");
    CHECK(form_of_secret("P34+P34+P34+P34+", secret) == "in base64");
    CHECK(form_of_secret("P34-P34-P34-P34-", secret) == "in base64");
}

TEST_CASE("short secrets are not guessed at", "[secrets]") {
    CHECK(form_of_secret("abc", "b") == "as it is");
    CHECK(form_of_secret("YWJj", "abc").empty());
    CHECK(form_of_secret(to_hex(as_bytes("password")), "password").empty());
    CHECK_FALSE(holds_login_secret("YWJj", "abc"));
    CHECK_FALSE(holds_login_secret("anything", ""));
}

TEST_CASE("a secret is found in hexadecimal digits of either case, with and without separators",
          "[secrets]") {
    const std::string digits = to_hex(as_bytes(canary));
    CHECK(found(inside(digits)) == "in hexadecimal digits");
    CHECK(found(inside(upper(digits))) == "in hexadecimal digits");
    CHECK(found(inside(to_hex(as_bytes(canary), ":"))) == "in hexadecimal digits");
}

TEST_CASE("a secret is found escaped", "[secrets]") {
    CHECK(found(inside(percent(canary))) == "percent-encoded");
    CHECK(found("q=%63anary-" + canary.substr(7)) == "percent-encoded");
    std::string decimal, hexadecimal;
    for (const char c : canary) {
        decimal += "&#" + std::to_string(static_cast<int>(c)) + ";";
        hexadecimal += "&#x" + to_hex(as_bytes(std::string_view(&c, 1))) + ";";
    }
    CHECK(found(inside(decimal)) == "as HTML references");
    CHECK(found(inside(hexadecimal)) == "as HTML references");
    CHECK(found(inside(percent(to_hex(as_bytes(canary))))) == "in hexadecimal digits, percent-encoded");
}

TEST_CASE("a secret is found from its end, and with others' characters between", "[secrets]") {
    CHECK(found(inside(std::string(canary.rbegin(), canary.rend()))) == "reversed");
    CHECK(found(inside(joined(canary, "", " "))) == "with other characters between");
    CHECK(found(inside(joined(canary, "", "\r\nX-Next: ").substr(0, 20) + joined(canary, "<", ">"))) ==
          "with other characters between");
}

TEST_CASE("a secret is found in UTF-16 and UTF-32", "[secrets]") {
    CHECK(found(joined(canary, "", std::string(1, '\0'))) == "as UTF-16");
    CHECK(found(joined(canary, std::string(1, '\0'), "")) == "as UTF-16");
    CHECK(found(joined(canary, std::string(3, '\0'), "")) == "as UTF-16");
}

TEST_CASE("a part of a secret is found, wherever it was cut", "[secrets]") {
    const std::size_t half = canary.size() / 2;
    CHECK(found("X-A: " + canary.substr(0, half) + "\r\nX-B: " + canary.substr(half) + "\r\n") == "in part");
    CHECK(found(inside(canary.substr(half))) == "in part");
    CHECK(found(inside(canary.substr(7, 12))) == "in part");
    CHECK(found(inside(canary.substr(7, 11))).empty());
    CHECK(found(inside(canary.substr(0, 16))).empty());
}

TEST_CASE("a secret is found under an exclusive or with any octet", "[secrets]") {
    for (int key = 1; key < 256; ++key) {
        std::string text = canary;
        for (char& c : text) c = static_cast<char>(c ^ key);
        INFO("key " << key);
        const std::string form = found(inside(text));
        CHECK((form == "under an exclusive or" || form == "in letters of another size"));
    }
}

TEST_CASE("a secret is found rotated", "[secrets]") {
    const auto rot13 = [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>('a' + (c - 'a' + 13) % 26) : c;
    };
    const auto rot18 = [](char c) {
        if (c >= '0' && c <= '9') return static_cast<char>('0' + (c - '0' + 5) % 10);
        return c >= 'a' && c <= 'z' ? static_cast<char>('a' + (c - 'a' + 13) % 26) : c;
    };
    const auto rot47 = [](char c) { return static_cast<char>('!' + (c - '!' + 47) % 94); };
    CHECK(found(inside(each(canary, rot13))) == "rotated");
    CHECK(found(inside(upper(each(canary, rot13)))) == "rotated");
    CHECK(found(inside(each(canary, rot18))) == "rotated");
    CHECK(found(inside(each(canary, rot47))) == "rotated");
}

TEST_CASE("a digest of the secret is found in each of its spellings", "[secrets]") {
    using Digest = Bytes (*)(ByteView);
    const auto [name, digest] = GENERATE(table<std::string, Digest>(
        {{"as its MD5", &pki::md5}, {"as its SHA-1", &pki::sha1}, {"as its SHA-256", &pki::sha256}}));
    const Bytes value = digest(as_bytes(canary));
    CHECK(found(inside(to_hex(value))) == name);
    CHECK(found(inside(upper(to_hex(value)))) == name);
    CHECK(found(inside(pki::to_base64(value))) == name);
    CHECK(found(std::string(as_text(value))) == name);
    CHECK(found("user=\"guise\", x=" + to_hex(digest(as_bytes("guise:" + canary)))) == name + " with guise");
    CHECK(found("user=\"guise\", realm=\"home\", x=" + to_hex(digest(as_bytes("guise:home:" + canary)))) ==
          name + " with guise and home");
}

TEST_CASE("a secret is found in what is packed", "[secrets]") {
    const std::string known =
        "canary-0123456789abcdef0123456789abcdef";  // in `password=…&x`, packed by others
    const auto [form, packed] = GENERATE(table<std::string, std::string>(
        {{"packed by brotli",
          "1b3100f8c5ea46ad5dbb99c71fb4b00e519048432491aa06a8c26d771cdccfa21662caa5360c9f6b8b1e"},
         {"packed by gzip",
          "1f8b08000000000000032b482c2e2ecf2f4ab14d4ecc4b2caad43530343236313533b7b04c4c4a4e494d43"
          "e7ab5500000d36e99d32000000"},
         {"packed by zlib",
          "789c2b482c2e2ecf2f4ab14d4ecc4b2caad43530343236313533b7b04c4c4a4e494d43e7ab550000a79c0fbe"},
         {"packed by deflate",
          "2b482c2e2ecf2f4ab14d4ecc4b2caad43530343236313533b7b04c4c4a4e494d43e7ab550000"}}));
    const std::string body(as_text(from_hex(packed).value()));
    CHECK(form_of_secret(body, known) == form);
    CHECK(form_of_secret("POST / HTTP/1.1\r\nContent-Length: 50\r\n\r\n" + body, known) == form);
}

}  // namespace
}  // namespace guise::secrets::find_test
