import type { Cause, Figure, FigureName, TimeKind } from '../../../preload/contract/metrics.ts'
import { spokenDuration } from '../../format/duration.ts'
import { formatNumber } from '../../format/number.ts'

export const figureName: Record<FigureName, string> = {
  deploymentFrequency: 'Deployment frequency',
  leadTime: 'Lead time for changes',
  changeFailureRate: 'Change failure rate',
  timeToRestore: 'Time to restore',
}

/** Whether more of it is better: what a change is coloured by. */
export const moreIsBetter: Record<FigureName, boolean> = {
  deploymentFrequency: true,
  leadTime: false,
  changeFailureRate: false,
  timeToRestore: false,
}

export const timeName: Record<TimeKind, string> = {
  commit: 'Commit to start',
  queue: 'Waiting for a stage',
  source: 'Source',
  build: 'Build',
  test: 'Test',
  approval: 'Waiting for approval',
  deploy: 'Deploy',
  invoke: 'Invoke',
  retry: 'Failed, until retried',
}

export const percent = (share: number): string => `${formatNumber(share * 100, share < 0.1 ? 1 : 0)}\u00a0%`

/** What a figure is made of, one and many. */
export const observedAs: Record<FigureName, readonly [one: string, many: string]> = {
  deploymentFrequency: ['deployment', 'deployments'],
  leadTime: ['deployment', 'deployments'],
  changeFailureRate: ['change', 'changes'],
  timeToRestore: ['restored failure', 'restored failures'],
}

/** A time on an axis: `5 min`, `1 h 30 min`. s */
export const axisTime = (seconds: number): string => (seconds === 0 ? '0' : spokenDuration(seconds * 1000))

const minute = 60_000

/** As exact as a figure of its size is: `4 min 34 s`, from an hour on `23 h 25 min`. ms */
export const inUnits = (ms: number | undefined): string =>
  spokenDuration(ms === undefined || ms < 60 * minute ? ms : Math.round(ms / minute) * minute).replaceAll(' ', '\u00a0')

/** A figure's value with its unit. */
export function told(value: number, unit: Figure['unit']): string {
  switch (unit) {
    case 'perDay':
      return value >= 1 ? `${formatNumber(value, 1)}\u00a0a\u00a0day` : `${formatNumber(value * 7, 1)}\u00a0a\u00a0week`
    case 'ms':
      return inUnits(value)
    case 'share':
      return percent(value)
  }
}

/** What came with a change, in a sentence. */
export function causeWords(cause: Cause): string {
  switch (cause.kind) {
    case 'definition':
      return `Definition ${cause.from} → ${cause.to}: ${cause.what.join('; ')}`
    case 'buildspec':
      return 'The buildspec changed'
    case 'compute':
      return `Compute type ${cause.from} → ${cause.to}`
    case 'revision':
      return `Revision ${cause.revision.slice(0, 7)}${cause.summary === undefined ? '' : `: ${cause.summary}`}`
    case 'unknown':
      return 'Nothing that the desk can see: look at the provider'
  }
}
