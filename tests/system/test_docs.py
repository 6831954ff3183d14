"""`guise docs`: pages that are read from files, by people and by browsers."""

import hashlib
import json
from html.parser import HTMLParser
from pathlib import PurePosixPath
from posixpath import normpath

import pytest

import program
from browser import AXE, Keys, SIZES, chromium

EXPIRED = "scenarios/validity/expired.html"
SWAPPED = "scenarios/login/swapped-to-expired.html"
SHOWN = ["index.html", EXPIRED, "profiles/dw-spectrum-desktop.html", "clauses/DK-23.html", "clients/curl.html",
         "defects/expired.html", "clauses/index.html"]
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not here: ci/setup fetches it where npm is")


class Page(HTMLParser):
    """What a page refers to, the places that it has, and its text."""

    def __init__(self, text):
        super().__init__()
        self.refers, self.ids, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.refers += [attributes[name] for name in ("href", "src") if name in attributes]
        self.ids += [attributes["id"]] if "id" in attributes else []

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def made(guise_path, tmp_path_factory):
    """The documentation of the sources; tests only read it."""
    guise = program.Guise(guise_path, tmp_path_factory.mktemp("docs"))
    ended = guise("docs", "--out", "docs")
    assert (ended.code, ended.err) == (0, "")
    return guise.folder / "docs"


@pytest.fixture(scope="module")
def pages(made):
    """All pages, read, by their places."""
    return {file.relative_to(made).as_posix(): Page(file.read_text()) for file in made.rglob("*.html")}


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def few(guise):
    """A catalogue of one scenario, so that a call takes no time."""
    area = guise.folder / "scenarios" / "area"
    area.mkdir(parents=True)
    text = "# leaf\nid: area/name\ntitle: A title\nseverity: high\nvisits: [{present: {leaf: leaf}}]\n"
    (area / "name.yaml").write_text(text)
    return lambda: guise("docs", "--scenarios", guise.folder / "scenarios", "--out", guise.folder / "out")


def test_every_scenario_clause_defect_profile_and_client_has_a_page(pages, guise):
    listed = {kind: json.loads(guise("list", kind, "--json").out)
              for kind in ("scenarios", "clauses", "defects", "profiles")}
    wanted = {f"scenarios/{row['id'].partition('[')[0]}.html" for row in listed["scenarios"]}
    wanted |= {f"clauses/{row['clause']}.html" for row in listed["clauses"]}
    wanted |= {f"{kind}/{row[kind[:-1]]}.html" for kind in ("defects", "profiles") for row in listed[kind]}
    wanted |= {f"clients/{file.stem}.html" for file in program.CLIENTS.glob("*.yaml")}
    assert wanted - pages.keys() == set()


def test_no_link_is_dead(made, pages):
    dead, links = [], 0
    for place, page in pages.items():
        for reference in page.refers:
            path, _, part = reference.partition("#")
            if reference.startswith("https://www.rfc-editor.org/rfc/rfc"):
                continue
            links += 1
            target = normpath(PurePosixPath(place).parent / path) if path else place
            found = (made / target).is_file() and (not part or part in pages[target].ids)
            dead += [] if found else [(place, reference)]
    assert dead == []
    print(f"{len(pages)} pages, {links} links, none dead")
    assert links > 10 * len(pages)


def test_every_page_can_be_reached_from_the_first(pages):
    seen, todo = set(), ["index.html"]
    while todo:
        place = todo.pop()
        if place in seen:
            continue
        seen.add(place)
        todo += [target for reference in pages[place].refers if not reference.startswith("https:")
                 for target in [normpath(PurePosixPath(place).parent / reference.partition("#")[0])] if target in pages]
    assert pages.keys() - seen == set()


def test_no_page_has_a_place_twice_or_names_this_machine(made, pages):
    for place, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), place
        assert str(program.ROOT) not in page.text and str(made) not in page.text, place


def test_the_words_of_the_files_are_on_the_pages(pages):
    page = pages[EXPIRED].text
    assert "A retired certificate whose key was stolen stays useful to an interceptor" in page
    assert "guise run --only 'validity/expired' --client curl --mode strict" in page
    assert "The certificate validity period includes the current time." in pages["defects/expired.html"].text


def test_what_is_owed_is_what_explain_says(pages, guise):
    for case in json.loads(guise("explain", "pin/changed-key", "--json").out):
        text = pages["scenarios/pin/changed-key.html"].text
        for mode in case["modes"]:
            for visit in mode["visits"]:
                for owed in visit["owed"]:
                    assert owed["situation"] in text
                    assert all(clause["clause"] in text for clause in owed["clauses"])


def digests(folder):
    return {file.relative_to(folder): hashlib.sha256(file.read_bytes()).digest()
            for file in folder.rglob("*") if file.is_file()}


