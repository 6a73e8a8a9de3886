import type { Cause } from '../../preload/contract/metrics.ts'
import type { ActionDefinition, Definition } from '../../preload/contract/pipelines.ts'
import type { ActionFact } from '../store/history.ts'
import { revisionsOf } from './deployments.ts'
import { definedAction } from './kind.ts'
import type { PipelinePast } from './past.ts'

/** What came between two attempts of an action: its definition, its build's settings, or the source. Pure. */
export function causeOf(past: PipelinePast, before: ActionFact, after: ActionFact): Cause {
  if (before.version !== undefined && after.version !== undefined && before.version !== after.version) {
    const what = definitionChanges(past.definitionOf(before.version), past.definitionOf(after.version), after)
    return { kind: 'definition', from: before.version, to: after.version, what }
  }
  const [was, is] = [before, after].map(({ externalId = '' }) => past.builds.get(externalId))
  if (was && is) {
    if (was.buildspec !== is.buildspec)
      return { kind: 'buildspec', from: was.buildspec ?? 'in the source', to: is.buildspec ?? 'in the source' }
    const machine = (build: typeof was) => [build.environmentType, build.computeType, build.image].join(' ')
    if (machine(was) !== machine(is)) return { kind: 'compute', from: machine(was), to: machine(is) }
  }
  const execution = (id: string) => past.executions.find(each => each.id === id)
  const [earlier, later] = [execution(before.executionId), execution(after.executionId)]
  const [revision] = later?.revisions ?? []
  if (earlier && later && revision && revisionsOf(earlier) !== revisionsOf(later)) {
    const { id, summary } = revision
    return { kind: 'revision', revision: id, ...(summary !== undefined && { summary }) }
  }
  return { kind: 'unknown' }
}

/** What two versions of the definition say differently of one action and its stage. */
export function definitionChanges(
  before: Definition | undefined,
  after: Definition | undefined,
  at: { stage: string; action: string },
): string[] {
  if (!before || !after) return []
  const [was, is] = [definedAction(before, at), definedAction(after, at)]
  const namesIn = (definition: Definition) =>
    definition.stages.find(({ name }) => name === at.stage)?.actions.map(({ name }) => name) ?? []
  const added = namesIn(after).filter(name => !namesIn(before).includes(name))
  const removed = namesIn(before).filter(name => !namesIn(after).includes(name))
  return [
    ...(was && is ? actionChanges(was, is) : []),
    ...added.map(name => `Action ${name} added to stage ${at.stage}`),
    ...removed.map(name => `Action ${name} removed from stage ${at.stage}`),
  ]
}

function actionChanges(was: ActionDefinition, is: ActionDefinition): string[] {
  const changed = (what: string, from: string | number | undefined, to: string | number | undefined) =>
    from === to ? [] : [`${what}: ${from ?? 'none'} → ${to ?? 'none'}`]
  const settings = [...new Set([...Object.keys(was.configuration), ...Object.keys(is.configuration)])].sort()
  return [
    ...changed('Provider', was.provider, is.provider),
    ...changed('Run order', was.runOrder, is.runOrder),
    ...changed('Region', was.region, is.region),
    ...changed('Role', was.roleArn, is.roleArn),
    ...settings.flatMap(name => changed(name, was.configuration[name], is.configuration[name])),
  ]
}
