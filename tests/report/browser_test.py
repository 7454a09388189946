#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""browser_test.py PROFILEGEN FIXTURES [SHOTS]: makes reports and uses them in headless Chromium. Saves screenshots in
the directory SHOTS, if it is given."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    webdriver = None

PROFILEGEN, FIXTURES = sys.argv[1:3]
SHOTS = sys.argv[3] if len(sys.argv) > 3 else None
HOSTILE = '/run/<img src=x onerror="document.title=1">\u202egnp.exe'
HOSTILE_PROGRAM = "<script>x()"
MANY = 100_000
FIRST_PAINT_MS = 2000
PHONE = 400
HEIGHT = 900
WIDTHS = {"phone": PHONE, "desktop": 1280, "wide": 1920}
RISKY = "Calls of more than low risk"
NARROWEST = 320  # CSS pixels that must need no sideways scrolling: WCAG 2.1, 1.4.10


def skip(reason):
    print("report_browser: skipped: " + reason)
    sys.exit(1 if os.environ.get("PROFILEGEN_REQUIRE_LIVE") else 77)


def write_trace(trace, path):
    """Formats the trace as profilegen does: one row per line, lists in this order."""
    lists = ["runs", "syscalls", "arguments", "denied", "capabilities", "files", "sockets"]
    rows = (f'"{name}": [\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in trace[name]) + "\n]" for name in lists)
    with open(path, "w", encoding="utf-8") as file:
        file.write('{\n"profilegen_trace": 1,\n' + ",\n".join(rows) + "\n}\n")


def changed_files(template, paths):
    return [dict(template, path=path, op="create", mount="/") for path in sorted(paths)]


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="profilegen-report.")
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        with open(f"{FIXTURES}/web.trace.json", encoding="utf-8") as file:
            trace = json.load(file)
        cls.template = trace["files"][0]
        trace["files"] = changed_files(cls.template, [HOSTILE, "/run/app.pid", *(f"/run/cache/{n:02}" for n in range(40))])
        trace["syscalls"][0]["first"]["program"] = HOSTILE_PROGRAM
        write_trace(trace, cls.path("web.trace.json"))
        cls.make("web.trace.json", "--compare", f"{FIXTURES}/moby.json", "-o", "web.html")
        trace["files"] = changed_files(cls.template, [f"/run/d{n % 20:02}/s{n % 400:03}/f{n:06}" for n in range(MANY)])
        write_trace(trace, cls.path("many.trace.json"))
        cls.make("many.trace.json", "-o", "many.html")
        options = webdriver.ChromeOptions()
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        cls.browser = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        cls.addClassCleanup(cls.browser.quit)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.directory, name)

    @classmethod
    def make(cls, *arguments):
        subprocess.run([PROFILEGEN, "report", "--quiet", *arguments], cwd=cls.directory, check=True)

    def open(self, name, width=1280, scheme="light", scripts=True):
        device = {"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": width < 500}
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not scripts})
        self.browser.get("file://" + self.path(name))

    def one(self, selector):
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def shown_rows(self, caption):
        rows = f'[aria-label="{caption}"] tbody tr:not([hidden])'
        return [row.find_element(By.TAG_NAME, "th").text for row in self.all(rows)]

    def until(self, holds):
        """Waits until holds() is true, and returns its value."""
        return WebDriverWait(self.browser, 10).until(lambda _: holds())

    def script(self, text, *arguments):
        return self.browser.execute_script(text, *arguments)

    def test_it_opens_without_errors_and_without_a_network(self):
        self.browser.get_log("performance")
        self.open("web.html")
        events = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = {event["params"]["request"]["url"].split("#")[0] for event in events if event["method"] == "Network.requestWillBeSent"}
        self.assertEqual(asked, {"file://" + self.path("web.html")})
        self.assertEqual([entry for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"], [])

    def test_it_has_all_sections_and_each_is_reached_from_the_top(self):
        self.open("web.html")
        titles = [title.text for title in self.all("main h2")]
        self.assertEqual(titles, [link.text for link in self.all("nav a")])
        self.assertEqual(len(titles), 9)
        for link in self.all("nav a"):
            self.assertEqual(len(self.all("#" + link.get_attribute("href").partition("#")[2])), 1)

    def test_markup_in_names_stays_text(self):
        self.open("web.html")
        self.assertEqual(self.all("main img"), [])
        self.assertEqual(self.script("return document.scripts.length"), 1)
        self.assertTrue(self.browser.title.startswith("profilegen: "))
        names = self.script("return [...document.querySelectorAll('.tree code')].map((one) => one.textContent)")
        self.assertIn('<img src=x onerror="document.title=1">\\xe2\\x80\\xaegnp.exe', names)
        self.assertIn(HOSTILE_PROGRAM, self.one("#calls").get_attribute("textContent"))

    def test_it_is_read_without_scripts(self):
        self.open("web.html", scripts=False)
        self.addCleanup(self.browser.execute_cdp_cmd, "Emulation.setScriptExecutionDisabled", {"value": False})
        self.assertEqual(self.all("button, input"), [])
        self.assertIn("accept4", self.one("#calls").text)
        self.assertIn("--cap-add=NET_BIND_SERVICE", self.one("#story").text)
        self.assertIn("app.pid", self.one(".tree").text)

    def test_the_first_screen_tells_the_story(self):
        for width in WIDTHS.values():
            self.open("web.html", width)
            ends = self.script("""return [...document.querySelectorAll('h1, #story .bar, #story p, #story pre')]
                .map((one) => one.getBoundingClientRect().bottom)""")
            self.assertGreater(len(ends), 6)
            self.assertLessEqual(max(ends), HEIGHT)
        story = self.one("header").text + self.one("#story").text
        for told in ("web", "System calls: ", "Capabilities: ", "Writable: ", "trusted", "--read-only"):
            self.assertIn(told, story)

    def test_tables_are_sorted_by_their_headings(self):
        self.open("web.html")
        heading = self.one(f'[aria-label="{RISKY}"] thead th:nth-child(1)')
        heading.find_element(By.TAG_NAME, "button").click()
        names = self.shown_rows(RISKY)
        self.assertGreater(len(names), 2)
        self.assertEqual(heading.get_attribute("aria-sort"), "ascending")
        self.assertEqual(names, sorted(names))
        heading.find_element(By.TAG_NAME, "button").click()
        self.assertEqual(self.shown_rows(RISKY), sorted(names, reverse=True))
        self.one(f'[aria-label="{RISKY}"] thead th:nth-child(2) button').click()
        risks = [cell.text for cell in self.all(f'[aria-label="{RISKY}"] tbody td:nth-child(2)')]
        self.assertEqual(risks, sorted(risks, key=["medium", "high", "critical"].index))
        self.one(f'[aria-label="{RISKY}"] thead th:nth-child(6) button').click()
        times = self.script(f"""return [...document.querySelectorAll('[aria-label="{RISKY}"] tbody td:nth-child(6)')]
            .map((cell) => cell.dataset.key)""")
        self.assertEqual(times, sorted(times, key=int))

    def test_calls_come_by_risk_and_low_ones_are_folded(self):
        self.open("web.html")
        risks = [cell.text for cell in self.all(f'[aria-label="{RISKY}"] tbody td:nth-child(2)')]
        self.assertEqual(risks, sorted(risks, key=["critical", "high", "medium"].index))
        folded = self.all("[data-filter] details")
        self.assertGreater(len(folded), 1)
        self.assertTrue(all(one.get_attribute("open") is None for one in folded))
        opened = self.script("return document.querySelector(`[aria-label='Calls of more than low risk'] td:nth-child(3)`).getBoundingClientRect()")
        self.assertLess(opened["right"], 1280)

    def test_calls_are_filtered_wherever_they_stand(self):
        self.open("web.html")
        field = self.one('input[aria-label="Filter: allowed calls"]')
        rows = "return [...document.querySelectorAll('[data-filter] tbody tr')].filter((one) => one.checkVisibility()).map((one) => one.cells[0].textContent)"
        every = self.script("return document.querySelectorAll('[data-filter] tbody tr').length")
        field.send_keys("ACCEPT")
        self.until(lambda: self.script(rows) == ["accept4"])
        self.assertEqual(field.find_element(By.XPATH, "following-sibling::output").text, f"1 of {every}")
        field.clear()
        field.send_keys(" ")
        self.until(lambda: self.script("return document.querySelectorAll('[data-filter] tbody tr[hidden]').length") == 0)

    def test_the_tree_is_filtered_by_whole_paths(self):
        self.open("web.html")
        self.one('input[aria-label="Filter paths"]').send_keys("run/cache/07")
        leaves = "return [...document.querySelectorAll('.tree li:not([hidden]) > code')].filter((one) => one.checkVisibility()).map((one) => one.textContent)"
        self.until(lambda: self.script(leaves) == ["07"])

    def test_flags_are_copied(self):
        self.open("web.html")
        self.browser.execute_cdp_cmd("Browser.grantPermissions", {"permissions": ["clipboardReadWrite"]})
        button = self.one('button[aria-label="Copy flags"]')
        button.click()
        self.until(lambda: button.find_element(By.XPATH, "following-sibling::span").text == "Copied")
        copied = self.browser.execute_async_script("navigator.clipboard.readText().then(arguments[0], (e) => arguments[0](String(e)))")
        self.assertEqual(copied, self.one('pre[aria-label="flags"]').text)
        self.assertIn("--read-only", copied)

    def test_the_keyboard_is_enough(self):
        self.open("web.html")
        body = self.one("body")
        body.send_keys(Keys.TAB)
        focused = lambda: self.browser.switch_to.active_element
        self.assertEqual(focused().get_attribute("class"), "skip")
        reached = set()
        for _ in range(120):
            focused().send_keys(Keys.TAB)
            reached.add(focused().tag_name)
            if focused().get_attribute("aria-label") == "Copy command that compares":
                break
        self.assertEqual(focused().get_attribute("aria-label"), "Copy command that compares")
        self.assertLessEqual({"a", "button", "input", "summary", "div"}, reached)
        heading = self.one(f'[aria-label="{RISKY}"] thead th:nth-child(1)')
        heading.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
        self.assertEqual(heading.get_attribute("aria-sort"), "ascending")

    def test_who_can_not_see_it_is_told(self):
        self.open("web.html")
        self.assertEqual(self.one("html").get_attribute("lang"), "en")
        tree = self.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
        roles = {}
        for node in tree:
            roles.setdefault(node.get("role", {}).get("value"), []).append(node.get("name", {}).get("value", ""))
        for role in ("image", "table", "searchbox", "button", "region", "navigation", "main"):
            self.assertTrue(roles.get(role), role)
            if role not in ("main",):
                self.assertNotIn("", roles[role], role)

    def test_it_fits_phones_and_desktops_in_both_schemes(self):
        backgrounds = {}
        for name, width in WIDTHS.items():
            for scheme in ("light", "dark"):
                self.open("web.html", width, scheme)
                self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), width)
                backgrounds[scheme] = self.script("return getComputedStyle(document.body).backgroundColor")
                if SHOTS:
                    self.browser.save_screenshot(f"{SHOTS}/{name}-{scheme}.png")
        self.assertNotEqual(backgrounds["light"], backgrounds["dark"])

    def test_nothing_is_cut_on_a_phone(self):
        cut = """return [...document.querySelectorAll('main *, header *')].filter((one) => one.checkVisibility() &&
            !one.closest('caption, thead, .skip, title') && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0 ||
            one.getBoundingClientRect().right > innerWidth + 0.5)).map((one) => one.outerHTML.slice(0, 120))"""
        self.open("web.html", PHONE)
        self.script("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self.assertEqual(self.script(cut), [])
        self.assertEqual(self.script("return getComputedStyle(document.querySelector('td'), '::before').content"), '"Risk: "')

    def test_wide_letters_and_long_names_do_not_widen_the_page(self):
        for width in (NARROWEST, *WIDTHS.values()):
            self.open("web.html", width)
            self.script("document.body.style.letterSpacing = '.3em'")
            self.assertLessEqual(self.script("return document.documentElement.scrollWidth"), width)

    def test_text_can_be_told_from_its_background(self):
        contrast = """
          const shade = (colour) => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((c) => c / 255)
              .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
          const behind = (one) => { for (; one; one = one.parentElement) { const c = getComputedStyle(one).backgroundColor;
              if (!/, 0\\)$/.test(c)) return c; } return 'rgb(255, 255, 255)'; };
          let worst = [99, ''];
          for (const one of document.querySelectorAll('h1, p, a, th, td, span, dd, small, code, pre, button, summary')) {
            if (!one.textContent.trim()) continue;
            const [x, y] = [shade(getComputedStyle(one).color), shade(behind(one))];
            const ratio = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
            if (ratio < worst[0]) worst = [ratio, one.outerHTML.slice(0, 80)];
          }
          return worst;"""
        for scheme in ("light", "dark"):
            self.open("web.html", 1280, scheme)
            ratio, where = self.script(contrast)
            self.assertGreaterEqual(ratio, 4.5, f"{scheme}: {where}")  # WCAG 2.1, 1.4.3

    def test_it_prints(self):
        self.open("web.html")
        pdf = self.browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]
        self.assertGreater(len(pdf), 10_000)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        self.assertEqual(self.one("nav").value_of_css_property("display"), "none")

    def test_a_hundred_thousand_paths_are_painted_soon(self):
        self.open("many.html")
        # A page may be loaded before its first frame is shown, and the entry exists only after that.
        paints = "return performance.getEntriesByName('first-contentful-paint').map((one) => one.startTime)"
        self.assertLess(self.until(lambda: self.script(paints))[0], FIRST_PAINT_MS)
        self.assertEqual(self.script("return document.querySelectorAll('.tree li > code').length"), MANY)
        self.one('input[aria-label="Filter paths"]').send_keys("f000007")
        self.until(lambda: self.one('input[aria-label="Filter paths"] + output').text == f"1 of {MANY}")


if webdriver is None or shutil.which("chromedriver") is None:
    skip("python3-selenium and chromium-driver are needed: scripts/install-deps.sh --test")
unittest.main(argv=sys.argv[:1], verbosity=2)
