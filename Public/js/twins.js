import { all, byID, one, viewer } from './page.js'

const text = (message) => one('.text', message).textContent.trim() + all('.images > *', message).length

// The stream may be quicker than the answer.
export function dropTwins(messages) {
  for (const message of messages) {
    if (message.dataset.author === viewer && !byID(message.id)) {
      all('.sending').find((each) => text(each) === text(message))?.remove()
    }
  }
}
