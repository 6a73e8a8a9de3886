import type { State } from '../../../preload/contract/base.ts'
import type { PipelineRow } from '../../../preload/contract/pipelines.ts'

export interface Invention {
  name?: string
  account?: string
  accountName?: string
  region?: string
  environment?: PipelineRow['environment']
  state?: State
  stages?: readonly [name: string, state: State][]
  startedAt?: string
  revision?: { id: string; summary?: string; author?: string }
  durationMs?: number
  medianMs?: number
}

/** A row for tests; everything has a value, so that a test names only what it is about. */
export function invented(with_: Invention = {}): PipelineRow {
  const state = with_.state ?? 'succeeded'
  const startedAt = with_.startedAt ?? '2026-11-22T13:58:00.000Z'
  const revision = with_.revision ?? {
    id: '9f1c2ab0d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8',
    summary: 'Retry once',
    author: 'ana',
  }
  return {
    key: {
      account: with_.account ?? '777788889999',
      region: with_.region ?? 'us-east-1',
      name: with_.name ?? 'payments-release',
    },
    accountName: with_.accountName ?? 'production',
    environment: with_.environment ?? 'production',
    state,
    stages: (with_.stages ?? [['Source', 'succeeded'] as const, ['Build', state] as const]).map(([name, state]) => ({
      name,
      state,
    })),
    version: 1,
    type: 'V2',
    mode: 'SUPERSEDED',
    execution: {
      id: '4b77e01a-0000-4000-8000-000000000001',
      state,
      status: state === 'succeeded' ? 'Succeeded' : 'InProgress',
      type: 'STANDARD',
      startedAt,
      updatedAt: startedAt,
      revisions: [{ actionName: 'App', ...revision }],
      sample: false,
    },
    durationMs: with_.durationMs ?? 372_000,
    medianMs: with_.medianMs ?? 272_000,
    recent: [],
    closedTransitions: [],
    asOf: '2026-11-22T14:02:07.000Z',
  }
}
