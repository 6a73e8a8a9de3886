import { AwsError } from '../../server/awsError.ts'

interface Entry {
  Id: string | undefined
}

/** Does each entry by itself: one that is refused fails alone. */
export function inBatch<E extends Entry, R>(entries: readonly E[], work: (entry: E) => R) {
  const done: { Id: string; result: R }[] = []
  const failed: { Id: string; SenderFault: true; Code: string; Message: string }[] = []
  for (const entry of entries) {
    const Id = entry.Id ?? ''
    try {
      done.push({ Id, result: work(entry) })
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      failed.push({ Id, SenderFault: true, Code: error.name, Message: error.message })
    }
  }
  return { done, failed }
}
