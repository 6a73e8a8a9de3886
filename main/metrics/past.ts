import type { Environment } from '../../preload/contract/accounts.ts'
import type { Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { ActionFact, StoredBuild } from '../store/history.ts'

/** All that figures need of one pipeline's past. */
export interface PipelinePast {
  key: PipelineKey
  /** The newest definition known. */
  definition: Definition | undefined
  /** An older one, where it is known. */
  definitionOf: (version: number) => Definition | undefined
  /** Of any account that the desk knows. */
  environmentOf: (account: string) => Environment
  /** Oldest first. */
  executions: readonly ExecutionSummary[]
  /** Every attempt by its execution, oldest first. */
  actions: ReadonlyMap<string, readonly ActionFact[]>
  /** When revisions were committed, by id. ms since the Unix epoch */
  commits: ReadonlyMap<string, number>
  /** By id. */
  builds: ReadonlyMap<string, StoredBuild>
}

/** A time from `from` up to, but not at, `to`. ms since the Unix epoch */
export interface Span {
  from: number
  to: number
}

export const isWithin = ({ from, to }: Span, at: number): boolean => at >= from && at < to

/** The span of the same length just before. */
export const spanBefore = ({ from, to }: Span): Span => ({ from: from - (to - from), to: from })
