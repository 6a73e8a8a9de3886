import { describe, expect, it } from 'vitest'
import type { ExecutionSummary } from '../../preload/contract/pipelines.ts'
import type { LiveState } from '../aws/liveState.ts'
import { listTellsMore } from './states.ts'

const at = '2026-01-01T00:00:00.000Z'
const execution = (id: string, state: ExecutionSummary['state']): ExecutionSummary => ({
  id,
  state,
  status: state,
  type: 'STANDARD',
  startedAt: at,
  updatedAt: at,
  revisions: [],
  sample: false,
})
const live = (status: string, executionId = 'a', inbound: string[] = []): LiveState => ({
  version: 1,
  stages: [
    {
      name: 'Prod',
      latest: { executionId, status, type: 'STANDARD' },
      inbound,
      transition: { open: true },
      actions: [],
      conditions: [],
      retries: 0,
    },
  ],
})

describe('the list of executions', () => {
  it('tells no more than the stages while the same execution goes on', () => {
    expect(listTellsMore(live('InProgress'), [execution('a', 'running')])).toBe(false)
    expect(listTellsMore(live('InProgress', 'a', ['b']), [execution('b', 'running'), execution('a', 'running')])).toBe(
      false,
    )
    expect(listTellsMore(live('Succeeded'), [execution('a', 'succeeded')])).toBe(false)
  })

  it('tells more of a new one, one that ended, one that left every stage, and one that was retried', () => {
    expect(listTellsMore(live('InProgress', 'b'), [execution('a', 'succeeded')])).toBe(true)
    expect(listTellsMore(live('InProgress', 'a', ['b']), [execution('a', 'running')])).toBe(true)
    expect(listTellsMore(live('Failed'), [execution('a', 'running')])).toBe(true)
    expect(listTellsMore(live('InProgress', 'b'), [execution('b', 'running'), execution('a', 'running')])).toBe(true)
    expect(listTellsMore(live('InProgress'), [execution('a', 'failed')])).toBe(true)
  })
})
