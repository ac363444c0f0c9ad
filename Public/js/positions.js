// How far one has seen the log of events. Events come in order, but a tab may hear them from another tab, and may miss
// some while it is asleep. Pure: it touches no page.

/** The most events that are held while one before them is missing. */
const MOST_HELD = 500

export class Positions {
  /** @param position the number of the newest event that the page already shows */
  constructor(position) {
    this.position = position
    this.held = []
  }

  /**
   * Takes an event, which knows the number of the one `before` it.
   * @returns the events that can be put in now, in order. Those that were seen are dropped.
   */
  take(event) {
    const ready = []
    this.held.push(event)
    for (;;) {
      this.held = this.held.filter(({ id }) => id > this.position).slice(-MOST_HELD)
      const next = this.held.find(({ before }) => before <= this.position)
      if (!next) return ready
      this.position = next.id
      ready.push(next)
    }
  }

  /** Whether events came whose forerunners are missing. */
  get hasGap() {
    return this.held.length > 0
  }

  /** The page was fetched anew, and shows all up to this event. */
  moveTo(position) {
    this.position = position
    this.held = this.held.filter(({ id }) => id > position)
  }
}
