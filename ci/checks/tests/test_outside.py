"""Is input found that goes past the helpers that bound it?"""

import outside
import pytest


def found(tree, text, path="harness/report/a.cpp"):
    tree.write(path, f"// one line\nauto value = {text};\n")
    return tree.findings(outside.check)


@pytest.mark.parametrize(
    "call",
    ["json::parse(text)", "nlohmann::json::parse(text, nullptr, false)", "ordered_json::parse(text)",
     "Json::parse(text)", "json::accept(text)", "json::sax_parse(text, &sax)", "json::from_cbor(bytes)"],
)
def test_a_parser_of_json_besides_the_helper_is_found(tree, call):
    assert found(tree, call) == [
        f"harness/report/a.cpp:2: must not use {call.split('(')[0].split('nlohmann::')[-1]}: "
        "JSON is parsed by parse_json, which bounds it (harness/base/bounded_json.cpp)"
    ]


@pytest.mark.parametrize("call", ["std::ifstream(file)", "std::fstream(file)", "std::regex(text)",
                                  "std::regex_search(text, pattern)", "std::wregex(text)"])
def test_a_file_stream_and_a_regular_expression_of_the_standard_library_are_found(tree, call):
    assert [each.split(": ")[1] for each in found(tree, call)] == [f"must not use {call.split('(')[0]}"]


def test_a_stream_that_writes_or_reads_no_file_passes(tree):
    assert found(tree, "std::ofstream(file) << std::istringstream(text).str()") == []


def test_boost_regex_is_included_by_its_home_alone(tree):
    assert found(tree, "1", "harness/base/pattern.cpp") == []
    tree.write("harness/base/pattern.cpp", "#include <boost/regex.hpp>\n")
    assert tree.findings(outside.check) == []
    tree.write("harness/docs/a.cpp", "\n#include <boost/regex.hpp>\n")
    assert tree.findings(outside.check) == [
        "harness/docs/a.cpp:2: must not include boost/regex: harness/base/pattern.cpp bounds it"]


@pytest.mark.parametrize("call", ["parse_json<json>(text)", "json::parse_error()", "json::array()", "parse(text)"])
def test_the_helper_and_other_names_pass(tree, call):
    assert found(tree, call) == []


def test_a_comment_and_a_string_pass(tree):
    tree.write("harness/report/a.cpp", '// json::parse(text)\nauto text = "json::parse(text)";\n')
    assert tree.findings(outside.check) == []


@pytest.mark.parametrize("path", ["harness/base/bounded_json.cpp", "harness/cpp/guise/server.hpp", "tests/unit/a.cpp"])
def test_the_helper_itself_the_fixture_and_tests_pass(tree, path):
    tree.write("harness/report/b.cpp", "\n")
    assert found(tree, "json::parse(text)", path) == []
