// What the stream brought while a page was on its way: the page may have been made before, so it is put in once more.
const recordings = new Set()

export function record(html) {
  for (const recording of recordings) recording.push(html)
}

/**
 * Starts to record.
 * @returns ends it, and gives what was recorded. Has to be called, else it grows.
 */
export function startRecording() {
  const recording = []
  recordings.add(recording)
  return () => {
    recordings.delete(recording)
    return recording
  }
}
