#include "pki/plan.hpp"

#include "pki/support.hpp"

namespace guise::pki::plan_test {

using std::chrono::days;
using test::repository;

namespace {

using Faults = std::map<Fault, Level>;

Chain described(const Present& present, std::chrono::seconds age = {}) {
    return Mint::describe(repository(), present, {"root"}, age).value();
}
std::string problem(const Present& present) {
    return test::problems(Mint::describe(repository(), present, {"root"}));
}
Present with_defect(const std::string& name, std::optional<Position> at = {},
                    const std::map<std::string, std::string>& parameters = {}) {
    return {.leaf = test::leaf_for(name, at),
            .defects = {{.name = name, .at = at, .parameters = parameters}}};
}

}  // namespace

TEST_CASE("a good chain has no faults, and an unknown or absent issuer is one", "[pki][plan]") {
    CHECK(described({.leaf = "leaf"}).faults.empty());
    CHECK(described({.leaf = "root-leaf"}).faults.empty());
    CHECK(described({.leaf = "self-signed"}).faults == Faults{{Fault::unknown_issuer, Level::must}});
    CHECK(described({.leaf = "private-leaf"}).faults == Faults{{Fault::unknown_issuer, Level::must}});
    CHECK(Mint::describe(repository(), {.leaf = "self-signed"}, {"root", "self-signed"})
              .value()
              .faults.empty());
}

TEST_CASE("a leaf without the host's name has the wrong one", "[pki][plan]") {
    const Faults both{{Fault::unknown_issuer, Level::must}, {Fault::wrong_name, Level::must}};
    CHECK(described({.leaf = "generated"}).faults == both);
}

TEST_CASE("a declared fault has the defect's level at its position", "[pki][plan]") {
    CHECK(described(with_defect("expired")).faults == Faults{{Fault::expired, Level::must}});
    CHECK(described(with_defect("expired", Position::root)).faults == Faults{{Fault::expired, Level::may}});
    CHECK(described(with_defect("missing-intermediate")).faults ==
          Faults{{Fault::unknown_issuer, Level::should}});
}

TEST_CASE("every defect of the repository shows the faults that it declares", "[pki][plan]") {
    for (const auto& [name, defect] : repository().defects) {
        INFO(name);
        for (const auto& [position, level] : defect.level) {
            const Chain chain = described(with_defect(name, position));
            CHECK_FALSE(chain.computed_missing);
            CHECK(chain.stage == defect.stage);
            Faults declared;
            for (const Fault fault : defect.faults) declared[fault] = level;
            CHECK(chain.faults == declared);
        }
    }
}

TEST_CASE("a name that is the host's in capitals or by a wildcard of one label is right", "[pki][plan]") {
    const auto names = [](const std::string& list) {
        return described({.leaf = "leaf", .with = test::tree("{names: " + list + "}")}).faults;
    };
    const Faults wrong{{Fault::wrong_name, Level::must}};
    CHECK(names("[{dns: \"{host-upper}\"}]").empty());
    CHECK(names("[{dns: \"*.{parent}\"}]").empty());
    CHECK(names("[{dns: \"*.{grandparent}\"}]") == wrong);
    CHECK(names("[{dns: \"{parent}\"}]") == wrong);
    CHECK(names("[{dns: \"{host}.\"}]") == wrong);
    CHECK(names("[{dns: host.guise.test}]") == wrong);
    CHECK(names("[{ip: \"{address}\"}]") == wrong);
}

TEST_CASE("a defect may bring along another issuer, and the path above it", "[pki][plan]") {
    const Chain chain = described({.leaf = "leaf", .defects = {{.name = "leaf-as-ca"}}});
    REQUIRE(chain.path.size() == 3);
    CHECK(chain.path[1].recipe == "end-entity");
    CHECK(chain.path[1].position == Position::intermediate);
    CHECK(chain.path[2].position == Position::root);
    CHECK(chain.faults == Faults{{Fault::not_a_ca, Level::must}});
}

TEST_CASE("what else is wrong sits on the path of the other issuer", "[pki][plan]") {
    for (const char* first : {"expired", "leaf-as-ca"}) {
        const std::string second = first == std::string("expired") ? "leaf-as-ca" : "expired";
        Present present{.leaf = "leaf", .defects = {{.name = first}, {.name = second}}};
        for (DefectUse& use : present.defects)
            if (use.name == "expired") use.at = Position::intermediate;
        CHECK(described(present).faults ==
              Faults{{Fault::expired, Level::must}, {Fault::not_a_ca, Level::must}});
    }
}

TEST_CASE("a defect that does not do what it declares is noticed", "[pki][plan]") {
    CHECK(described(with_defect("wrong-name", {}, {{"name", "{host}"}})).computed_missing ==
          Fault::wrong_name);
}

TEST_CASE("faults of the dates come and go with the age of the chain", "[pki][plan]") {
    const Present present{.leaf = "leaf", .with = test::tree("{valid: {to: +1d}}")};
    CHECK(described(present, days(1)).faults.empty());
    CHECK(described(present, days(1) + std::chrono::seconds(1)).faults ==
          Faults{{Fault::expired, Level::must}});
    CHECK(described(with_defect("not-yet-valid", {}, {{"in", "2d"}}), days(3)).computed_missing ==
          Fault::not_yet_valid);
}

TEST_CASE("several defects add up", "[pki][plan]") {
    const Present present{.leaf = "leaf", .defects = {{.name = "expired"}, {.name = "wrong-name"}}};
    CHECK(described(present).faults ==
          Faults{{Fault::expired, Level::must}, {Fault::wrong_name, Level::must}});
}

TEST_CASE("a patch may name another issuer", "[pki][plan]") {
    const Chain chain = described({.leaf = "leaf", .with = test::tree("{issuer: private-root}")});
    CHECK(chain.path.size() == 2);
    CHECK(chain.path.back().recipe == "private-root");
    CHECK(chain.path.back().position == Position::root);
    CHECK(chain.faults == Faults{{Fault::unknown_issuer, Level::must}});
}

TEST_CASE("what does not fit is reported with the place of the request", "[pki][plan]") {
    Present present{.leaf = "leaf", .where = {"s.yaml", 4, 5}};
    CHECK(problem({.leaf = "laef", .where = {"s.yaml", 3, 2}}) ==
          "s.yaml:3:2: expected a recipe, found 'laef'\n");
    present.defects = {{.name = "expird", .where = {"s.yaml", 5, 6}}};
    CHECK(problem(present) == "s.yaml:5:6: expected a defect, found 'expird'\n");
    present.defects = {{.name = "ca-false", .at = Position::leaf, .where = {"s.yaml", 5, 6}}};
    CHECK(problem(present) ==
          "s.yaml:5:6: expected a position of the defect ca-false: intermediate, found 'leaf'\n");
    present.defects = {{.name = "expired", .parameters = {{"since", "1d"}}, .where = {"s.yaml", 5, 6}}};
    CHECK(problem(present) == "s.yaml:5:6: expected a parameter of the defect expired, found 'since'\n");
    CHECK(problem({.leaf = "root-leaf", .defects = {{.name = "ca-false", .where = {"s.yaml", 5, 6}}}}) ==
          "s.yaml:5:6: expected a position in the chain of root-leaf, found 'intermediate'\n");
}

TEST_CASE("what a patch or a parameter makes wrong is reported", "[pki][plan]") {
    CHECK(problem({.leaf = "leaf", .with = test::tree("{valid: {till: 1d}}")}) ==
          "test.yaml:1:10: expected one of the keys from, to, found unknown key 'till'\n");
    CHECK(problem({.leaf = "leaf", .with = test::tree("[x]")}) ==
          "test.yaml:1:1: expected a map, the patch of a recipe, found a list\n");
    CHECK(problem({.leaf = "leaf", .with = test::tree("{issuer: nobody}")}) ==
          "test.yaml:1:10: expected an issuer, which is a recipe or self, found 'nobody'\n");
    CHECK(problem({.leaf = "leaf", .with = test::tree("{signature: rsa-sha1}")}) ==
          "test.yaml:1:13: expected a signature that a p256 key can make, found 'rsa-sha1'\n");
    CHECK(problem(with_defect("expired", {}, {{"ago", "long"}}))
              .ends_with("expected a time such as -1d, +30d, 12h or 5s, found '-long'\n"));
}

TEST_CASE("an address as the host wants exactly that address", "[pki][plan]") {
    const auto faults = [](const char* leaf, HostKind host, const std::vector<DefectUse>& defects = {}) {
        return described({.leaf = leaf, .defects = defects, .host = host}).faults;
    };
    const Faults wrong{{Fault::wrong_name, Level::must}};
    for (const HostKind host : {HostKind::ipv4, HostKind::ipv6}) {
        CHECK(faults("ip-leaf", host).empty());
        CHECK(faults("ip-leaf", host, {{.name = "other-address"}}) == wrong);
        CHECK(faults("ip-leaf", host, {{.name = "ip-as-dns-name"}}) == wrong);
        CHECK(faults("ip-leaf", host, {{.name = "address-cn"}}) == wrong);
    }
    CHECK(faults("ip-leaf", HostKind::name) == wrong);
}

TEST_CASE("a chain leads to an anchor over what is sent, whatever the order", "[pki][plan]") {
    const auto faults = [](const char* leaf, const std::string& send) {
        Problems problems;
        return described({.leaf = leaf, .send = parse_sending(test::tree(send), problems)}).faults;
    };
    const Faults unknown{{Fault::unknown_issuer, Level::must}};
    CHECK(faults("deep-leaf", "[leaf, intermediates-reversed]").empty());
    CHECK(faults("deep-leaf", "[leaf, leaf, issuer, {recipe: upper-intermediate}]").empty());
    CHECK(faults("deep-leaf", "[leaf, issuer]") == unknown);
    CHECK(faults("leaf", "[leaf, root]") == unknown);
    CHECK(faults("private-leaf", "[leaf, root]") == unknown);
}

TEST_CASE("a certificate of the issuer's name and key will do in its place", "[pki][plan]") {
    const auto faults = [](const std::string& send) {
        Problems problems;
        return described({.leaf = "crossed-leaf", .send = parse_sending(test::tree(send), problems)}).faults;
    };
    CHECK(faults("[leaf, {recipe: stranger-crossed-intermediate}, issuer]").empty());
    CHECK(faults("[leaf, {recipe: expired-crossed-intermediate}]").empty());  // its dates are not looked at
    CHECK(faults("[leaf, {recipe: stranger-crossed-intermediate}]") ==
          Faults{{Fault::unknown_issuer, Level::must}});
    CHECK(faults("[leaf, {recipe: private-intermediate}]") == Faults{{Fault::unknown_issuer, Level::must}});
}

TEST_CASE("what is sent besides the chain exists", "[pki][plan]") {
    const Present present{.leaf = "leaf",
                          .send = {{Part::leaf, {}, {}, {}}, {std::nullopt, "nothing", {}, {}}}};
    CHECK(problem(present) == "expected a recipe, found 'nothing'\n");
}

TEST_CASE("what is said of a certificate binds nobody who has not asked", "[pki][plan]") {
    Present present{.leaf = "checked-leaf", .defects = {{.name = "staple-revoked"}}};
    CHECK(make_plan(repository(), present)->declared == std::map{std::pair(Fault::revoked, Level::must)});
    present.unasked = true;
    CHECK(make_plan(repository(), present)->declared == std::map{std::pair(Fault::revoked, Level::may)});
    present.defects = {{.name = "expired"}};
    CHECK(make_plan(repository(), present)->declared == std::map{std::pair(Fault::expired, Level::must)});
}

TEST_CASE("a signer that is no recipe is reported", "[pki][plan]") {
    const Present present{.leaf = "checked-leaf", .with = test::tree("{staple: {signer: nobody}}")};
    CHECK(test::problems(make_plan(repository(), present)) ==
          "test.yaml:1:19: expected issuer or a recipe as `signer`, found 'nobody'\n");
}

}  // namespace guise::pki::plan_test
