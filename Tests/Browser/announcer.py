"""What a screen reader is told in a conversation. It comes and goes, so it is kept from when the test listens."""

LISTEN = """() => {
  window.said = []
  const announcer = document.querySelector('main [role=status][aria-live=polite]')
  new MutationObserver(() => announcer.textContent && window.said.push(announcer.textContent))
    .observe(announcer, { childList: true, characterData: true, subtree: true })
}"""


def listen(tab):
    tab.page.evaluate(LISTEN)


def wait_for_said(tab, sentence):
    """Whatever else is said before and after it."""
    tab.page.wait_for_function("sentence => window.said.includes(sentence)", arg=sentence)


def expect_said(tab, *sentences):
    """Until the last is said, and then nothing but these."""
    tab.page.wait_for_function("last => window.said.at(-1) === last", arg=sentences[-1])
    assert tab.page.evaluate("window.said") == list(sentences)
