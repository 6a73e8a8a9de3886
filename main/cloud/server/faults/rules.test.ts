import { describe, expect, it } from 'vitest'
import { faultText, limitText } from './rules.ts'

describe('what --throttle says', () => {
  it.each([
    ['codepipeline=5', { aim: { service: 'codepipeline', operation: '*' }, perSecond: 5 }],
    [
      'codepipeline.GetPipelineState=0.5',
      { aim: { service: 'codepipeline', operation: 'GetPipelineState' }, perSecond: 0.5 },
    ],
    ['111122223333/logs.Get*=2', { aim: { account: '111122223333', service: 'logs', operation: 'Get*' } }],
    ['*=10', { aim: { service: '*', operation: '*' }, perSecond: 10 }],
  ])('%s', (text, rule) => {
    expect(limitText.parse(text)).toMatchObject({ kind: 'limit', text, ...rule })
  })

  it.each(['', 'codepipeline', 'codepipeline=', 'codepipeline=0', 'codepipeline=-1', 'codepipeline=fast', '=5'])(
    '%j is refused',
    text => expect(limitText.safeParse(text).success).toBe(false),
  )
})

describe('what --fault says', () => {
  it.each([
    ['codepipeline=500', { kind: 'serverError', status: 500 }, {}],
    ['codepipeline=503@10%', { kind: 'serverError', status: 503 }, { share: 0.1 }],
    ['*=40ms', { kind: 'latency', from: 40, to: 40 }, {}],
    ['*=40-200ms', { kind: 'latency', from: 40, to: 200 }, {}],
    ['codepipeline.Put*=drop-after@1x', { kind: 'dropped', when: 'after' }, { times: 1 }],
    ['s3=drop-before@50%,3x', { kind: 'dropped', when: 'before' }, { share: 0.5, times: 3 }],
    ['sts=expired', { kind: 'expired' }, {}],
    ['codepipeline=throttled@30s', { kind: 'throttled' }, { lasting: 30_000 }],
  ])('%s', (text, trouble, odds) => {
    expect(faultText.parse(text)).toMatchObject({ kind: 'fault', text, trouble, odds })
  })

  it.each([
    'codepipeline',
    'codepipeline=',
    'codepipeline=404',
    'codepipeline=200-40ms',
    'codepipeline=500@',
    'codepipeline=500@0%',
    'codepipeline=500@101%',
    'codepipeline=500@1.5x',
    'codepipeline=500@soon',
    'codepipeline=500@1x@2x',
    'Code Pipeline=500',
    '1234/codepipeline=500',
    'codepipeline.Get*State=500',
  ])('%j is refused', text => expect(faultText.safeParse(text).success).toBe(false))
})
