import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../base/clock.ts'
import { openStore } from '../../store/store.ts'
import { createLedger } from '../ledger/ledger.ts'
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

  it.each([
    ['is no JSON', Buffer.from('hello'), /JSON/],
    ['has no records', Buffer.from('{}'), /no Records/],
    ['is cut off', gzipSync(text).subarray(0, 40), /unexpected end|incorrect/i],
  ])('says why where it %s', (_, bytes, why) => {
    expect(importTrailFile(ledger, 'x', bytes).problems).toMatchObject([{ file: 'x', why: expect.stringMatching(why) }])
  })
})
