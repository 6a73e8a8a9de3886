import { describe, expect, it } from 'vitest'
import type { Account } from '../../../preload/contract/accounts.ts'
import type { CloudTrail, TrailQuestion } from '../../aws/cloudTrail.ts'
import { type ManualClock, manualClock } from '../../base/clock.ts'
import { Failure } from '../../base/failure.ts'
import { openStore } from '../../store/store.ts'
import { namesIn } from '../ledger/eventNames.ts'
import { createLedger } from '../ledger/ledger.ts'
import { createReader } from './reader.ts'

const account: Pick<Account, 'id' | 'regions' | 'session'> = {
  id: '111122223333',
  regions: ['eu-west-1'],
  session: { state: 'valid', as: 'arn:aws:iam::111122223333:user/ann' },
}
const day = 86_400_000

/** A trail that answers as it is told. */
function standIn() {
  const questions: { region: string; question: TrailQuestion }[] = []
  const told: { refuse?: Failure; events: (question: TrailQuestion) => unknown[] } = { events: () => [] }
  const trail: CloudTrail = {
    async page({ region }, question) {
      questions.push({ region, question })
      if (told.refuse) throw told.refuse
      return { events: told.events(question), unreadable: 0, next: undefined }
    },
  }
  return { questions, told, trail }
}

function start(clock: ManualClock, trail: CloudTrail) {
  const store = openStore(':memory:', 0)
  const ledger = createLedger(store.ledger, clock, { concerns: () => [], who: () => undefined, more: () => undefined })
  const accounts = { snapshot: () => snapshot, onChange: () => () => {} }
  const reader = createReader({ trail, accounts, ledger, store: store.ledger, clock, onTurn: async () => {} })
  reader.start()
  const state = (region: string) => reader.coverage().regions.find(each => each.region === region)?.state
  /** Lets what is due happen until every region waits or is refused. */
  const turn = async () => {
    clock.advance(1)
    for (let step = 0; step < 2_000; step++) await Promise.resolve()
  }
  return { store, reader, state, turn }
}
const snapshot = { accounts: [account] }

describe('reading the trail', () => {
  it('asks every name in the account’s regions, and the names of roles where IAM’s events are', async () => {
    const clock = manualClock()
    const { trail, questions } = standIn()
    const { state, turn, reader } = start(clock, trail)
    await turn()
    expect([state('eu-west-1'), state('us-east-1')]).toEqual(['waiting', 'waiting'])
    const asked = (region: string) =>
      questions.flatMap(each => (each.region === region ? [each.question.by.value] : []))
    expect(asked('eu-west-1')).toEqual(namesIn('eu-west-1'))
    expect(asked('us-east-1')).toContain('PutRolePolicy')
    expect(asked('eu-west-1')).not.toContain('PutRolePolicy')
    reader.stop()
  })

  it('has the later of two changes of one second stand later, as CloudTrail tells them newest first', async () => {
    const clock = manualClock()
    const { trail, told } = standIn()
    const update = (version: number) => ({
      eventVersion: '1.11',
      eventID: `update-${version}`,
      eventTime: new Date(clock.now() - day).toISOString(),
      eventSource: 'codepipeline.amazonaws.com',
      eventName: 'UpdatePipeline',
      awsRegion: 'eu-west-1',
      recipientAccountId: account.id,
      userIdentity: { type: 'IAMUser', userName: 'ann', arn: 'arn:aws:iam::111122223333:user/ann' },
      requestParameters: { pipeline: { name: 'shop' } },
      responseElements: { pipeline: { name: 'shop', version } },
    })
    told.events = ({ by }) => (by.value === 'UpdatePipeline' ? [update(3), update(2)] : [])
    const { store, turn, reader } = start(clock, trail)
    await turn()
    const shown = store.ledger.entries.search({ kinds: ['definition'] }, undefined, 10)
    expect(shown.map(({ words }) => words)).toEqual([
      expect.stringContaining('version 3'),
      expect.stringContaining('version 2'),
    ])
    reader.stop()
  })

  it('shows what it may not read as a gap, and takes the gap back once it could be read', async () => {
    const clock = manualClock()
    const { trail, told } = standIn()
    told.refuse = new Failure({ code: 'AccessDeniedException', message: 'not authorized', next: 'Ask for it.' })
    const { state, turn, reader, store } = start(clock, trail)
    await turn()
    expect(state('eu-west-1')).toBe('denied')
    expect(reader.coverage().gaps).toMatchObject([{ why: 'denied' }, { why: 'denied' }])
    expect(store.ledger.entries.search({ kinds: ['gap'] }, undefined, 10)).toMatchObject([
      { name: 'gap' },
      { name: 'gap' },
    ])
    delete told.refuse
    clock.advance(300_000)
    await turn()
    expect(state('eu-west-1')).toBe('waiting')
    expect(reader.coverage().gaps.filter(({ filledAt }) => filledAt === undefined)).toEqual([])
    reader.stop()
  })

  it('shows what CloudTrail forgot while the desk was off as a gap that stays', async () => {
    const clock = manualClock()
    const { trail } = standIn()
    const first = start(clock, trail)
    await first.turn()
    first.reader.stop()
    clock.advance(100 * day)
    const ledger = createLedger(first.store.ledger, clock, {
      concerns: () => [],
      who: () => undefined,
      more: () => undefined,
    })
    const accounts = { snapshot: () => snapshot, onChange: () => () => {} }
    const reader = createReader({ trail, accounts, ledger, store: first.store.ledger, clock, onTurn: async () => {} })
    reader.start()
    await first.turn()
    const gaps = reader.coverage().gaps.filter(({ region }) => region === 'eu-west-1')
    expect(gaps).toMatchObject([{ why: 'retention', from: '2026-01-01T00:00:00.000Z' }])
    expect(gaps[0]?.filledAt).toBeUndefined()
    reader.stop()
  })
})
