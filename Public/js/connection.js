import { notice } from './page.js'

let timer = 0
let line

export function connected(up) {
  if (!up) {
    timer ||= setTimeout(() => { line = notice('Reconnecting…', 'reconnecting') }, 5000)
    return
  }
  clearTimeout(timer)
  timer = 0
  line?.remove()
}

connected(false)
