import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Armed, arm, decide } from './decide.ts'
import { faultText, limitText } from './rules.ts'

const state = {
  account: '111122223333',
  region: 'us-east-1',
  service: 'codepipeline',
  operation: 'GetPipelineState',
}
const fault = (text: string) => arm(faultText.parse(text), 0)
const limit = (text: string) => arm(limitText.parse(text), 0)

/** The fates of calls at these times, with what the rules became. */
function fates(rules: readonly Armed[], times: readonly number[], asked = state, draw = () => 0.5) {
  let armed = rules
  const seen = times.map(now => {
    const decided = decide(armed, asked, now, draw)
    armed = decided.armed
    return decided.fate
  })
  return { seen, armed }
}
const refused = (seen: readonly { kind: string }[]) => seen.filter(({ kind }) => kind === 'refuse').length

describe('what becomes of a call', () => {
  it('proceeds where no rule aims at it', () => {
    const rules = [fault('codebuild=500'), fault('codepipeline.Put*=500'), fault('444455556666/*=expired')]
    expect(fates(rules, [0]).seen).toEqual([{ delay: 0, kind: 'proceed' }])
  })

  it('adds delays up, and ends with the first rule that ends it; the rules behind that one do not count', () => {
    const rules = [fault('*=40ms'), fault('codepipeline.Get*=100-200ms'), fault('*=expired'), fault('*=500')]
    const { seen, armed } = fates(rules, [0])
    expect(seen).toEqual([{ delay: 190, kind: 'refuse', as: 'expired' }])
    expect(armed.map(one => one.fired)).toEqual([1, 1, 1, 0])
  })

  it('befalls so many calls, so long, or such a share of them', () => {
    expect(refused(fates([fault('*=500@2x')], [0, 1, 2, 3]).seen)).toBe(2)
    expect(refused(fates([fault('*=throttled@30s')], [0, 29_999, 30_000]).seen)).toBe(2)
    let n = 0
    const eighths = () => (n++ % 8) / 8
    expect(refused(fates([fault('*=500@25%')], Array(80).fill(0), state, eighths).seen)).toBe(20)
  })

  it('never lets more through than the limit says: one second’s calls at once, then as time goes by', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 200 }),
        (perSecond, gaps) => {
          let now = 0
          const times = gaps.map(gap => {
            now += gap
            return now
          })
          const { seen, armed } = fates([limit(`codepipeline=${perSecond}`)], times)
          const passed = times.length - refused(seen)
          expect(passed).toBeLessThanOrEqual(perSecond + (now / 1000) * perSecond)
          expect(armed[0]?.fired).toBe(refused(seen))
        },
      ),
    )
  })

  it('limits each account, region and operation for itself', () => {
    const rules = [limit('codepipeline=1')]
    const others = [state, { ...state, region: 'eu-west-1' }, { ...state, account: '444455556666' }]
    const all = [...others, { ...state, operation: 'ListPipelines' }]
    let armed: readonly Armed[] = rules
    const seen = [...all, ...all].map(asked => {
      const decided = decide(armed, asked, 0, () => 0)
      armed = decided.armed
      return decided.fate.kind
    })
    expect(seen).toEqual([...Array(4).fill('proceed'), ...Array(4).fill('refuse')])
  })
})
