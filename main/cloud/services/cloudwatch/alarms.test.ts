import { describe, expect, it } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { type CloudEvent, createEventBus } from '../../events.ts'
import { openDatabase } from '../../state/database.ts'
import { createSealedTokens } from '../../state/sealedTokens.ts'
import type { Topics } from '../sns/inProcess.ts'
import type { AlarmDefinition } from './alarmModel.ts'
import { evaluate } from './evaluate.ts'
import { createCloudWatch } from './index.ts'

const alarm: AlarmDefinition = {
  name: 'failures',
  actionsEnabled: true,
  actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
  namespace: 'Shop',
  metric: 'Failures',
  dimensions: [],
  statistic: 'Sum',
  period: 60,
  evaluationPeriods: 3,
  threshold: 1,
  comparison: 'GreaterThanOrEqualToThreshold',
}
/** 0 is within the threshold, X beyond it, - no data; as the tables of AWS's user guide have them. */
const points = (text: string) => Array.from(text, sign => ({ '0': 0, X: 1 })[sign])

describe('an alarm with missing data', () => {
  it.each([
    // data, missing, ignore, breaching, notBreaching (undefined: stays as it is)
    ['0-X-X', 3, 'OK', 'OK', 'OK', 'OK'],
    ['0----', 3, 'OK', 'OK', 'OK', 'OK'],
    ['-----', 3, 'INSUFFICIENT_DATA', undefined, 'ALARM', 'OK'],
    ['0XX-X', 3, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['--X--', 3, 'ALARM', undefined, 'ALARM', 'OK'],
    ['0-X-X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['00X0X', 2, 'ALARM', 'ALARM', 'ALARM', 'ALARM'],
    ['0-X--', 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['----0', 2, 'OK', 'OK', 'ALARM', 'OK'],
    ['---X-', 2, 'ALARM', undefined, 'ALARM', 'OK'],
  ] as const)('decides %s with %i of 3 as AWS does', (text, datapointsToAlarm, ...expected) => {
    const ways = ['missing', 'ignore', 'breaching', 'notBreaching'] as const
    expect(
      ways.map(treatMissingData => evaluate({ ...alarm, datapointsToAlarm, treatMissingData }, points(text)).state),
    ).toEqual(expected)
  })
})

it('goes off a minute after the data say so, tells its topic and the bus once, and recovers', async () => {
  const clock = manualClock(Date.UTC(2026, 10, 22, 9))
  const database = openDatabase(':memory:')
  const events: CloudEvent[] = []
  const notices: { topic: string; subject: string | undefined; text: string | undefined }[] = []
  const fail = (error: unknown) => {
    throw error
  }
  const bus = createEventBus(fail)
  bus.subscribe(event => events.push(event))
  const topics: Topics = {
    publishAs: () => 'id',
    publishFor(_visit, topic, { subject, message }) {
      notices.push({ topic, subject, text: message.default })
      return 'id'
    },
  }
  const cloudWatch = createCloudWatch({
    database,
    clock,
    bus,
    topics,
    tokens: createSealedTokens(database),
    isV2: () => true,
    onError: fail,
  })
  const where = { account: '111122223333', region: 'us-east-1' }
  const call = { ...where, signal: new AbortController().signal } as never
  const topic = 'arn:aws:sns:us-east-1:111122223333:alarms'
  await cloudWatch.service.operations.PutMetricAlarm?.run(
    cloudWatch.service.lends,
    {
      AlarmName: 'failures',
      Namespace: 'AWS/CodePipeline',
      MetricName: 'FailedPipelineExecutions',
      Dimensions: [{ Name: 'PipelineName', Value: 'shop' }],
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [topic],
    },
    call,
  )
  const state = () => cloudWatch.alarmState(where.account, where.region, 'failures')
  expect(state()).toBe('INSUFFICIENT_DATA')
  clock.advance(60_000)
  expect(state()).toBe('OK')
  bus.publish({
    ...where,
    source: 'aws.codepipeline',
    'detail-type': 'CodePipeline Pipeline Execution State Change',
    time: '2026-11-22T09:01:10Z',
    resources: [],
    detail: { pipeline: 'shop', state: 'FAILED', 'start-time': '2026-11-22T09:00:00.000Z' },
  })
  clock.advance(60_000)
  expect(state()).toBe('ALARM')
  expect(notices).toHaveLength(1)
  expect(notices[0]).toMatchObject({ topic, subject: 'ALARM: "failures" in us-east-1' })
  expect(JSON.parse(notices[0]?.text ?? '')).toMatchObject({
    AlarmName: 'failures',
    NewStateValue: 'ALARM',
    OldStateValue: 'OK',
    NewStateReason: 'Threshold Crossed: 1 datapoint [1.0] was greater than or equal to the threshold (1.0).',
  })
  // The datum is two periods old, and within the range that an alarm looks back to, for two minutes more.
  clock.advance(180_000)
  expect(state()).toBe('OK')
  expect(
    events.flatMap(({ detail }) => ('state' in detail && 'alarmName' in detail ? [detail['state']] : [])),
  ).toMatchObject([{ value: 'OK' }, { value: 'ALARM' }, { value: 'OK' }])
  cloudWatch.stop()
  expect(clock.nextDue()).toBeUndefined()
})
