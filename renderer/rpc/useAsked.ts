import { useEffect, useRef, useState } from 'react'
import type { FailureShape } from '../../preload/contract/base.ts'
import { failureOf } from './failureOf.ts'

export type Asked<T> =
  | { state: 'asking'; value: T | undefined }
  | { state: 'answered'; value: T }
  | { state: 'failed'; value: T | undefined; failure: FailureShape }

/**
 * Asks whenever `question` changes; nothing for `undefined`. While the next answer is awaited the last one of the same
 * `subject` stays, so that what is read is not taken away by each refresh.
 */
export function useAsked<T>(subject: string, question: string | undefined, ask: () => Promise<T>): Asked<T> {
  const [answer, setAnswer] = useState<{ subject: string; question: string | undefined; asked: Asked<T> }>()
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  useEffect(() => {
    if (question === undefined) return
    let wanted = true
    // Walking over nodes with the arrows asks for the one where the walk ends.
    const timer = setTimeout(() => {
      latest.current().then(
        value => wanted && setAnswer({ subject, question, asked: { state: 'answered', value } }),
        (thrown: unknown) =>
          wanted &&
          setAnswer(before => ({
            subject,
            question,
            asked: {
              state: 'failed',
              value: before?.subject === subject ? before.asked.value : undefined,
              failure: failureOf(thrown),
            },
          })),
      )
    }, settle)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [subject, question])
  if (answer?.subject !== subject) return { state: 'asking', value: undefined }
  return answer.question === question ? answer.asked : { state: 'asking', value: answer.asked.value }
}

const settle = 80
