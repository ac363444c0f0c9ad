// Messages that were sent and that the server has not taken yet. Each has an id that stays the same however often it is
// tried, so that trying again doubles nothing. Pure: it keeps them in a store that it is given.

/** How often one is tried before it is said that it was not sent. */
export const MOST_TRIES = 3
const LONGEST_PAUSE = 60
const USUAL_PAUSE = 5

export class Outbox {
  #newest = 0

  /** @param store with `read`, `write`, `erase` and `keys` */
  constructor(store) {
    this.store = store
  }

  /**
   * Adds `{ id, conversation, action, text, images, chosen, name, reply }`: `images` is how many there are, `chosen` whom the
   * text means, `name` whom it is for, `reply` what it answers.
   * @returns it with its time
   */
  add(message, now) {
    this.#newest = Math.max(now, this.#newest + 1)
    const entry = { ...message, at: this.#newest }
    this.#write(entry)
    return entry
  }

  keyOf({ conversation, id }) {
    return `outbox/${conversation}/${id}`
  }

  /** The id of the message that a key of the store is about; nothing where it is about something else. */
  static idOf(key) {
    return key?.startsWith('outbox/') ? key.split('/').at(-1) : undefined
  }

  /** All of a conversation, or of every one, the oldest first. */
  entries(conversation) {
    return this.store.keys(conversation ? `outbox/${conversation}/` : 'outbox/')
      .map((key) => JSON.parse(this.store.read(key)))
      .sort((a, b) => a.at - b.at)
  }

  /** The one to send next. */
  next(conversation) {
    return this.entries(conversation).find(({ isRefused }) => !isRefused)
  }

  has(entry) {
    return this.store.read(this.keyOf(entry)) !== ''
  }

  /** It waits until somebody decides: the server will not take it as it is, and says why. */
  refuse(entry, reason) {
    this.#write({ ...entry, isRefused: true, reason })
  }

  retry(entry) {
    this.#write({ ...entry, isRefused: false })
  }

  discard(entry) {
    this.store.erase(this.keyOf(entry))
  }

  #write(entry) {
    this.store.write(this.keyOf(entry), JSON.stringify(entry))
  }
}

/**
 * What an answer to a try means.
 * @param tries how many there were with this one
 * @param status of the answer, 0 where there was none
 * @param retryAfter the header of that name
 * @returns `taken`, `refused`, `failed`, or the seconds to wait before the next try
 */
export function outcome({ tries, status, isFragment, retryAfter }) {
  if (status === 200 && isFragment) return 'taken'
  if (status === 429) return Math.min(Number(retryAfter) || USUAL_PAUSE, LONGEST_PAUSE)
  if (status >= 400 && status < 500) return 'refused'
  return tries < MOST_TRIES ? tries ** 2 : 'failed'
}
