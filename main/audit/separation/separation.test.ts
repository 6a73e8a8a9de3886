import { describe, expect, it } from 'vitest'
import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { ActionDetail, ExecutionSummary } from '../../../preload/contract/pipelines.ts'
import { matchesAnyCase } from '../../iam/wildcard.ts'
import { enforcementOf } from './enforcement.ts'
import { type Approval, findingsOf, readingTime } from './findings.ts'
import { committedBy, samePerson } from './samePerson.ts'

const key = { account: '111122223333', region: 'us-east-1', name: 'payments' }
const person = (name: string): Who => ({ kind: 'person', name, how: 'SSO session', certain: true })
const entryBy = (who: Who, at = '2026-03-02T09:01:00.000Z'): LedgerEntry => ({
  id: 7,
  at,
  account: key.account,
  region: key.region,
  kind: 'approval',
  name: 'PutApprovalResult',
  pipeline: key.name,
  pipelines: [],
  who,
  words: 'Approved Release in stage Prod of payments',
  sources: ['cloudTrail'],
})
const execution = (author: string, summary = 'Fix it'): ExecutionSummary => ({
  id: 'e1',
  state: 'succeeded',
  status: 'Succeeded',
  type: 'STANDARD',
  startedAt: '2026-03-02T08:50:00.000Z',
  updatedAt: '2026-03-02T09:02:00.000Z',
  revisions: [{ actionName: 'Code', id: 'abc', summary, author }],
  sample: false,
})
const asked = (startedAt: string): ActionDetail => ({
  key,
  stage: 'Prod',
  action: 'Release',
  actionExecutionId: 'a1',
  executionId: 'e1',
  state: 'succeeded',
  startedAt,
  updatedAt: '2026-03-02T09:01:00.000Z',
  configuration: {},
  resolvedConfiguration: {},
  inputArtifacts: [],
  outputArtifacts: [],
  outputVariables: {},
  sample: false,
})
const approval = (more: Partial<Approval>): Approval => ({
  key,
  entry: entryBy(person('ann.keller@example.com')),
  stage: 'Prod',
  action: 'Release',
  execution: execution('Ben Okafor'),
  detail: asked('2026-03-02T08:55:00.000Z'),
  editors: [person('chloe')],
  ...more,
})
const kinds = (more: Partial<Approval>) => findingsOf(approval(more)).map(({ kind }) => kind)

describe('separation of duties', () => {
  it('finds nothing where three people did the three things, in time', () => {
    expect(kinds({})).toEqual([])
  })
  it('finds who approved their own commit, their own definition, or both', () => {
    expect(kinds({ execution: execution('Ann Keller') })).toEqual(['approverCommitted'])
    expect(kinds({ editors: [person('ann.keller')] })).toEqual(['approverEdited'])
    expect(kinds({ execution: execution('Ann Keller'), editors: [person('ann.keller')] })).toEqual(['onePersonAll'])
  })
  it('finds an approval that came before anybody could read what it is about', () => {
    expect(kinds({ detail: asked('2026-03-02T09:00:55.000Z') })).toEqual(['tooFast'])
    const long = execution('Ben Okafor', 'word '.repeat(400))
    expect(readingTime(long, undefined)).toBe(100)
    expect(kinds({ execution: long, detail: asked('2026-03-02T08:59:30.000Z') })).toEqual(['tooFast'])
  })
  it('finds an approval that no person gave', () => {
    expect(kinds({ entry: entryBy({ kind: 'automation', name: 'githubactions', how: 'in role Deploy' }) })).toEqual([
      'byAutomation',
    ])
  })
  it('knows a person by the names that git and AWS have for them, and never by one shared word', () => {
    expect(samePerson('Chloé Martin', 'chloe.martin@example.com')).toBe(true)
    expect(samePerson('Martin Chloé', 'chloe.martin')).toBe(true)
    expect(samePerson('Ann Keller', 'ann')).toBe(false)
    expect(samePerson('', '')).toBe(false)
  })
  it.each([
    ['the address’s local part is the login', 'Ann Keller', 'ann@corp.example', 'ann', true],
    ['the addresses are the same', 'A. K.', 'Ann@corp.example', 'ann@corp.example', true],
    ['the address stands in the author’s text', 'Ann Keller <ann@corp.example>', undefined, 'ann', true],
    ['the names are the same', 'Ann Keller', 'home@ann.example', 'ann.keller@corp.example', true],
    ['only the first name is the same', 'Ann Keller', undefined, 'ann', false],
    ['only the first name is known', 'ann', undefined, 'ann', false],
    ['another Ann has the login', 'Ann Keller', 'ann.keller@corp.example', 'ann', false],
    ['the addresses are of two companies', 'Ann', 'ann@corp.example', 'ann@partner.example', false],
    ['nobody is named', '', undefined, '', false],
  ])('knows whether a caller committed where %s', (_, author, authorEmail, caller, same) => {
    expect(committedBy({ author, authorEmail }, caller)).toBe(same)
  })
  it('offers policies that touch no pipeline whose name begins alike, and that a new name does not escape', () => {
    const { policies } = enforcementOf(key, 'Prod', 'Release')
    const resources = policies.flatMap(({ document }) =>
      JSON.parse(document).Statement.flatMap(({ Resource }: { Resource: string | string[] }) => Resource),
    )
    const of = (name: string) => `arn:aws:codepipeline:us-east-1:111122223333:${name}`
    const touches = (arn: string) => resources.some(pattern => matchesAnyCase(pattern, arn))
    expect([of('payments'), of('payments/Prod'), of('payments/Prod/Release')].map(touches)).toEqual([true, true, true])
    expect([of('payments-europe'), of('payments-europe/Prod/Release')].map(touches)).toEqual([false, false])
    const [editors] = policies
    const [{ Resource: denied }] = JSON.parse(editors?.document ?? '').Statement
    expect(matchesAnyCase(denied, of('payments/Prod/AnotherName'))).toBe(true)
  })
  it('offers policies that name the very approval', () => {
    const { policies, limits } = enforcementOf(key, 'Prod', 'Release')
    for (const { document } of policies) expect(JSON.parse(document)).toHaveProperty('Version', '2012-10-17')
    expect(policies[2]?.document).toContain('arn:aws:codepipeline:us-east-1:111122223333:payments/Prod/Release')
    expect(limits).not.toEqual([])
  })
})
