import { describe, expect, it } from 'vitest'
import type { ActionView } from '../../../../preload/contract/pipelines.ts'
import { type GraphModel, graphModel } from '../../../graph/graphModel.ts'
import { inventedDefinition } from '../../../graph/invented.testing.ts'
import { ambiguousNames, waterfall } from './waterfall.ts'

const start = Date.parse('2026-11-22T10:00:00Z')
const at = (seconds: number) => start + seconds * 1000
const iso = (seconds: number) => new Date(at(seconds)).toISOString()

interface Story {
  stage: string
  action: string
  runOrder?: number
  approval?: boolean
  view: Partial<ActionView>
}

/** Stages in order of their first mention; every action is of execution "one" unless said otherwise. */
function told(stories: readonly Story[], inbound: Record<string, string[]> = {}): GraphModel {
  const names = [...new Set(stories.map(({ stage }) => stage))]
  const definition = inventedDefinition(
    names.map(name => ({
      name,
      actions: stories
        .filter(({ stage }) => stage === name)
        .map(({ action, runOrder }) => ({ name: action, runOrder: runOrder ?? 1, state: 'notRun' })),
    })),
  )
  for (const stage of definition.stages) {
    for (const action of stage.actions) {
      if (stories.some(story => story.action === action.name && story.approval)) action.category = 'Approval'
    }
  }
  return graphModel({
    definition,
    stages: names.map(name => ({
      name,
      state: 'running',
      transition: { open: true },
      inbound: inbound[name] ?? [],
      retries: 0,
      conditions: [],
      actions: stories
        .filter(({ stage }) => stage === name)
        .map(({ action, view }) => ({ name: action, state: 'notRun' as const, executionId: 'one', ...view })),
    })),
  })
}
const source = {
  stage: 'Source',
  action: 'App',
  view: { state: 'succeeded', startedAt: iso(0), durationMs: 6000 },
} as const
const drawn = (model: GraphModel) => ({ model, executionId: 'one', startedAt: start })
const row = (model: GraphModel, action: string, now: number) =>
  waterfall(drawn(model), now).rows.find(candidate => candidate.action === action)

describe('the waterfall of an execution', () => {
  it('draws what ended from its start to its end, and what runs until now', () => {
    const model = told([source, { stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(6) } }])
    expect(row(model, 'App', at(30))?.bar).toEqual({ from: at(0), to: at(6) })
    expect(row(model, 'Compile', at(30))?.bar).toEqual({ from: at(6), to: at(30) })
  })

  it('draws nothing of an older execution that still stands in a stage', () => {
    const model = told([
      source,
      {
        stage: 'Build',
        action: 'Compile',
        view: { state: 'succeeded', startedAt: iso(-900), durationMs: 5000, executionId: 'old' },
      },
    ])
    expect(row(model, 'Compile', at(30))).toMatchObject({ state: 'notRun' })
    expect(row(model, 'Compile', at(30))?.bar).toBeUndefined()
  })

  it('shows how long it waited before a stage, and that it still waits before a closed one', () => {
    const entered = told([
      source,
      { stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(60) } },
    ])
    expect(row(entered, 'Compile', at(90))?.waited).toEqual({ from: at(6), to: at(60) })
    const before = told([source, { stage: 'Build', action: 'Compile', view: { executionId: 'old' } }], {
      Build: ['one'],
    })
    expect(row(before, 'Compile', at(90))?.waited).toEqual({ from: at(6), to: at(90) })
  })

  it('expects the end by medians along the slowest way, and by 90th percentiles', () => {
    const model = told([
      source,
      {
        stage: 'Build',
        action: 'Compile',
        view: { state: 'running', startedAt: iso(6), medianMs: 60_000, p90Ms: 90_000 },
      },
      {
        stage: 'Build',
        action: 'Lint',
        view: { state: 'running', startedAt: iso(6), medianMs: 20_000, p90Ms: 20_000 },
      },
      { stage: 'Deploy', action: 'Site', view: { medianMs: 10_000, p90Ms: 30_000 } },
    ])
    expect(waterfall(drawn(model), at(10)).expected).toEqual({ p50: at(76), p90: at(126), withoutApprovals: false })
  })

  it('never expects an end in the past of what takes longer than ever', () => {
    const model = told([
      { stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(0), medianMs: 5000 } },
    ])
    expect(waterfall(drawn(model), at(500)).expected?.p50).toBe(at(500))
  })

  it('says that people’s decisions are not counted', () => {
    const model = told([
      { stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(0), medianMs: 5000 } },
      { stage: 'Production', action: 'Approve', approval: true, view: {} },
    ])
    expect(waterfall(drawn(model), at(1)).expected).toEqual({ p50: at(5), p90: at(5), withoutApprovals: true })
  })

  it('expects nothing where a time is unknown, or something failed', () => {
    const unknown = told([{ stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(0) } }])
    expect(waterfall(drawn(unknown), at(1)).expected).toBeUndefined()
    const failed = told([
      { stage: 'Build', action: 'Compile', view: { state: 'failed', startedAt: iso(0), medianMs: 1 } },
      { stage: 'Build', action: 'Lint', view: { state: 'running', startedAt: iso(0), medianMs: 1 } },
    ])
    expect(waterfall(drawn(failed), at(1)).expected).toBeUndefined()
  })

  it('lays the ghost of another execution under it, both starting together', () => {
    const model = told([{ stage: 'Build', action: 'Compile', view: { state: 'running', startedAt: iso(0) } }])
    const ghost = told([
      {
        stage: 'Build',
        action: 'Compile',
        view: { state: 'succeeded', startedAt: iso(-600), durationMs: 9000, executionId: 'old' },
      },
    ])
    const both = waterfall(drawn(model), at(5), { model: ghost, executionId: 'old', startedAt: at(-602) })
    expect(both.rows[0]?.ghost).toEqual({ from: at(2), to: at(11) })
    expect(both.to).toBe(at(11))
  })

  it('knows which names several stages use', () => {
    const { rows } = waterfall(
      drawn(
        told([
          { stage: 'Build', action: 'Compile', view: {} },
          { stage: 'Build', action: 'Test', view: {} },
          { stage: 'Production', action: 'Test', view: {} },
        ]),
      ),
      at(0),
    )
    expect(ambiguousNames(rows)).toEqual(new Set(['Test']))
  })
})
