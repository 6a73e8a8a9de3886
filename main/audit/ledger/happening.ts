import type { EvidenceSource, LedgerEntry } from '../../../preload/contract/audit.ts'
import { present } from '../../aws/fromSdk/parts.ts'
import type { Claim } from './claim.ts'
import { isOpen } from './who.ts'

/** How far apart two tellings of one happening may be: CodePipeline's clock and CloudTrail's second. s */
export const tolerance = 10

/** Who knows best: CloudTrail says who, from where and with what; the others fill in what it leaves out. */
const rank: Readonly<Record<EvidenceSource, number>> = { cloudTrail: 0, push: 0, file: 0, desk: 1, codePipeline: 2 }
/** Whether it is CloudTrail's own word, however it came. */
export const isTrail = (source: EvidenceSource) => rank[source] === 0

/**
 * Whether a claim tells of the happening that an entry shows. Two events of CloudTrail are two happenings, but for the
 * same event from two sources, which is found by its id before.
 */
export function sameHappening(entry: LedgerEntry, requestId: string | undefined, claim: Claim): boolean {
  if (isTrail(claim.source) && entry.sources.some(isTrail)) return false
  if (entry.sources.includes(claim.source) || claim.name !== entry.name) return false
  if (requestId !== undefined && claim.requestId !== undefined) return requestId === claim.requestId
  if (differ(entry.pipeline, claim.pipelines[0]) || differ(entry.region, claim.region)) return false
  if (differ(entry.stage, claim.stage) || differ(entry.action, claim.action)) return false
  if (differ(entry.executionId, claim.executionId)) return false
  // CodePipeline's word comes of what took effect.
  if (claim.source === 'codePipeline' && entry.refused) return false
  if (claim.refused && entry.sources.every(source => source === 'codePipeline')) return false
  const sameExecution = entry.executionId !== undefined && entry.executionId === claim.executionId
  const apart = Math.abs(Date.parse(entry.at) - Date.parse(claim.at))
  return (claim.name === 'StopPipelineExecution' && sameExecution) || apart <= tolerance * 1000
}

const differ = (a: string | undefined, b: string | undefined) => a !== undefined && b !== undefined && a !== b

/** What the claims of one happening say together. */
export function entryFrom(id: number, claims: readonly Claim[], concerns: readonly string[]): LedgerEntry {
  const [best, ...others] = claims.toSorted((a, b) => rank[a.source] - rank[b.source])
  if (!best) throw new RangeError('An entry needs evidence')
  const first = <K extends keyof Claim>(name: K): Claim[K] | undefined =>
    [best, ...others].find(claim => claim[name] !== undefined)?.[name]
  const [pipeline, ...more] = best.pipelines
  const certain = [best, ...others].map(({ who }) => who).find(who => !isOpen(who)) ?? best.who
  const optional = {
    pipeline,
    stage: first('stage'),
    action: first('action'),
    executionId: first('executionId'),
    version: first('version'),
    comment: first('comment'),
    refused: best.refused,
  }
  return {
    id,
    at: best.at,
    account: best.account,
    region: best.region,
    kind: best.kind,
    name: best.name,
    pipelines: [...new Set([...more, ...concerns])].filter(name => name !== pipeline),
    who: isOpen(best.who) ? certain : best.who,
    words: best.words,
    sources: [...new Set(claims.map(({ source }) => source))],
    ...present(optional),
  }
}

/** What a text search finds an entry by. */
export const searchable = (entry: LedgerEntry, more = ''): string =>
  [
    entry.words,
    more,
    entry.name,
    entry.pipeline,
    ...entry.pipelines,
    entry.stage,
    entry.action,
    entry.who.name,
    entry.who.how,
    entry.comment,
    entry.refused?.code,
    entry.refused?.message,
    entry.executionId,
    entry.region,
    entry.account,
  ]
    .filter(text => text !== undefined && text !== '')
    .join(' ')
