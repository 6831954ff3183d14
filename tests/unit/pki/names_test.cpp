#include "pki/names.hpp"

#include "pki/support.hpp"

namespace guise::pki::names_test {
namespace {
std::string encoded(const std::string& list, NameUse use) {
    Problems problems;
    std::string out;
    for (const GeneralName& name : parse_names(test::tree(list), use, problems))
        out += to_hex(encode_name(name));
    return problems.empty() ? out : problems.text();
}
}  // namespace

TEST_CASE("a subject is encoded with the organisation first", "[pki][names]") {
    Problems problems;
    const Subject subject = parse_subject(test::tree("{cn: x, o: z}"), problems);
    CHECK(problems.empty());
    CHECK(to_hex(encode_subject(subject)) ==
          "3018"
          "310a3008060355040a0c017a"
          "310a300806035504030c0178");
    CHECK(to_hex(encode_subject({})) == "3000");
}

TEST_CASE("an unknown attribute of a subject is an error", "[pki][names]") {
    Problems problems;
    (void)parse_subject(test::tree("{cn: x, ou: z}"), problems);
    CHECK(problems.text() == "test.yaml:1:9: expected one of the keys cn, o, found unknown key 'ou'\n");
}

TEST_CASE("names are DNS names or addresses of both families", "[pki][names]") {
    CHECK(encoded("[{dns: a.b}]", NameUse::identity) == "8203612e62");
    CHECK(encoded("[{ip: 127.0.0.1}]", NameUse::identity) == "87047f000001");
    CHECK(encoded("[{ip: \"::1\"}]", NameUse::identity) == "871000000000000000000000000000000001");
}

TEST_CASE("a NUL in a DNS name is kept", "[pki][names]") {
    CHECK(encoded("[{dns: \"a\\0b\"}]", NameUse::identity) == "8203610062");
}

TEST_CASE("a name covers the host that it spells, in small or capital letters", "[pki][names]") {
    CHECK(covers("a.b.test", "a.b.test"));
    CHECK(covers("A.b.TEST", "a.B.test"));
    CHECK_FALSE(covers("a.b.test.", "a.b.test"));
    CHECK_FALSE(covers("b.test", "a.b.test"));
    CHECK_FALSE(covers("x.a.b.test", "a.b.test"));
    CHECK_FALSE(covers(std::string("a.b.test\0", 9), "a.b.test"));
    CHECK_FALSE(covers("", "a"));
}

TEST_CASE("a wildcard covers exactly one label, and is all of the left-most one", "[pki][names]") {
    CHECK(covers("*.b.test", "a.b.test"));
    CHECK(covers("*.B.test", "a.b.TEST"));
    CHECK_FALSE(covers("*.b.test", "b.test"));
    CHECK_FALSE(covers("*.b.test", ".b.test"));
    CHECK_FALSE(covers("*.test", "a.b.test"));
    CHECK_FALSE(covers("*.*.test", "a.b.test"));
    CHECK_FALSE(covers("a*.b.test", "a.b.test"));
    CHECK_FALSE(covers("a.*.test", "a.b.test"));
    CHECK_FALSE(covers("*", "localhost"));
    CHECK_FALSE(covers("*.", "localhost"));
}

TEST_CASE("a subtree's address has a mask", "[pki][names]") {
    CHECK(encoded("[{ip: 10.0.0.0/8}]", NameUse::subtree) == "87080a000000ff000000");
    CHECK(encoded("[{ip: 10.0.0.0/12}]", NameUse::subtree) == "87080a000000fff00000");
    CHECK(encoded("[{ip: 0.0.0.0/0}]", NameUse::subtree) == "87080000000000000000");
    CHECK(encoded("[{directory: {o: z}}]", NameUse::subtree) == "a40e300c310a3008060355040a0c017a");
}

TEST_CASE("what is no name is reported with its place", "[pki][names]") {
    CHECK(encoded("[{ip: 127.0.0}]", NameUse::identity) ==
          "test.yaml:1:7: expected an IP address, found '127.0.0'\n");
    CHECK(encoded("[{ip: 10.0.0.0/33}]", NameUse::subtree) ==
          "test.yaml:1:7: expected a network such as 10.0.0.0/8, found '10.0.0.0/33'\n");
    CHECK(encoded("[{email: a}]", NameUse::identity) ==
          "test.yaml:1:3: expected {dns|ip: text}, found 'email'\n");
    CHECK(encoded("[{directory: {o: z}}]", NameUse::identity) ==
          "test.yaml:1:3: expected {dns|ip: text}, found 'directory'\n");
    CHECK(encoded("[a]", NameUse::identity) == "test.yaml:1:2: expected {dns|ip: text}, found 'a'\n");
    CHECK(encoded("{dns: a}", NameUse::identity) == "test.yaml:1:1: expected a list of names, found a map\n");
}

TEST_CASE("a repeated name is that many names, counted in as many digits as the last", "[pki][names]") {
    Problems problems;
    const auto names = parse_names(test::tree("[{dns: \"n{number}.{number}\", repeat: 10}, {dns: b}]"),
                                   NameUse::identity, problems);
    CHECK(problems.empty());
    REQUIRE(names.size() == 11);
    CHECK(names[0].text == "n01.01");
    CHECK(names[9].text == "n10.10");
    CHECK(names[10].text == "b");
    CHECK(encoded("[{dns: \"{number}\", repeat: 2}]", NameUse::identity) == "820131820132");
}

TEST_CASE("how often a name is repeated has limits", "[pki][names]") {
    CHECK(encoded("[{dns: a, repeat: 0}]", NameUse::identity) ==
          "test.yaml:1:2: expected from 1 to 100000 names, found a map\n");
    CHECK(encoded("[{dns: a, repeat: 100001}]", NameUse::identity)
              .ends_with("expected from 1 to 100000 names, found a map\n"));
    CHECK(encoded("[{ip: 127.0.0.1, repeat: 2}]", NameUse::identity).find("'dns'") != std::string::npos);
}

TEST_CASE("an address is four octets or sixteen, and nothing else is one", "[pki][names]") {
    CHECK(to_hex(address_octets("127.0.0.1").value()) == "7f000001");
    CHECK(to_hex(address_octets("::1").value()) == "00000000000000000000000000000001");
    for (const char* text : {"", "localhost", "127.0.0", "[::1]", "1"}) CHECK_FALSE(address_octets(text));
    CHECK_FALSE(address_octets(std::string("::1\0", 4)));
}

}  // namespace guise::pki::names_test
