import { gzipSync } from 'node:zlib'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'
import { sendSigned } from './rawRequest.ts'

let cloud: CloudUnderTest
beforeAll(async () => {
  cloud = await startCloudUnderTest()
})
afterAll(async () => {
  await cloud.stop()
  if (cloud.faults.length > 0) throw new AggregateError(cloud.faults, 'the cloud had faults')
})

const minute = 60_000
const at = new Date(Math.floor(Date.now() / minute) * minute - 10 * minute)
const range = { StartTime: at, EndTime: new Date(at.getTime() + 5 * minute) }

describe.skipIf(localOnly('metrics take minutes to be seen there')).each([
  ['JSON', {}],
  ['CBOR', { protocol: AwsSmithyRpcV2CborProtocol }],
] as const)('metrics in %s', (name, protocol) => {
  let client: CloudWatchClient
  beforeAll(() => {
    client = new CloudWatchClient({ ...cloud.settings(), ...protocol })
  })
  afterAll(() => client.destroy())
  const MetricName = `Sales${name}`
  const Dimensions = [{ Name: 'Shop', Value: 'hats' }]

  it('come back by period and statistic as they were put', async () => {
    const Values = Array.from({ length: 100 }, (_, index) => index + 1)
    await client.send(
      new PutMetricDataCommand({
        Namespace: 'Shop',
        MetricData: [
          { MetricName, Dimensions, Timestamp: at, Values, Unit: 'Count' },
          { MetricName, Dimensions, Timestamp: new Date(at.getTime() + minute), Value: 7.5, Unit: 'Count' },
        ],
      }),
    )
    const MetricStat = (Stat: string) => ({ Metric: { Namespace: 'Shop', MetricName, Dimensions }, Period: 60, Stat })
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...range,
        ScanBy: 'TimestampAscending',
        MetricDataQueries: [
          { Id: 'sum', MetricStat: MetricStat('Sum') },
          { Id: 'p90', MetricStat: MetricStat('p90'), Label: 'slow' },
        ],
      }),
    )
    const Timestamps = [at, new Date(at.getTime() + minute)]
    expect(MetricDataResults).toEqual([
      { Id: 'sum', Label: MetricName, Timestamps, Values: [5050, 7.5], StatusCode: 'Complete' },
      { Id: 'p90', Label: 'slow', Timestamps, Values: [90, 7.5], StatusCode: 'Complete' },
    ])
    const { Datapoints } = await client.send(
      new GetMetricStatisticsCommand({
        ...range,
        Namespace: 'Shop',
        MetricName,
        Dimensions,
        Period: 300,
        Statistics: ['Average', 'Maximum', 'SampleCount'],
      }),
    )
    expect(Datapoints?.reduce((sum, { SampleCount = 0 }) => sum + SampleCount, 0)).toBe(101)
    const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'Shop', MetricName }))
    expect(Metrics).toEqual([{ Namespace: 'Shop', MetricName, Dimensions }])
  })

  it('page through more points than one answer may have', async () => {
    const MetricStat = { Metric: { Namespace: 'Shop', MetricName, Dimensions }, Period: 60, Stat: 'Sum' }
    const query = { ...range, MaxDatapoints: 1, MetricDataQueries: [{ Id: 'a', MetricStat }] }
    const first = await client.send(new GetMetricDataCommand(query))
    expect(first.MetricDataResults?.[0]).toMatchObject({ Values: [7.5], StatusCode: 'PartialData' })
    const second = await client.send(new GetMetricDataCommand({ ...query, NextToken: first.NextToken }))
    expect(second.MetricDataResults?.[0]).toMatchObject({ Values: [5050], StatusCode: 'Complete' })
    expect(second.NextToken).toBeUndefined()
  })

  it('are reckoned with, shown or not', async () => {
    const stat = (Stat: string) => ({ Metric: { Namespace: 'Shop', MetricName, Dimensions }, Period: 60, Stat })
    const MetricDataQueries = [
      { Id: 'm1', MetricStat: stat('Sum'), ReturnData: false },
      { Id: 'm2', MetricStat: stat('SampleCount'), ReturnData: false },
      { Id: 'share', Expression: 'mean / 50.5 * 100', Label: 'of the usual' },
      { Id: 'mean', Expression: 'm1 / m2', ReturnData: false },
    ]
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({ ...range, ScanBy: 'TimestampAscending', MetricDataQueries }),
    )
    expect(MetricDataResults?.map(({ Id, Label, Values }) => ({ Id, Label, Values }))).toEqual([
      { Id: 'share', Label: 'of the usual', Values: [100, expect.closeTo(14.85, 2)] },
    ])
  })

  it('are refused in the words of CloudWatch, what cannot be reckoned clearly', async () => {
    const put = (Namespace: string) =>
      client.send(new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'x', Value: 1 }] }))
    expect(await refusalOf(put('AWS/CodePipeline'))).toMatchObject({
      name: 'InvalidParameterValueException',
      status: 400,
    })
    for (const [Expression, why] of [
      ['e * 2', 'it needs its own result.'],
      ["SEARCH('{Shop}', 'Sum')", 'the local cloud does not offer the function SEARCH.'],
    ]) {
      const MetricDataQueries = [{ Id: 'e', Expression }]
      expect(await refusalOf(client.send(new GetMetricDataCommand({ ...range, MetricDataQueries })))).toMatchObject({
        name: 'ValidationException',
        message: `Error in expression '${Expression}': ${why}`,
      })
    }
  })

  it('have alarms that change state and say why', async () => {
    const AlarmName = `many-${name}`
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: 'Shop',
        MetricName,
        Dimensions,
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 10,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
    )
    const described = async () =>
      (await client.send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName] }))).MetricAlarms?.[0]
    expect(await described()).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', Statistic: 'Sum', Dimensions })
    await client.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a drill' }))
    expect(await described()).toMatchObject({ StateValue: 'ALARM', StateReason: 'a drill' })
  })
})

