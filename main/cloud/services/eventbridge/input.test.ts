import { describe, expect, it } from 'vitest'
import { inputFor, parsePath } from './input.ts'
import type { EventEnvelope, Target } from './model.ts'

const event: EventEnvelope = {
  version: '0',
  id: '1',
  'detail-type': 'Pushed',
  source: 'shop',
  account: '111122223333',
  time: '2026-11-22T09:00:00Z',
  region: 'us-east-1',
  resources: ['arn:1', 'arn:2'],
  detail: { commit: 'abc', note: 'say "hi"', files: [{ name: 'a' }], 'is-new': true },
}
const rule = { arn: 'arn:aws:events:us-east-1:111122223333:rule/pushed', name: 'pushed' }
const input = (target: Partial<Target>) => inputFor({ Id: 'x', Arn: 'arn', ...target }, event, rule)

describe('what a target gets', () => {
  it('is the event, a constant, or a part of it', () => {
    expect(JSON.parse(input({}))).toEqual(event)
    expect(input({ Input: '{"a":1}' })).toBe('{"a":1}')
    expect(input({ InputPath: '$.detail.files[0].name' })).toBe('"a"')
    expect(input({ InputPath: '$.detail.nothing' })).toBe('null')
  })

  it('is a text made of parts: within quotes as text, elsewhere as JSON', () => {
    const InputPathsMap = {
      commit: '$.detail.commit',
      note: '$.detail.note',
      new: '$.detail.is-new',
      all: '$.resources',
    }
    const InputTemplate =
      '{"sourceRevisions":[{"revisionValue":"<commit>"}],"note":<note>,"quoted":"he <note>","new":<new>,"all":<all>,"rule":"<aws.events.rule-name>","other":"<unknown>"}'
    expect(JSON.parse(input({ InputTransformer: { InputPathsMap, InputTemplate } }))).toEqual({
      sourceRevisions: [{ revisionValue: 'abc' }],
      note: 'say "hi"',
      quoted: 'he say "hi"',
      new: true,
      all: ['arn:1', 'arn:2'],
      rule: 'pushed',
      other: '<unknown>',
    })
  })

  it('knows paths of names and indices, and refuses others', () => {
    expect(parsePath("$.a-b[1]['c d']")).toEqual(['a-b', 1, 'c d'])
    for (const path of ['', 'a', '$a', '$.', '$..a', '$.a[*]', '$.a b']) expect(() => parsePath(path)).toThrow(path)
  })
})
