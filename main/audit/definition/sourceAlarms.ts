import type { RaisedAlarm } from './alarms.ts'
import { categoryOf } from './gates.ts'
import { isObject, type Json, member, same, textOf } from './json.ts'
import type { Named } from './parts.ts'

/** What says which code is released, by source provider. */
const sourceKeys = new Set([
  'RepositoryName',
  'FullRepositoryId',
  'ConnectionArn',
  'S3Bucket',
  'S3ObjectKey',
  'ImageTag',
  'RegistryId',
  'Owner',
  'Repo',
])
const branchKeys = new Set(['BranchName', 'Branch'])
/** Providers that poll unless they are told not to (fact sheet, 3.7). */
const polling = new Set(['CodeCommit', 'S3', 'GitHub'])

/** Of a source action that is there now and was not, or the other way round: other code is released. */
export function sourceCameOrWent(change: 'added' | 'removed', stage: string, { name, value }: Named): RaisedAlarm[] {
  if (categoryOf(value) !== 'Source') return []
  const settings = member(value, 'configuration')
  const type = member(value, 'actionTypeId')
  const provider = isObject(type) ? textOf(member(type, 'provider')) : undefined
  const set = (key: string) => (isObject(settings) ? textOf(member(settings, key)) : undefined)
  const from = [...sourceKeys, ...branchKeys].flatMap(key => set(key) ?? []).join(' ')
  const source = `Source ${name}${from === '' ? '' : ` (${from})`}`
  const polls = change === 'added' && polling.has(provider ?? '') && set('PollForSourceChanges') !== 'false'
  return [
    { kind: 'sourceChanged', stage, action: name, words: `${source} was ${change}` },
    ...(polls
      ? [{ kind: 'pollingOn' as const, stage, action: name, words: `Source ${name} is polled for changes` }]
      : []),
  ]
}

/** Of one setting of a source action. */
export function sourceSetting(
  stage: string,
  action: string,
  key: string,
  before: Json | undefined,
  after: Json | undefined,
): RaisedAlarm[] {
  if (key === 'PollForSourceChanges') {
    // Absent means polling (fact sheet, 3.7): to take `false` away switches it on.
    return after !== 'false' && before === 'false'
      ? [{ kind: 'pollingOn', stage, action, words: `Source ${action} is polled for changes again` }]
      : []
  }
  const words = `${key} of source ${action} changed from ${said(before)} to ${said(after)}`
  if (branchKeys.has(key)) return [{ kind: 'branchChanged', stage, action, words }]
  return sourceKeys.has(key) ? [{ kind: 'sourceChanged', stage, action, words }] : []
}

/** Of a trigger: the branches that start the pipeline are others now. Its absence is told as well. */
export function triggerBranches(name: string, before: Json | undefined, after: Json | undefined): RaisedAlarm[] {
  const [was, is] = [branchesIn(before), branchesIn(after)]
  if (same(was, is)) return []
  const list = (names: readonly string[]) => (names.length === 0 ? 'of its source action' : names.join(', '))
  const words = `The trigger on ${name} starts for branches ${list(is)} instead of ${list(was)}`
  return [{ kind: 'branchChanged', words }]
}

/** Every pattern of a branch filter; one that excludes begins with `!`. */
function branchesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(branchesIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([name, each]) => (name === 'branches' ? patternsIn(each) : branchesIn(each)))
}

function patternsIn(branches: Json): string[] {
  const of = (name: string) => {
    const patterns = isObject(branches) ? member(branches, name) : undefined
    return Array.isArray(patterns) ? patterns.flatMap(pattern => textOf(pattern) ?? []) : []
  }
  return [...of('includes'), ...of('excludes').map(pattern => `!${pattern}`)]
}

/** A value in a sentence; of an ARN what comes after its account. */
export const said = (value: Json | undefined): string => {
  const text = textOf(value)
  return text === undefined ? 'none' : text.startsWith('arn:') ? text.slice(text.lastIndexOf(':') + 1) : text
}
