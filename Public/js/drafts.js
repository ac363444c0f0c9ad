// What one has begun to write, for each conversation and tab. Pure: it keeps it in a store that it is given.

/** The most drafts that are kept of one conversation: closed tabs leave theirs behind. */
const MOST = 10

const parse = (value) => (value ? JSON.parse(value) : undefined)

export class Drafts {
  /** By conversation, the draft of another tab that this one's began with, and those that that began with. */
  sources = new Map()

  /**
   * @param store with `read`, `write`, `erase` and `keys`
   * @param tab the id of this tab, the same after it was loaded again
   */
  constructor(store, tab) {
    this.store = store
    this.tab = tab
  }

  keyOf(conversation) {
    return `draft/${conversation}/${this.tab}`
  }

  /** Those of all tabs, the newest first, as `{ key, text, images, chosen, reply, at, sources }`. */
  all(conversation) {
    return this.store.keys(`draft/${conversation}/`)
      .map((key) => ({ ...parse(this.store.read(key)), key }))
      .sort((a, b) => b.at - a.at)
  }

  /**
   * What this tab has begun; where it has nothing, the newest that another tab has.
   * @returns `{ key, text, images, chosen, reply }`, `images` being how many there are; nothing where there is no draft
   */
  find(conversation) {
    const drafts = this.all(conversation)
    return drafts.find(({ key }) => key === this.keyOf(conversation)) ?? drafts[0]
  }

  /** The same, to be gone on with. */
  open(conversation) {
    const draft = this.find(conversation)
    if (!draft) return draft
    const { key, text, at, sources = [] } = draft
    const isOwn = key === this.keyOf(conversation)
    this.sources.set(conversation, isOwn ? sources : [{ key, text, at }, ...sources].slice(0, MOST))
    return draft
  }

  /**
   * Keeps this tab's, and leaves every other tab's alone.
   * @param name whom it is for
   * @param chosen whom the text means by a name, of those who have that name
   * @param reply what it answers
   */
  write(conversation, text, images, now, name, chosen, reply) {
    const key = this.keyOf(conversation)
    if (!text && !images) return this.store.erase(key)
    const sources = this.sources.get(conversation)
    this.store.write(key, JSON.stringify({ text, images, chosen, reply, at: now, name, sources }))
    for (const { key } of this.all(conversation).slice(MOST)) this.store.erase(key)
  }

  /** The message was sent: its draft goes, and so do those of other tabs that it began with and that went out with it. */
  finish(conversation, text) {
    this.store.erase(this.keyOf(conversation))
    for (const source of this.sources.get(conversation) ?? []) {
      const isStill = parse(this.store.read(source.key))?.at === source.at
      if (isStill && text.includes(source.text)) this.store.erase(source.key)
    }
    this.sources.delete(conversation)
  }
}
