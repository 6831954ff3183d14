"""A headless Chromium for the tests of the report's page."""

import json
import tempfile
from contextlib import contextmanager

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys

import program

# No background requests: no updates, no lookups of its vendor's hosts.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", "--force-prefers-reduced-motion"]
SIZES = {"phone": (390, 844), "laptop": (1366, 820), "wide": (2200, 1200)}
AXE = program.ROOT / "build" / "axe" / "axe.min.js"


class Browser:
    """A browser with the words that the tests need."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, file, size="laptop", dark=False, fragment=""):
        """Opens a file anew, as a reader with such a screen sees it."""
        width, height = SIZES[size]
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.cdp("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get(file.as_uri() + fragment)
        return self

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, selector):
        """What a reader sees there."""
        return self.run("return document.querySelector(arguments[0]).innerText", selector)

    def texts(self, selector):
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())"
        return self.run(script, selector)

    def seen(self, selector):
        """How many elements are there and not hidden."""
        return self.run("return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).length",
                        selector)

    def click(self, selector):
        self.driver.find_element("css selector", selector).click()

    def press(self, *keys):
        """Keys, to whatever has the focus."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def focused(self, attribute="id"):
        return self.run("return document.activeElement.getAttribute(arguments[0])", attribute)

    def complaints(self):
        """What the page has said in the console."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def load_time(self):
        """Milliseconds from the request to the end of the load event, with everything rendered."""
        return self.run("const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd - n.startTime")

    def faults(self):
        """What axe finds that is serious or critical, with the elements that it is about."""
        self.run(AXE.read_text())
        found = self.driver.execute_async_script("axe.run().then((r) => arguments[0](JSON.stringify(r.violations)))")
        return [f"{each['id']} ({each['impact']}): {[node['html'][:120] for node in each['nodes'][:3]]}"
                for each in json.loads(found) if each["impact"] in ("serious", "critical")]


def started(options):
    """A driver. Selenium looks for a free port, and another process may have taken it before chromedriver listens."""
    for attempts_left in reversed(range(5)):
        service = Service(program.tool("chromedriver"))
        try:
            return webdriver.Chrome(options=options, service=service)
        except WebDriverException as error:
            if service.process and service.process.stdin:
                service.process.stdin.close()
            if not attempts_left or "unexpectedly exited" not in str(error):
                raise


@contextmanager
def chromium():
    """A browser with a profile of its own, for as long as it is needed."""
    options = Options()
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.binary_location = program.tool("chromium")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        driver = started(options)
        driver.set_script_timeout(program.PATIENCE)
        try:
            yield Browser(driver)
        finally:
            driver.quit()


__all__ = ["AXE", "Browser", "Keys", "SIZES", "chromium"]
