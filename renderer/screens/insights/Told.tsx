import type { ReactNode } from 'react'
import type { Basis, MetricsQuery } from '../../../preload/contract/metrics.ts'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { When } from '../../components/When.tsx'
import { count } from '../../format/ids.ts'
import { type Asked, useAsked } from '../../rpc/useAsked.ts'
import css from './InsightsScreen.module.css'

/** What each part of the screen is given: the question, and how much of the past is known (asks again when it grows). */
export interface PartProps {
  asked: MetricsQuery
  known: string
}

/** Asks main for one part; its last answer stays while the next one is awaited. */
export function usePart<T>(part: string, { asked, known }: PartProps, ask: (query: MetricsQuery) => Promise<T>) {
  const subject = `${part} ${JSON.stringify(asked)}`
  return useAsked(subject, `${subject} ${known}`, () => ask(asked))
}

/** A part that is being computed, has failed, or is here. */
export function Told<T>({ answer, children }: { answer: Asked<T>; children: (value: T) => ReactNode }) {
  if (answer.value !== undefined) return children(answer.value)
  if (answer.state === 'failed') return <FailureNotice failure={answer.failure} />
  return <output className={css.loading}>Computing…</output>
}

/** What the figures above were computed from, and what is missing. */
export function BasisLine({ basis }: { basis: Basis }) {
  const { asOf, pipelines, executions, sampleExecutions, leftOut, incomplete } = basis
  return (
    <p className={css.basis}>
      From {count(executions, 'execution')} of {count(pipelines, 'pipeline')}, as of <When at={asOf} ago />.
      {sampleExecutions > 0 && ` ${count(sampleExecutions, 'execution')} of these are sample data.`}
      {leftOut > 0 && ` ${count(leftOut, 'execution')} of sample data left out.`}
      {incomplete.length > 0 &&
        ` The past of ${count(incomplete.length, 'pipeline')} is not known for the whole period: read it above.`}
    </p>
  )
}
