// What this browser keeps of one person, by name: in its storage, or in memory where that is full or forbidden.
import { leaving, listen, viewer } from './page.js'

function openStorage(name) {
  try {
    return window[name]
  } catch {
    return {}
  }
}

/** Values by key, all texts. Those of another person in this browser are never seen. */
class Store {
  constructor(storage) {
    this.storage = storage
    this.memory = {}
    this.prefix = `nextalk/${viewer}/`
  }

  read(key) {
    return this.memory[this.prefix + key] ?? this.storage[this.prefix + key] ?? ''
  }

  write(key, value) {
    if (!value || leaving.isNow) return this.erase(key)
    try {
      this.storage[this.prefix + key] = value
      delete this.memory[this.prefix + key]
    } catch {
      this.memory[this.prefix + key] = value
    }
  }

  erase(key) {
    delete this.memory[this.prefix + key]
    delete this.storage[this.prefix + key]
  }

  /** The keys that start so. */
  keys(start = '') {
    return Object.keys({ ...this.storage, ...this.memory })
      .filter((key) => key.startsWith(this.prefix + start))
      .map((key) => key.slice(this.prefix.length))
  }

  eraseAll() {
    for (const key of this.keys()) this.erase(key)
  }

  /** The key that an event of the browser's storage is about; nothing where it is not this person's. */
  keyOf(event) {
    return event.key?.startsWith(this.prefix) ? event.key.slice(this.prefix.length) : undefined
  }
}

/** The name of this browser's database of what is no text. */
export const database = `nextalk/${viewer}`

/** Shared by all tabs, and kept when they are closed. */
export const shared = new Store(openStorage('localStorage'))

/** This tab's alone. */
export const own = new Store(openStorage('sessionStorage'))

listen('leaving', () => {
  leaving.isNow = true
  shared.eraseAll()
  own.eraseAll()
  window.indexedDB?.deleteDatabase(database)
})
