"""WebKitGTK in its own small browser, driven by its WebDriver in a display that nobody sees."""

import os
import shutil
import subprocess
import time
from glob import glob

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

# The driver tells of no errors, so the page keeps them from when it is first looked at. A module that fails
# before that is missed where it is used.
ERRORS = """
  if (!window.errors) {
    window.errors = []
    addEventListener('error', ({ message }) => errors.push(message))
    addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)))
  }
  return errors.splice(0)
"""
# What stands for which element in the page, since this WebDriver finds by style selectors and text alone.
FIELDS = "//label[normalize-space()='{0}']/following::*[self::input or self::textarea][1]"
BUTTONS = "//button[normalize-space()='{0}' or @aria-label='{0}']"
LINKS = "//a[contains(normalize-space(), '{0}')]"
MESSAGES = "//article[.//*[contains(@class, 'text')][normalize-space()='{0}']]"
# A letter stands beside the name.
ITEMS = "//*[@role='menuitem'][@aria-label='{0}' or span[normalize-space()='{0}']]"
# The driver's own reading of text leaves out what an ellipsis could cut off.
TEXTS = """
  return [...document.querySelectorAll(arguments[0])].filter((each) => each.checkVisibility())
    .map((each) => each.textContent.replace(/\\s+/g, ' '))
"""
VISIBLE = """
  const box = arguments[0].getBoundingClientRect()
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
"""


class WebKit:
    """A context: its end closes the browser and the display."""

    def __init__(self, url):
        self.url = url
        self.errors = []

    def __enter__(self):
        display, theirs = os.pipe()
        self.screen = subprocess.Popen(
            ["Xvfb", "-displayfd", str(theirs), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
            pass_fds=[theirs], stderr=subprocess.DEVNULL,
        )
        os.close(theirs)
        with os.fdopen(display) as pipe:
            number = pipe.readline().strip()
        options = Options()
        options.binary_location = glob("/usr/lib/*/webkit2gtk-4.*/MiniBrowser")[0]
        options.add_argument("--automation")
        environment = {**os.environ, "DISPLAY": f":{number}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        service = Service(shutil.which("WebKitWebDriver"), env=environment)
        try:
            self.driver = webdriver.WebKitGTK(options=options, service=service)
        except Exception:
            self._close_display()
            raise
        return self

    def __exit__(self, *_):
        self.driver.quit()
        self._close_display()

    def _close_display(self):
        self.screen.terminate()
        self.screen.wait()

    def look_for_errors(self):
        self.errors += self.driver.execute_script(ERRORS)

    def open(self, path):
        self.driver.get(self.url + path)
        self.look_for_errors()

    def reload(self):
        self.look_for_errors()
        self.driver.refresh()

    def _find(self, pattern, name):
        return self.driver.find_element(By.XPATH, pattern.format(name))

    def fill(self, label, text):
        self._find(FIELDS, label).send_keys(text)

    def press(self, name):
        self._find(BUTTONS, name).click()

    def follow(self, name):
        self._find(LINKS, name).click()

    def click(self, selector):
        self.driver.find_element(By.CSS_SELECTOR, selector).click()

    def do(self, text, name):
        """An act from the menu of a message, by mouse."""
        self.wait_for("article[data-message-id] .text", text)
        deadline = time.monotonic() + 20
        tools = (MESSAGES + "//*[contains(@class, 'tools')]").format(text)
        while not self.driver.find_elements(By.XPATH, tools):
            # As long as messages come, another one may be under the pointer: one points at it again.
            assert time.monotonic() < deadline, f"no tools come at {text}"
            pointer = ActionChains(self.driver).move_to_element(self._find(FIELDS, "Message"))
            pointer.move_to_element(self._find(MESSAGES + "//*[contains(@class, 'bubble')]", text)).pause(0.5).perform()
        self.press("Message options")
        self.choose(name)

    def choose(self, name):
        """From the menu that is open."""
        self._find(ITEMS, name).click()

    def write(self, text):
        field = self._find(FIELDS, "Message")
        field.send_keys(text)
        field.send_keys(Keys.ENTER)

    def mark(self):
        self.driver.execute_script("window.isMarked = true")

    def expect_not_reloaded(self):
        assert self.driver.execute_script("return window.isMarked === true"), "the page was loaded anew"

    def is_in_view(self, selector):
        return self.driver.execute_script(VISIBLE, self.driver.find_elements(By.CSS_SELECTOR, selector)[-1])

    def wait_for(self, selector, *texts):
        """Until an element there holds all these texts; none waits for the element alone."""
        deadline = time.monotonic() + 10
        while True:
            shown = self.driver.execute_script(TEXTS, selector)
            if any(all(text in each for text in texts) for each in shown):
                return self.look_for_errors()
            assert time.monotonic() < deadline, f"{texts} do not come in {selector}, but {shown}"
            time.sleep(0.05)
