import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definitions, liveExecutions } from './histories.testing.ts'
import { emptyState, step } from './machine.ts'
import { RandomHistory } from './randomHistory.testing.ts'

/** More on request: `HISTORIES=1000000 npx vitest run main/cloud/execution`. */
const histories = Number(process.env['HISTORIES'] ?? 10_000)

const randoms = fc.array(fc.nat(), { minLength: 5, maxLength: 24, size: 'max' })

describe(`${histories} random histories`, () => {
  it(
    'keep every invariant, come to an end, and give the same state when replayed or written down',
    () => {
      fc.assert(
        fc.property(definitions, randoms, (plans, numbers) => {
          const history = new RandomHistory(plans, numbers.length % 10 === 0)
          for (const number of numbers) history.random(number)
          history.drain()
          expect(liveExecutions(history.state).map(({ id, position }) => ({ id, position }))).toEqual([])
          if (numbers.length % 2 === 0) return
          const written: unknown = JSON.parse(JSON.stringify(history.state))
          if (!isDeepStrictEqual(written, history.state)) throw new Error('the state is not what JSON makes of it')
          const replayed = history.log.reduce((state, stamped) => step(state, stamped).state, emptyState)
          if (!isDeepStrictEqual(replayed, history.state)) throw new Error('a replay gave another state')
        }),
        { numRuns: histories },
      )
    },
    Math.max(60_000, histories * 20),
  )
})
