"""The browser's modules one by one, each imported in a page and asked for what it does."""

# Their state goes through JSON, so a store is made where it is used.
STORE = """
class Store {
  values = new Map()
  read(key) { return this.values.get(key) ?? '' }
  write(key, value) { this.values.set(key, value) }
  erase(key) { this.values.delete(key) }
  keys(start) { return [...this.values.keys()].filter((key) => key.startsWith(start)) }
}
"""


def function(body):
    """One that imports a module as `module`, by its name, and runs the body with `value`."""
    return f"""async ({{ name, value }}) => {{
      const script = document.querySelector('script[type=module]').src
      const module = await import(new URL(`./${{name}}.js`, script))
      {STORE}
      {body}
    }}"""
