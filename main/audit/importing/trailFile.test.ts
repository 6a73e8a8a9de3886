import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../base/clock.ts'
import { openStore } from '../../store/store.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import { createAssumers } from '../timeMachine/assumers.ts'
import { importTrailFile } from './trailFile.ts'

const event = (id: string, eventName = 'UpdatePipeline') => ({
  eventID: id,
  eventTime: '2025-03-01T10:00:00Z',
  eventSource: 'codepipeline.amazonaws.com',
  eventName,
  awsRegion: 'us-east-1',
  recipientAccountId: '111122223333',
  userIdentity: { type: 'IAMUser', userName: 'ann' },
  requestParameters: { pipeline: { name: 'payments' } },
})

describe('a file of CloudTrail', () => {
  const store = openStore(':memory:', 0)
  const ledger = createLedger(store.ledger, manualClock(), {
    concerns: () => [],
    who: () => undefined,
    more: () => undefined,
  })
  const text = JSON.stringify({ Records: [event('a'), event('b'), event('c', 'GetPipeline'), { nonsense: true }] })

  it('is taken over, zipped or not, and nothing of it twice', () => {
    expect(importTrailFile(ledger, 'a.json.gz', gzipSync(text))).toEqual({
      files: 1,
      events: 4,
      concerning: 2,
      added: 2,
      problems: [],
    })
    expect(importTrailFile(ledger, 'a.json', Buffer.from(text))).toMatchObject({ concerning: 2, added: 0 })
    expect(store.ledger.entries.search({}, undefined, 10)).toMatchObject([{ sources: ['file'] }, { sources: ['file'] }])
  })

  it('tells who stands behind a chain of roles, though CloudTrail has long forgotten how it began', () => {
    const kept = openStore(':memory:', 0)
    const clock = manualClock(Date.parse('2026-11-01T00:00:00Z'))
    const asked: unknown[] = []
    const trail = { page: (...question: unknown[]) => Promise.reject(new Error(String(asked.push(question)))) }
    const own: Ledger = createLedger(kept.ledger, clock, {
      concerns: () => [],
      who: (entry, [claim]) => assumers.who(entry, claim?.accessKey),
      more: () => undefined,
    })
    const assumers = createAssumers(trail, kept.ledger, () => own, clock)
    own.onRecorded(assumers.learn)
    const session = (role: string, accessKeyId: string) => ({
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/${role}/botocore-session-1774000000`,
      accountId: '111122223333',
      accessKeyId,
      sessionContext: { sessionIssuer: { userName: role }, attributes: { creationDate: '2025-03-01T09:00:00Z' } },
    })
    const assumes = (eventID: string, userIdentity: object, role: string, accessKeyId: string) => ({
      ...event(eventID, 'AssumeRole'),
      eventSource: 'sts.amazonaws.com',
      userIdentity,
      requestParameters: { roleArn: `arn:aws:iam::111122223333:role/${role}` },
      responseElements: { credentials: { accessKeyId } },
    })
    const Records = [
      { ...event('edit'), userIdentity: session('Deployer', 'ASIA2') },
      assumes('second', session('Hop', 'ASIA1'), 'Deployer', 'ASIA2'),
      assumes('first', { type: 'IAMUser', userName: 'ann', accountId: '111122223333' }, 'Hop', 'ASIA1'),
      assumes('service', { type: 'AWSService', invokedBy: 'codebuild.amazonaws.com' }, 'Build', 'ASIA3'),
    ]
    const [edit, ...sessions] = Records.map(record => [Buffer.from(JSON.stringify({ Records: [record] }))] as const)
    for (const [bytes] of sessions.toReversed()) importTrailFile(own, 'sessions.json', bytes)
    expect(importTrailFile(own, 'edit.json', edit?.[0] ?? Buffer.of())).toMatchObject({ concerning: 1, added: 1 })
    expect(kept.ledger.entries.search({}, undefined, 10)).toMatchObject([{ who: { kind: 'person', name: 'ann' } }])
    expect(asked).toEqual([])
    kept.close()
  })

  it.each([
    ['is no JSON', Buffer.from('hello'), /JSON/],
    ['has no records', Buffer.from('{}'), /no Records/],
    ['is cut off', gzipSync(text).subarray(0, 40), /unexpected end|incorrect/i],
  ])('says why where it %s', (_, bytes, why) => {
    expect(importTrailFile(ledger, 'x', bytes).problems).toMatchObject([{ file: 'x', why: expect.stringMatching(why) }])
  })
})
