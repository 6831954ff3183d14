"""Are functions found where they start, and measured to where they end?"""

import cpp
import pytest


def measured(text: str) -> list[tuple[str, int, int]]:
    return [(function.name, function.first, function.lines) for function in cpp.functions(text)]


def test_a_function_is_measured_from_its_head_to_its_last_brace():
    assert measured("namespace a {\n\nint f(int x,\n      int y) {\n    return x;\n}\n}\n") == [("f", 3, 4)]


def test_blocks_and_lambdas_belong_to_the_function_that_holds_them():
    text = "void f() {\n    if (a) {\n        b();\n    }\n    run([] {\n        c();\n    });\n}\n"
    assert measured(text) == [("f", 1, 8)]


def test_members_are_found_and_the_class_is_none():
    text = "class A final : public B {\n public:\n    void f() const {\n        g();\n    }\n\n private:\n    int x_{};\n    int h() { return 1; }\n};\n"
    assert measured(text) == [("f", 3, 3), ("h", 9, 1)]


def test_a_constructor_with_initialisers_in_braces_is_one_function():
    assert measured("A::A(int x) : x_{x}, y_(x) {\n    f();\n}\n") == [("A::A", 1, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "enum class E { a, b };\n",
        "constexpr int table[] = {\n    f(1),\n};\n",
        "struct A {\n    int x = 0;\n};\n",
        "extern \"C\" {\nvoid f();\n}\n",
        "using F = std::function<void(int)>;\nF f{};\n",
        "// void f() {\n// }\n",
        "/* void f() {\n} */\n",
        "#define F() {\n",
    ],
)
def test_what_is_no_function_is_not_measured(text):
    assert measured(text) == []


@pytest.mark.parametrize("literal", ['"{"', "'{'", 'R"({)"', 'R"x({)")x"', '"\\"{"', "1'000"])
def test_braces_in_literals_are_not_counted(literal):
    assert measured(f"void f() {{\n    g({literal});\n}}\nvoid h() {{\n}}\n") == [("f", 1, 3), ("h", 4, 2)]


def test_a_test_case_is_a_function():
    assert measured('TEST_CASE("a {b", "[c]") {\n    CHECK(d);\n}\n')[0][1:] == (1, 3)


def test_functions_behind_scopes_and_tables_start_at_their_own_line():
    text = "namespace {\nconst int t[] = {1, 2};\n\ntemplate <class T>\nT f(T t) {\n    return t;\n}\n}  // namespace\n"
    assert measured(text) == [("f", 4, 4)]
