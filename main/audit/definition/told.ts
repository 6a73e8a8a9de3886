import type { Declaration } from '../../../preload/contract/declaration.ts'
import type { ToldChange } from '../../../preload/contract/definitionChange.ts'
import { alarmsOf, type RaisedAlarm } from './alarms.ts'
import { diff } from './diff.ts'
import { normal } from './normal.ts'
import { wordsOf } from './words.ts'

export interface ToldDiff {
  changes: ToldChange[]
  alarms: RaisedAlarm[]
}

/** What changed between two versions, in words, with where it is drawn and the alarms it raises. */
export function toldDiff(before: Declaration, after: Declaration): ToldDiff {
  const to = normal(after)
  const found = diff(before, after).map(change => ({ change, alarms: alarmsOf(change, to) }))
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
