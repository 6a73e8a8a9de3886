import type { Declaration } from '../../../preload/contract/declaration.ts'
import type { ToldChange } from '../../../preload/contract/definitionChange.ts'
import { alarmsOf, type RaisedAlarm } from './alarms.ts'
import { diff } from './diff.ts'
import { gatesLost } from './gates.ts'
import { normal } from './normal.ts'
import { wordsOf } from './words.ts'

export interface ToldDiff {
  changes: ToldChange[]
  alarms: RaisedAlarm[]
}

/** What changed between two versions, in words, with where it is drawn and the alarms it raises. */
export function toldDiff(before: Declaration, after: Declaration): ToldDiff {
  const [from, to] = [normal(before), normal(after)]
  const steps = diff(before, after)
  const found = steps.map(change => ({ change, alarms: alarmsOf(change, from, to) }))
  const isTold = found.some(({ alarms }) => alarms.some(({ kind }) => kind === 'approvalRemoved'))
  // What is lost by the order of things belongs to no one change: it is told with the first that ordered anything.
  const lost = isTold ? [] : gatesLost(from, to, steps)
  found.find(({ change }) => orders(change))?.alarms.unshift(...lost)
  return {
    changes: found.map(({ change, alarms: [alarm] }) => ({
      change,
      words: wordsOf(change),
      ...drawnAt(change),
      ...(alarm && { alarm: alarm.kind }),
    })),
    alarms: found.flatMap(({ alarms }) => alarms),
  }
}

/** Whether a change may put something before or behind something else. */
const orders = (change: ToldChange['change']) =>
  change.kind === 'moved' ||
  change.kind === 'added' ||
  change.kind === 'removed' ||
  (change.kind === 'changed' && change.part === 'action' && change.member[0] === 'runOrder')

function drawnAt(change: ToldChange['change']): Pick<ToldChange, 'stage' | 'action'> {
  switch (change.kind) {
    case 'condition':
      return { stage: change.stage }
    case 'changed':
    case 'added':
    case 'removed':
    case 'moved':
    case 'renamed': {
      const name = change.kind === 'renamed' ? change.to : change.name
      if (change.part === 'stage') return name === undefined ? {} : { stage: name }
      if (change.part !== 'action' || name === undefined) return {}
      const stage = change.kind === 'moved' ? (change.toStage ?? change.stage) : change.stage
      return { ...(stage !== undefined && { stage }), action: name }
    }
  }
}
