import { leaving, viewer } from './page.js'

const mine = `nextalk/${viewer}/`
let storage = {}
try {
  storage = localStorage
} catch {}

export const read = (key) => storage[mine + key] ?? ''
export const erase = (key) => delete storage[mine + key]
export const keys = (prefix = '') => Object.keys(storage)
  .filter((key) => key.startsWith(mine + prefix)).map((key) => key.slice(mine.length))

export function write(key, value) {
  if (!value || leaving.now) return erase(key)
  try {
    storage[mine + key] = value
  } catch {
    storage = { ...storage, [mine + key]: value }
  }
}
