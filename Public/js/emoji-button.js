// The composer's button for emoji, where the keyboard has none: it opens a list of them, which is loaded then, and what one
// chooses is put in where one writes.
// Listens to clicks on the button.
import { byID, connect, listen } from './page.js'
import { onFirstUse } from './upgrade.js'

function putIn(sign) {
  const field = byID('text')
  field.setRangeText(sign, field.selectionStart, field.selectionEnd, 'end')
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

class EmojiButton {
  picker

  constructor(button, signal) {
    this.button = button
    // Before, a press would do nothing.
    button.hidden = false
    listen('click', () => this.press(), { target: button, signal })
    listen('abort', () => this.picker?.close(), { target: signal })
  }

  async press() {
    const { button } = this
    if (button.ariaExpanded === 'true') return this.picker.close()
    button.ariaBusy = 'true'
    const module = await onFirstUse(() => import('./emoji-picker.js'))
    this.picker ??= module && new module.EmojiPicker({
      place: (list) => button.after(list),
      take: putIn,
      back: () => byID('text').focus(),
      changed: (isOpen) => { button.ariaExpanded = String(isOpen) },
      opener: button,
    })
    if (button.isConnected) await this.picker?.open()
    button.ariaBusy = null
  }
}

if (!matchMedia('(pointer: coarse)').matches) connect('#emoji', (button, signal) => new EmojiButton(button, signal))
