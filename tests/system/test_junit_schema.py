"""Jenkins accepts the JUnit report: it matches the schema of Jenkins' xUnit plugin."""

import pytest
from lxml import etree

import program

SCHEMA = etree.XMLSchema(file=str(program.SYSTEM / "schemas" / "junit-10.xsd"))
APPROVED = program.ROOT / "fixtures" / "reports" / "every-verdict.approved.xml"


def problems(text):
    SCHEMA.validate(etree.fromstring(text))
    return [f"line {error.line}: {error.message}" for error in SCHEMA.error_log]


def test_the_approved_report_of_every_verdict_is_valid():
    assert problems(APPROVED.read_bytes()) == []


def test_the_report_of_a_run_is_valid(curl_run):
    assert problems((curl_run.reports / "junit.xml").read_bytes()) == []


def test_the_report_of_a_run_without_cases_is_valid(guise):
    ended = guise("run", "--client", "curl", "--only", "no/such")
    assert ended.code in (4, 5)
    if (ended.reports / "junit.xml").exists():
        assert problems((ended.reports / "junit.xml").read_bytes()) == []


@pytest.mark.parametrize("wrong", [
    b'<testsuites><testsuite name="a" tests="1" failures="0"/></testsuites>',
    b'<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase/></testsuite></testsuites>',
    b'<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase name="b"><properties/></testcase>'
    b'</testsuite></testsuites>',
    b'<testsuites><testcase name="b"/></testsuites>',
    b'<testsuite name="a" tests="1" failures="0" errors="0" time="soon"/>',
])
def test_the_schema_refuses_what_jenkins_refuses(wrong):
    assert problems(wrong)
