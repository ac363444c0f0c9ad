// Pictures that are chosen or on their way, kept in this browser's database so that they outlive the page; where there
// is none, in memory as long as the page stays.
import { leaving, listen } from './page.js'
import { database as name } from './store.js'

const STORE = 'pictures'
const memory = new Map()

const settled = (request) => new Promise((done, fail) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => fail(request.error)
})

/** Only then it is written: a page that is left before takes it back. */
const finished = (transaction) => new Promise((done, fail) => {
  transaction.oncomplete = done
  transaction.onabort = () => fail(transaction.error)
})

function openDatabase() {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  return settled(request)
}

/** Does one thing in the database, which is closed again: an open one keeps a page out of the back-forward cache. */
async function use(mode, act) {
  const database = await openDatabase()
  try {
    const transaction = database.transaction(STORE, mode)
    const [result] = await Promise.all([settled(act(transaction.objectStore(STORE))), finished(transaction)])
    return result
  } finally {
    database.close()
  }
}

/** Keeps pictures, `{ file, width, height, alt }` each, under a key. */
export async function keepFiles(key, items) {
  memory.set(key, items)
  if (leaving.isNow) return
  try {
    await use('readwrite', (store) => store.put(items, key))
  } catch {
    // They are in memory.
  }
}

/** The pictures under a key, an empty list where there are none. */
export async function filesOf(key) {
  if (memory.has(key)) return memory.get(key)
  try {
    return await use('readonly', (store) => store.get(key)) ?? []
  } catch {
    return []
  }
}

export async function removeFiles(key) {
  memory.delete(key)
  try {
    await use('readwrite', (store) => store.delete(key))
  } catch {
    // There is no database to remove them from.
  }
}

/** Removes all but those under keys that are wanted. */
export async function removeOthers(isWanted) {
  try {
    const keys = await use('readonly', (store) => store.getAllKeys())
    for (const key of keys.filter((each) => !isWanted(each))) await removeFiles(key)
  } catch {
    // There is no database to look in.
  }
}

listen('leaving', () => memory.clear())
