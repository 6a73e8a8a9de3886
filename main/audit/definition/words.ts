import type { DefinitionChange } from '../../../preload/contract/definitionChange.ts'
import { assertNever } from '../../base/assertNever.ts'
import { isObject, type Json, member, textOf } from './json.ts'

/** The change as a clause that goes on after "changed payments:". */
export function wordsOf(change: DefinitionChange): string {
  switch (change.kind) {
    case 'added':
      return `added ${thing(change.part, change.name, change.value)}${within(change.stage)}`
    case 'removed':
      return `removed ${thing(change.part, change.name, change.value)}${within(change.stage, 'from')}`
    case 'renamed':
      return `renamed ${change.part} ${change.name}${within(change.stage)} to ${change.to}`
    case 'moved':
      return change.toStage !== undefined && change.toStage !== change.stage
        ? `moved action ${change.name} from stage ${change.stage} to stage ${change.toStage}`
        : `moved ${change.part} ${change.name}${within(change.stage)} from place ${change.from + 1} to ${change.to + 1}`
    case 'changed':
      return changed(change)
    case 'condition':
      return condition(change)
    default:
      return assertNever(change)
  }
}

type Changed = Extract<DefinitionChange, { kind: 'changed' }>
type Part = Changed['part']

const within = (stage: string | undefined, preposition = 'in') =>
  stage === undefined ? '' : ` ${preposition} stage ${stage}`

/** "approval Release", "CodeBuild action Unit", "stage Prod". */
function thing(part: Part, name: string, value: Json): string {
  if (part === 'artifactStore') return name === '' ? 'the artifact store' : `the artifact store of ${name}`
  if (part === 'trigger') return `the trigger on ${name}`
  if (part === 'stage') return `stage ${name}${contents(value)}`
  if (part !== 'action') return `${part} ${name}`
  const type = isObject(value) ? member(value, 'actionTypeId') : undefined
  const category = isObject(type) ? textOf(member(type, 'category')) : undefined
  const provider = isObject(type) ? textOf(member(type, 'provider')) : undefined
  return category === 'Approval' ? `approval ${name}` : `${provider ? `${provider} ` : ''}action ${name}`
}

function contents(stage: Json): string {
  const actions = isObject(stage) ? member(stage, 'actions') : undefined
  const names = Array.isArray(actions)
    ? actions.flatMap(action => (isObject(action) ? thing('action', textOf(member(action, 'name')) ?? '', action) : []))
    : []
  return names.length === 0 ? '' : ` with ${names.join(', ')}`
}

const memberNames: Readonly<Record<string, string>> = {
  roleArn: 'role',
  runOrder: 'run order',
  executionMode: 'execution mode',
  pipelineType: 'type',
  actionTypeId: 'action type',
  inputArtifacts: 'input artifacts',
  outputArtifacts: 'output artifacts',
  outputVariables: 'output variables',
  timeoutInMinutes: 'timeout in minutes',
  encryptionKey: 'encryption key',
  location: 'bucket',
  gitConfiguration: 'filters',
  defaultValue: 'default value',
}

function changed({ part, stage, name = '', member: path, before, after }: Changed): string {
  const [first = '', key] = path
  const what = key === undefined ? (memberNames[first] ?? first) : key
  const owner =
    part === 'pipeline' ? '' : part === 'action' ? ` of action ${name}${within(stage)}` : ownerOf(part, name)
  if (before === undefined) return `set ${what}${owner} to ${shown(after)}`
  if (after === undefined) return `removed ${what} ${shown(before)}${owner}`
  return `changed ${what}${owner} from ${shown(before)} to ${shown(after)}`
}

const ownerOf = (part: Part, name: string) => ` of ${thing(part, name, null)}`

/** A value in a few characters: an ARN by its last part, a list by its members. */
function shown(value: Json | undefined): string {
  if (typeof value === 'string')
    return shortened(value.startsWith('arn:') ? value.slice(value.lastIndexOf(':') + 1) : value)
  if (Array.isArray(value)) return shortened(value.map(nameOrValue).join(', '))
  return shortened(isObject(value) ? (textOf(member(value, 'id')) ?? JSON.stringify(value)) : JSON.stringify(value))
}
const nameOrValue = (value: Json) =>
  isObject(value) ? (textOf(member(value, 'name')) ?? JSON.stringify(value)) : shown(value)
const shortened = (text: string) => (text.length > 160 ? `${text.slice(0, 159)}…` : text)

const places = { beforeEntry: 'before entry', onSuccess: 'on success', onFailure: 'on failure' }

function condition({
  stage,
  condition: kind,
  before,
  after,
}: Extract<DefinitionChange, { kind: 'condition' }>): string {
  const where = `${places[kind]} of stage ${stage}`
  if (before === undefined) return `added ${said(after)} ${where}`
  if (after === undefined) return `dropped ${said(before)} ${where}`
  return `changed what holds ${where} from ${said(before)} to ${said(after)}`
}

/** A condition by its rules, or what is done without one. */
function said(value: Json | undefined): string {
  const conditions = isObject(value) ? member(value, 'conditions') : undefined
  const rules = (Array.isArray(conditions) ? conditions : []).flatMap(each => {
    const list = isObject(each) ? member(each, 'rules') : undefined
    return Array.isArray(list) ? list.map(nameOrValue) : []
  })
  if (rules.length > 0) return `the condition ${rules.join(', ')}`
  const result = isObject(value) ? textOf(member(value, 'result')) : undefined
  return result === undefined ? 'the condition' : `the result ${result}`
}
