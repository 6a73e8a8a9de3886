import type { LedgerEntry } from '../../../../preload/contract/audit.ts'

const hostOf = (region: string) => {
  if (region.startsWith('cn-')) return `${region}.console.amazonaws.cn`
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : `${region}.console.aws.amazon.com`
}

/** Where AWS's own pages show what an entry is about. */
export function consoleLinks(entry: Pick<LedgerEntry, 'region' | 'pipeline' | 'executionId'>) {
  const { region, pipeline, executionId } = entry
  const host = `https://${hostOf(region)}`
  const of = (page: string) =>
    `${host}/codesuite/codepipeline/pipelines/${encodeURIComponent(pipeline ?? '')}/${page}?region=${region}`
  return [
    ...(pipeline === undefined ? [] : [{ name: 'Pipeline', href: of('view') }]),
    ...(pipeline === undefined || executionId === undefined
      ? []
      : [{ name: 'Execution', href: of(`executions/${executionId}/visualization`) }]),
    { name: 'Event history', href: `${host}/cloudtrailv2/home?region=${region}#/events` },
  ]
}

/** One event on CloudTrail's page, which keeps it for 90 days. */
export const eventLink = (region: string, eventId: string): string =>
  `https://${hostOf(region)}/cloudtrailv2/home?region=${region}#/events/${encodeURIComponent(eventId)}`
