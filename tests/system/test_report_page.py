"""report.html in a browser: it is read, filtered, followed and printed, with the mouse and without."""

import re

import pytest

import program
import synthetic_run
from browser import AXE, Keys, SIZES, chromium

LIAR = program.LIARS / "accepts-everything.yaml"
FAILED = ("validity/expired[position=leaf,tls=1.3]", "accepts-everything", "strict")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: ci/setup fetches it where npm is")

# Says on its output what would be a script, and what is no text.
HOSTILE = r"""
client: hostile
detect: {run: [/usr/bin/python3, --version], version: '^Python (\S+)'}
profile: tls-client
driver: exec
routing: [option]
run: [/usr/bin/python3, -I, -c, 'import os, socket, sys; server = (sys.argv[1], int(sys.argv[2]));
      socket.create_connection(server).sendall(b"\xff</script><script>broken=1</script>");
      os.write(1, b"</script><script>broken=1</script><!--"); os.write(2, b"<img src=x onerror=broken=1>\xff")',
      "{address}", "{port}"]
modes: {strict: {}}
"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def ran(guise_path, tmp_path_factory):
    """A run with passes and failures; tests only read it."""
    program.tool("curl")
    return program.shared_run(
        guise_path, tmp_path_factory, "page", "--client", "curl", "--client", LIAR, "--only", "trust", "--only", "validity", "--only", "names")


@pytest.fixture
def page(browser, ran):
    """The page of that run, fresh."""
    return browser.open(ran.reports / "report.html")


def case_link(scenario, client, mode):
    return f"#case={scenario} {client} {mode}"


def shown_count(browser):
    return int(browser.text("#shown").split()[0].replace(",", ""))


def select(browser, field, option):
    browser.run("const f = document.getElementById(arguments[0]); f.value = arguments[1];"
                "f.dispatchEvent(new Event('change'))", f"f-{field}", option)


def type_text(browser, text):
    browser.run("const f = document.getElementById('f-text'); f.value = arguments[0]; f.dispatchEvent(new Event('input'))",
                text)
    browser.driver.execute_async_script("setTimeout(arguments[0], 300)")


@pytest.mark.slow
def test_the_page_draws_every_case_with_its_verdict(page, ran):
    assert page.complaints() == []
    drawn = page.run("return [...document.querySelectorAll('.c[data-case]')].map((c) => [...c.classList][1])")
    assert len(drawn) == len(ran.cases)
    for verdict in ("pass", "fail", "not-applicable"):
        wanted = [case for case in ran.cases if case["verdict"] == verdict and not case["known"]]
        assert drawn.count(verdict) == len(wanted)


def test_the_summary_says_what_it_comes_to(page, ran):
    assert page.text("h1").lower() == ran.end["reason"].lower()
    fails = sum(case["verdict"] == "fail" and not case["known"] for case in ran.cases)
    assert str(fails) in page.text(".tiles .fail")
    assert page.text("#facts-table").count(ran.results[0]["seed"]) == 1


def test_filters_choose_by_area_severity_client_text_and_verdict(page, ran):
    cases = ran.cases
    assert shown_count(page) == len(cases)
    select(page, "area", "validity")
    assert shown_count(page) == sum(case["area"] == "validity" for case in cases)
    select(page, "client", "curl")
    assert shown_count(page) == sum(case["area"] == "validity" and case["client"] == "curl" for case in cases)
    page.click("#filters button[type=reset]")
    select(page, "severity", "critical")
    assert shown_count(page) == sum(case["severity"] == "critical" for case in cases)
    page.click("#filters button[type=reset]")
    type_text(page, "WILDCARD")
    rows = {case["scenario"] for case in cases if "wildcard" in (case["scenario"] + case["title"]).lower()}
    assert rows and page.seen(".r[data-row]") == len(rows)
    page.click("#filters button[type=reset]")
    page.click("#f-verdicts .fail")
    assert shown_count(page) == sum(case["verdict"] == "fail" and not case["known"] for case in cases)
    assert page.seen(".c.fail.dim") == 0


def test_a_number_of_the_summary_shows_its_cases(page, ran):
    page.click(".tiles .fail")
    assert shown_count(page) == page.seen(".c.fail")
    assert page.run("return document.querySelector('#f-verdicts .fail').getAttribute('aria-pressed')") == "true"


def test_a_cell_opens_its_case(page, ran):
    scenario, client, mode = FAILED
    case = program.one(ran.cases, scenario=scenario, client=client, mode=mode)
    page.run("location.hash = arguments[0]", case_link(*FAILED))
    page.driver.execute_async_script("setTimeout(arguments[0], 100)")
    assert scenario in page.text("#case-title") and "FAIL" in page.text("#case-title")
    assert page.text(".sentence") == case["sentence"]
    assert page.text("#repeat") == case["repro"]
    table = page.text("#case table")
    for check in case["checks"]:
        assert check["expected"] in table and check["observed"] in table
        assert all(clause in table for clause in check["clause"])
    assert page.run("return document.querySelector('.clause q').innerText.length") > 20
    page.press(Keys.ESCAPE)
    assert not page.run("return document.getElementById('case').open")


def test_the_conversation_is_drawn_in_its_order_with_its_times(browser, ran):
    scenario, client, mode = FAILED
    visit = program.one(ran.of_type("visit"), scenario=scenario, client=client, mode=mode, control="")
    page = browser.open(ran.reports / "report.html", fragment=case_link(*FAILED).replace(" ", "%20"))
    connection = visit["evidence"]["connections"][0]
    steps = [step for step in page.texts(".seq .what b") if "alert" not in step and "close_notify" not in step]
    assert "opened" in steps[0]
    assert [step.split()[0] for step in steps[1:]] == [step["what"] for step in connection["steps"]]
    assert any("a leak" in step for step in steps)
    directions = page.run("return [...document.querySelectorAll('.seq .arrow')].map((a) => a.getAttribute('aria-label'))")
    assert set(directions) == {"client to server", "server to client"}
    times = [float(text.removesuffix(" ms")) for text in page.texts(".seq time")]
    assert times == sorted(times) and times[-1] > 0


def test_the_chain_is_shown_as_it_was_presented(browser, ran):
    scenario, client, mode = FAILED
    visit = program.one(ran.of_type("visit"), scenario=scenario, client=client, mode=mode, control="")
    page = browser.open(ran.reports / "report.html", fragment=case_link(*FAILED).replace(" ", "%20"))
    cards = page.texts(".chain > li")
    chain = visit["evidence"]["chain"]
    assert len(cards) == len(chain)
    for card, certificate in zip(cards, chain):
        assert certificate["subject"] in card
        assert certificate["sha256"] in card.replace(":", "").lower()
    assert "expired" in cards[0] and "expired" not in cards[1]
    raw = page.run("return document.querySelector('section details:last-of-type pre').textContent")
    assert visit["evidence"]["canary"] in raw


def test_the_page_is_used_with_the_keyboard_alone(page):
    for _ in range(60):
        if page.focused("role") == "gridcell":
            break
        page.press(Keys.TAB)
    first = page.focused("aria-label")
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_RIGHT)
    there = page.focused("aria-label")
    assert there and there != first
    page.press(Keys.ENTER)
    assert page.focused("id") == "case-body"
    assert there.split(",")[0] in page.text("#case-title")
    page.press(Keys.ESCAPE)
    assert page.focused("aria-label") == there
    page.press(Keys.CONTROL + Keys.END)
    last = page.focused("data-case")
    page.press(Keys.ARROW_DOWN)
    assert page.focused("data-case") == last
    page.press(Keys.TAB)
    assert page.focused("role") != "gridcell"


def test_one_case_leads_to_the_next_and_the_focus_follows(page):
    page.run("document.querySelector('.c[data-case]').click()")
    first = page.text("#case-title") + page.text("#case-where")
    page.click("#case-next")
    assert page.text("#case-title") + page.text("#case-where") != first
    page.click("#case-before")
    assert page.text("#case-title") + page.text("#case-where") == first
    assert not page.driver.find_element("id", "case-before").is_enabled()


def test_light_and_dark_follow_the_machine_and_then_the_reader(browser, ran):
    background = "return getComputedStyle(document.body).backgroundColor"
    page = browser.open(ran.reports / "report.html", dark=True)
    dark = page.run(background)
    page.click("#theme")
    light = page.run(background)
    assert light != dark
    assert browser.open(ran.reports / "report.html", dark=True).run(background) == light
    page.run("localStorage.clear()")
    assert browser.open(ran.reports / "report.html", dark=True).run(background) == dark


def test_on_paper_all_is_light_nothing_is_cut_off_and_nothing_can_be_pressed(browser, ran):
    page = browser.open(ran.reports / "report.html", dark=True)
    page.cdp("Emulation.setEmulatedMedia", media="print")
    assert page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.seen("#filters") == page.seen("#theme") == 0
    assert page.run("const g = document.getElementById('grid'); return g.scrollHeight <= g.clientHeight + 1")
    assert page.cdp("Page.printToPDF")["data"]


def test_a_case_without_evidence_says_where_it_is(browser, ran, tmp_path):
    text = (ran.reports / "report.html").read_text()
    head, evidence = text.split('"evidence":[', 1)
    inside, rest = evidence.split("]}\n</script>", 1)
    nulls = ",".join("null" for _ in ran.cases)
    (tmp_path / "small.html").write_text(f'{head}"evidence":[{nulls}]}}\n</script>{rest}')
    page = browser.open(tmp_path / "small.html", fragment=case_link(*FAILED).replace(" ", "%20"))
    assert page.complaints() == []
    assert "results.jsonl" in page.text("#case-body") and page.seen(".seq") == 0
    assert "of 0 of" in page.text("#facts-table")


def test_what_a_client_writes_stays_text(browser, guise):
    (guise.folder / "client.yaml").write_text(HOSTILE)
    ended = guise("run", "--client", "client.yaml", "--only", "trust/self-signed", "--keep-going")
    page = browser.open(ended.reports / "report.html",
                        fragment="#case=trust/self-signed%20hostile%20strict")
    assert page.complaints() == []
    assert page.run("return typeof broken") == "undefined"
    written = page.run("return document.querySelector('#case-body details').textContent")
    assert "</script><script>broken=1</script><!--" in written
    assert "<img src=x onerror=broken=1>\\xff" in written
    assert "\\xff</script>" in written


@pytest.mark.parametrize("size", SIZES)
def test_nothing_but_wide_tables_has_to_be_scrolled_sideways(browser, ran, size):
    page = browser.open(ran.reports / "report.html", size=size, fragment=case_link(*FAILED).replace(" ", "%20"))
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")
    assert page.run("const b = document.getElementById('case-body'); return b.scrollWidth <= b.clientWidth")


@pytest.mark.slow
@needs_axe
@pytest.mark.parametrize("size,dark", [("phone", True), ("laptop", False)], ids=["phone-dark", "laptop-light"])
def test_axe_finds_no_serious_fault(browser, ran, size, dark):
    page = browser.open(ran.reports / "report.html", size=size, dark=dark)
    assert page.faults() == []
    page.click("#f-verdicts .fail")
    assert page.faults() == []
    page.run("location.hash = arguments[0]", case_link(*FAILED))
    page.driver.execute_async_script("setTimeout(arguments[0], 100)")
    page.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert page.faults() == []


def test_twenty_thousand_cases_are_small_and_soon_there(browser, guise, record_property):
    synthetic_run.write(guise.folder / "results.jsonl", 500, 40)
    ended = guise("judge", "results.jsonl", "--html", "report.html")
    file = guise.folder / "report.html"
    assert file.exists(), ended.err
    assert file.stat().st_size < 10_000_000
    page = browser.open(file)
    assert page.complaints() == []
    assert page.run("return document.querySelectorAll('.c[data-case]').length") == 20_000
    filtered = page.run("const t = performance.now(); document.querySelector('#f-verdicts .fail').click();"
                        "document.body.getBoundingClientRect(); return performance.now() - t")
    assert shown_count(page) == 1000
    record_property("megabytes", round(file.stat().st_size / 1e6, 2))
    record_property("load_ms", round(page.load_time()))
    record_property("filter_ms", round(filtered))
    print(f"{file.stat().st_size / 1e6:.2f} MB, loaded in {page.load_time():.0f} ms, filtered in {filtered:.0f} ms")


def changed_run(ran, folder):
    """The same run, but its first failure passes and its last case is gone."""
    lines = (ran.reports / "results.jsonl").read_text().splitlines(keepends=True)
    cases = [number for number, line in enumerate(lines) if line.startswith('{"type":"case"')]
    first = next(number for number in cases if '"disposition":"unexpected"' in lines[number])
    lines[first] = re.sub(r'"verdict":"fail"', '"verdict":"pass"', lines[first], count=1)
    del lines[cases[-1]]
    (folder / "changed.jsonl").write_text("".join(lines))
    return folder / "changed.jsonl"


def test_the_page_of_a_difference_shows_what_the_text_says(browser, ran, guise):
    ended = guise("diff", ran.reports, changed_run(ran, guise.folder), "--html", "diff.html")
    assert ended.code == 1
    assert f"{len(ran.cases) - 2} unchanged, 1 changed, 0 new, 1 gone." in ended.out
    page = browser.open(guise.folder / "diff.html")
    assert page.complaints() == []
    assert page.text("h1") == "1 verdict changed"
    assert [page.text(f"#{part}-title") for part in ("changed", "new", "gone")] == ["Changed (1)", "New (0)", "Gone (1)"]
    assert "FAIL" in page.text("#changed-table") and "ok" in page.text("#changed-table")
    if AXE.exists():
        assert page.faults() == []
