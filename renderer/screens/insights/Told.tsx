import type { ReactNode } from 'react'
import type { Basis, MetricsQuery } from '../../../preload/contract/metrics.ts'
import { Told as Answer } from '../../components/Told.tsx'
import { When } from '../../components/When.tsx'
import { count } from '../../format/ids.ts'
import { formatNumber } from '../../format/number.ts'
import { type Asked, useAsked } from '../../rpc/useAsked.ts'
import css from './InsightsScreen.module.css'
import type { InsightsView } from './insightsQuery.ts'

/** What each part of the screen is given: its address, the question, and how much of the past is known. */
export interface PartProps {
  view: InsightsView
  asked: MetricsQuery
  /** Asks again when it changes. */
  known: string
  /** Goes to another view of the same. */
  show: (change: Partial<InsightsView>) => void
}

/** Asks main for one part; its last answer stays while the next one is awaited. */
export function usePart<T>(
  part: string,
  { asked, known }: Pick<PartProps, 'asked' | 'known'>,
  ask: (query: MetricsQuery) => Promise<T>,
) {
  const subject = `${part} ${JSON.stringify(asked)}`
  return useAsked(subject, `${subject} ${known}`, () => ask(asked))
}

/** A part that is being computed, has failed, or is here. */
export function Told<T>({ answer, children }: { answer: Asked<T>; children: (value: T) => ReactNode }) {
  return (
    <Answer answer={answer} meanwhile="Computing…">
      {children}
    </Answer>
  )
}

/** What the figures above were computed from, and what is missing. */
export function BasisLine({ basis }: { basis: Basis }) {
  const { asOf, pipelines, executions, sampleExecutions, leftOut, incomplete } = basis
  return (
    <p className={css.basis}>
      From {count(executions, 'execution')} of {count(pipelines, 'pipeline')}, as of <When at={asOf} ago />.
      {sampleExecutions > 0 && ` ${formatNumber(sampleExecutions)} of these are sample data.`}
      {leftOut > 0 && ` ${count(leftOut, 'execution')} of sample data left out.`}
      {incomplete.length > 0 && ` The past of ${count(incomplete.length, 'pipeline')} is not fully read: see above.`}
    </p>
  )
}