describe.skipIf(localOnly('it sends as older clients did'))('older clients of CloudWatch and SQS', () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }

  it('are answered in the query protocol, compressed bodies too', async () => {
    const form = new URLSearchParams({
      Action: 'PutMetricData',
      Version: '2010-08-01',
      Namespace: 'Old',
      'MetricData.member.1.MetricName': 'Visits',
      'MetricData.member.1.Value': '3',
      'MetricData.member.1.Dimensions.member.1.Name': 'Page',
      'MetricData.member.1.Dimensions.member.1.Value': 'home',
    }).toString()
    const put = await sendSigned(cloud, 'monitoring', {
      headers: { ...headers, 'content-encoding': 'gzip' },
      body: gzipSync(form),
    })
    expect([put.status, put.text]).toEqual([200, expect.stringContaining('<PutMetricDataResponse')])
    const list = await sendSigned(cloud, 'monitoring', {
      headers,
      body: 'Action=ListMetrics&Version=2010-08-01&Namespace=Old',
    })
    expect(list.text).toContain('<Dimensions><member><Name>Page</Name><Value>home</Value></member></Dimensions>')
    const wrong = await sendSigned(cloud, 'monitoring', {
      headers,
      body: 'Action=SetAlarmState&Version=2010-08-01&AlarmName=none&StateValue=OK&StateReason=x',
    })
    expect([wrong.status, wrong.text]).toEqual([404, expect.stringContaining('<Code>ResourceNotFound</Code>')])
  })

  it('send to the URL of their queue', async () => {
    const call = (path: string, body: string) =>
      sendSigned(cloud, 'sqs', { path, headers, body: `${body}&Version=2012-11-05` })
    const made = await call('/', 'Action=CreateQueue&QueueName=old')
    const url = /<QueueUrl>(.*)<\/QueueUrl>/.exec(made.text)?.[1] ?? ''
    const path = new URL(url).pathname
    const sent = await call(path, `Action=SendMessage&MessageBody=hello&QueueUrl=${encodeURIComponent(url)}`)
    expect(sent.text).toContain('<MD5OfMessageBody>5d41402abc4b2a76b9719d911017c592</MD5OfMessageBody>')
    const got = await call(path, `Action=ReceiveMessage&AttributeName.1=All&QueueUrl=${encodeURIComponent(url)}`)
    expect(got.text).toContain('<Body>hello</Body>')
    const none = await call('/', 'Action=GetQueueUrl&QueueName=none')
    expect(none.text).toContain('<Code>AWS.SimpleQueueService.NonExistentQueue</Code>')
  })
})