def test_the_same_files_make_the_same_octets(few, guise):
    assert few().code == 0
    first = digests(guise.folder / "out")
    assert few().code == 0
    assert digests(guise.folder / "out") == first and first


def test_a_page_whose_scenario_is_gone_goes_too(few, guise):
    assert few().code == 0
    area = guise.folder / "scenarios" / "area"
    (area / "other.yaml").write_text((area / "name.yaml").read_text().replace("area/name", "area/other"))
    (area / "name.yaml").unlink()
    assert few().code == 0
    assert [file.name for file in (guise.folder / "out" / "scenarios" / "area").iterdir()] == ["other.html"]


def test_a_folder_with_files_of_others_is_refused_and_left_alone(few, guise):
    (guise.folder / "out").mkdir()
    (guise.folder / "out" / "mine.txt").write_text("precious")
    ended = few()
    assert (ended.code, ended.out) == (11, "")
    assert "'mine.txt'" in ended.err
    assert [file.name for file in (guise.folder / "out").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("place", SHOWN)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_but_wide_tables_has_to_be_scrolled_sideways(browser, made, place, size):
    page = browser.open(made / place, size=size)
    assert page.complaints() == []
    assert page.run("return document.documentElement.scrollWidth <= innerWidth")


def test_a_picture_of_a_chain_shows_what_is_presented(browser, made):
    page = browser.open(made / SWAPPED)
    assert page.seen("svg.chain-picture") == 2
    assert page.seen("svg.chain-picture rect.wrong") == 1
    names = page.run("return [...document.querySelectorAll('svg.chain-picture')].map((s) => s.getAttribute('aria-label'))")
    assert "expired" not in names[0] and "leaf, with the defect expired (must)" in names[1]
    inside = page.run("return [...document.querySelectorAll('svg text')].every((t) => {"
                      "const b = t.getBBox(); return b.x >= 0 && b.x + b.width <= 400; })")
    assert inside, "a text leaves its box"


def type_text(browser, text):
    browser.click("#query")
    browser.press(text)
    browser.driver.execute_async_script("setTimeout(arguments[0], 300)")


def test_the_search_finds_pages_by_title_id_and_words(browser, made):
    page = browser.open(made / EXPIRED)
    type_text(page, "swapped expired")
    assert "login/swapped-to-expired" in page.text("#hits")
    assert page.run("return document.querySelector('#hits a').href").startswith(made.as_uri())
    page.run("document.getElementById('query').value = ''")
    type_text(page, "DK-23")
    assert page.texts("#hits b")[0] == "DK-23"
    page.run("document.getElementById('query').value = ''")
    type_text(page, "nobody-has-this-word")
    assert page.text("#count") == "0 pages"
    assert page.complaints() == []


def test_the_search_is_used_with_the_keyboard_alone(browser, made):
    page = browser.open(made / EXPIRED)
    page.press("/")
    assert page.focused() == "query"
    page.press("captive")
    page.driver.execute_async_script("setTimeout(arguments[0], 300)")
    page.press(Keys.ARROW_DOWN)
    assert page.focused("href").endswith("scenarios/interception/captive-portal.html")
    page.press(Keys.ESCAPE)
    assert page.focused() == "query" and page.seen("#found") == 0
    page.press(Keys.ENTER)
    page.driver.execute_async_script("setTimeout(arguments[0], 500)")
    assert "captive portal" in page.text("h1")


def test_light_and_dark_follow_the_machine_and_then_the_reader(browser, made):
    background = "return getComputedStyle(document.body).backgroundColor"
    page = browser.open(made / "index.html", dark=True)
    dark = page.run(background)
    page.click("#theme")
    assert page.run(background) != dark
    page.run("localStorage.clear()")


def test_on_paper_all_is_light_and_outside_links_are_spelled_out(browser, made):
    page = browser.open(made / EXPIRED, dark=True)
    page.cdp("Emulation.setEmulatedMedia", media="print")
    assert page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.seen("#search") == page.seen(".copy") == 0
    after = page.run("return getComputedStyle(document.querySelector('.outside'), '::after').content")
    assert "rfc-editor" in after
    assert page.cdp("Page.printToPDF")["data"]


# Each page in one of two ways, by turns: a page takes axe up to half a minute, and all have the same style.
AXED = [(place, *(("phone", False), ("laptop", True))[i % 2]) for i, place in enumerate(SHOWN)]


@pytest.mark.slow
@needs_axe
@pytest.mark.parametrize("place,size,dark", AXED)
def test_axe_finds_no_serious_fault(browser, made, place, size, dark):
    assert browser.open(made / place, size=size, dark=dark).faults() == []


@needs_axe
def test_axe_finds_no_serious_fault_in_the_search(browser, made):
    page = browser.open(made / "index.html")
    type_text(page, "expired")
    assert page.seen("#hits a") > 3
    assert page.faults() == []
