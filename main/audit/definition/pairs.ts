import { isObject, type JsonObject, member, same, withMember } from './json.ts'
import type { Named } from './parts.ts'

/** Parts that go by another name now: the likest of those that are only before and only after. */
export function renamedPairs(
  before: readonly Named[],
  after: readonly Named[],
  likeness: (a: JsonObject, b: JsonObject) => number,
): { name: string; to: string }[] {
  const gone = before.filter(({ name }) => !after.some(each => each.name === name))
  const come = after.filter(({ name }) => !before.some(each => each.name === name))
  const candidates = gone
    .flatMap(a => come.map(b => ({ name: a.name, to: b.name, likeness: likeness(a.value, b.value) })))
    .filter(each => each.likeness >= 0.5)
    .sort((x, y) => y.likeness - x.likeness)
  const taken = new Set<string>()
  return candidates.flatMap(({ name, to }) => {
    if (taken.has(`-${name}`) || taken.has(`+${to}`)) return []
    taken.add(`-${name}`).add(`+${to}`)
    return [{ name, to }]
  })
}

/** 1 for the same action under another name; less for one of the same type; 0 for another type of action. */
export function actionLikeness(a: JsonObject, b: JsonObject): number {
  if (!same(member(a, 'actionTypeId'), member(b, 'actionTypeId'))) return 0
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(name => name !== 'name')
  const alike = names.filter(name => same(member(a, name), member(b, name))).length
  return names.length === 0 ? 1 : alike / names.length
}

/** How many of a stage's actions are the same in both; 1 for stages that differ in their name alone. */
export function stageLikeness(a: JsonObject, b: JsonObject): number {
  if (same(withMember(a, 'name', undefined), withMember(b, 'name', undefined))) return 1
  const [mine, theirs] = [actionsOf(a), actionsOf(b)]
  const shared = mine.filter(action =>
    theirs.some(other => same(member(action, 'name'), member(other, 'name')) && actionLikeness(action, other) >= 0.5),
  ).length
  // Two renamed stages that share their only action are told apart from a stage that lost one and gained one.
  return (0.99 * shared) / Math.max(mine.length, theirs.length, 1)
}

function actionsOf(stage: JsonObject): JsonObject[] {
  const actions = member(stage, 'actions')
  return Array.isArray(actions) ? actions.filter(isObject) : []
}
