import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportResult } from '../../../preload/contract/audit.ts'
import { type Aws, createAws } from '../../aws/aws.ts'
import { systemClock } from '../../base/clock.ts'
import { type Cloud, createCloud } from '../../cloud/cloud.ts'
import { createSite, type Place, production } from '../../site.testing.ts'
import { openStore, type Store } from '../../store/store.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { importS3 } from './importS3.ts'

const region = 'us-east-1'
const bucket = 'trail-of-all'

/** Where CloudTrail puts a file ("CloudTrail log file names", user guide); a trail of all regions has one folder each. */
const keyOf = (of: string, digits: string, folder = 'CloudTrail', account = production) =>
  `corp/AWSLogs/${account}/${folder}/${of}/2026/03/01/${account}_${folder}_${of}_20260301T10${digits}Z_Hx2cqoXK1tD8uW0b.json.gz`

const past = (id: string, awsRegion: string, more: object = {}) => ({
  eventVersion: '1.11',
  eventID: id,
  eventTime: '2026-03-01T10:00:00Z',
  eventSource: 'codepipeline.amazonaws.com',
  eventName: 'StopPipelineExecution',
  awsRegion,
  recipientAccountId: production,
  userIdentity: { type: 'IAMUser', userName: 'ann.keller' },
  requestParameters: { pipelineName: 'site', reason: 'Wrong branch' },
  ...more,
})

describe('CloudTrail’s files in a bucket of the local cloud', { timeout: 60_000 }, () => {
  let data: string
  let cloud: Cloud
  let aws: Aws
  let store: Store
  let ledger: Ledger
  let place: Place
  /** As LookupEvents gave it before any file was imported. */
  let known: { eventID: string }

  const importAll = async (prefix: string): Promise<ImportResult> => {
    let last: ImportResult | undefined
    for await (const { kind, result } of importS3(
      aws.trailFiles,
      ledger,
      { account: production, region, bucket, prefix },
      undefined,
    ))
      if (kind === 'done') last = result
    if (!last) throw new Error('The import did not end')
    return last
  }
  const rows = () => store.ledger.chain.checked(production, 1, 10_000).length

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'import-'))
    cloud = await createCloud({
      data: join(data, 'cloud'),
      port: 0,
      samples: false,
      resources: fileURLToPath(new URL('../../../resources', import.meta.url)),
      clock: systemClock,
      log: { info() {}, warn() {}, error() {} },
      accounts: [{ id: production, name: 'production', environment: 'production' }],
    })
    const [account] = cloud.accounts
    if (!account) throw new Error('No account')
    const credentials = { accessKeyId: account.accessKeyId, secretAccessKey: account.secretAccessKey }
    place = { endpoint: cloud.endpoint, credentials }
    aws = createAws({ clock: systemClock, random: Math.random })
    aws.admit(production, {
      credentials: async () => credentials,
      endpoint: cloud.endpoint,
      website: () => '',
    })
    store = openStore(':memory:', 0)
    ledger = createLedger(store.ledger, systemClock, {
      concerns: () => [],
      who: () => undefined,
      more: () => undefined,
    })
    await createSite(place)

    const trail = new CloudTrailClient({ region, ...place })
    const { Events: [made] = [] } = await trail.send(
      new LookupEventsCommand({ LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'CreatePipeline' }] }),
    )
    trail.destroy()
    known = JSON.parse(made?.CloudTrailEvent ?? '')
    ledger.record(production, [{ source: 'cloudTrail', event: known }])

    const s3 = new S3Client({ region, ...place, forcePathStyle: true })
    const put = (Key: string, Body: Buffer) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }))
    const file = (...Records: object[]) => gzipSync(JSON.stringify({ Records }))
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    const read = past('read', region, { eventName: 'GetPipeline', readOnly: true })
    await put(keyOf(region, '00'), file(past('a', region), read, known))
    await put(keyOf(region, '05'), file(past('b', region)).subarray(0, 60))
    // CloudTrail may deliver an event twice.
    await put(keyOf('eu-west-1', '00'), file(past('c', 'eu-west-1'), past('a', region)))
    await put(keyOf('ap-southeast-2', '10'), file(past('d', 'ap-southeast-2')))
    await put(keyOf(region, '00', 'CloudTrail-Digest'), file({ digest: true }))
    await put('corp/AWSLogs/readme.txt', Buffer.from('Not of CloudTrail'))
    await put('other/elsewhere.json.gz', file(past('e', region)))
    s3.destroy()
  })
  afterAll(async () => {
    aws.stop()
    store.close()
    await cloud.stop()
    rmSync(data, { recursive: true, force: true })
  })

  it('are taken over from every region, but for the one that is broken, which is told', async () => {
    expect(await importAll('corp/')).toEqual({
      files: 4,
      events: 6,
      concerning: 5,
      added: 3,
      problems: [{ file: keyOf(region, '05'), why: expect.stringMatching(/unexpected end|incorrect/i) }],
    })
    const found = store.ledger.entries.search({ names: ['StopPipelineExecution'] }, undefined, 10)
    expect(found.map(each => each.region).sort()).toEqual(['ap-southeast-2', 'eu-west-1', region])
    expect(found).toMatchObject(found.map(() => ({ pipeline: 'site', sources: ['file'], who: { name: 'ann.keller' } })))
  })

  it('add nothing to what LookupEvents had told already', () => {
    const found = store.ledger.entries.search({ names: ['CreatePipeline'] }, undefined, 10)
    expect(found).toHaveLength(1)
    expect(rows()).toBe(4)
  })

  it('add nothing when they are imported again, all or some', async () => {
    expect(await importAll('corp/')).toMatchObject({ files: 4, concerning: 5, added: 0 })
    expect(await importAll(`corp/AWSLogs/${production}/CloudTrail/eu-west-1/`)).toMatchObject({ files: 1, added: 0 })
    expect(rows()).toBe(4)
  })

  it('of another prefix are left alone until they are asked for', async () => {
    expect(store.ledger.entries.count({ names: ['StopPipelineExecution'] }, 10)).toBe(3)
    expect(await importAll('other/')).toMatchObject({ files: 1, added: 1, problems: [] })
  })

  it('say why a bucket could not be listed', async () => {
    const missing = importS3(
      aws.trailFiles,
      ledger,
      { account: production, region, bucket: 'no-such-bucket-here', prefix: '' },
      undefined,
    )
    await expect(missing.next()).rejects.toMatchObject({ code: 'NoSuchBucket', place: { account: production } })
  })
})
