import type { State } from '../../../../preload/contract/base.ts'
import type { PipelineRow } from '../../../../preload/contract/pipelines.ts'
import { isStale } from '../../../stores/fleet.ts'
import { type Filter, type FilterKey, stateOf, type Term } from './parse.ts'

/** The stages where the pipeline stands: those that are at something; otherwise the last that was done. */
function standsIn({ stages }: PipelineRow): readonly string[] {
  const calm = new Set<State>(['succeeded', 'skipped', 'notRun'])
  const busy = stages.filter(({ state }) => !calm.has(state))
  const last = stages.findLast(({ state }) => state !== 'notRun')
  return (busy.length > 0 ? busy : last ? [last] : []).map(({ name }) => name)
}

/** A row's words that a key, or plain text, is looked for in. */
function wordsOf(row: PipelineRow, key: FilterKey | undefined): readonly string[] {
  const revisions = row.execution?.revisions ?? []
  switch (key) {
    case 'acct':
      return [row.accountName, row.key.account]
    case 'region':
      return [row.key.region]
    case 'state':
      return isStale(row) ? [row.state, 'stale'] : [row.state]
    case 'stage':
      return standsIn(row)
    case 'by':
      return revisions.flatMap(({ author }) => author ?? [])
    case 'commit':
      return revisions.map(({ id }) => id)
    case undefined:
      return [
        row.key.name,
        row.accountName,
        row.key.account,
        ...revisions.flatMap(({ id, summary, author }) => [id, summary ?? '', author ?? '']),
      ]
  }
}

/** Whole words for what has few values; beginnings for ids; parts for what people half remember. */
const fit: Readonly<Record<FilterKey, 'whole' | 'begin' | 'part'>> = {
  acct: 'part',
  region: 'part',
  state: 'whole',
  stage: 'part',
  by: 'part',
  commit: 'begin',
}

function testOf({ key, values }: Term): (word: string) => boolean {
  const tests = values.map(value => {
    const sought = (key === 'state' ? (stateOf(value) ?? value) : value).toLowerCase()
    if (sought.includes('*')) {
      const pattern = sought.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      const whole = new RegExp(`^${pattern.join('.*')}$`, 's')
      return (word: string) => whole.test(word)
    }
    switch (key === undefined ? 'part' : fit[key]) {
      case 'whole':
        return (word: string) => word === sought
      case 'begin':
        return (word: string) => word.startsWith(sought)
      case 'part':
        return (word: string) => word.includes(sought)
    }
  })
  return word => tests.some(test => test(word.toLowerCase()))
}

/** Whether a row is asked for: every term must hold. */
export function matcher({ terms }: Filter): (row: PipelineRow) => boolean {
  const tests = terms.map(term => {
    const test = testOf(term)
    return (row: PipelineRow) => wordsOf(row, term.key).some(test) !== term.negated
  })
  return row => tests.every(test => test(row))
}
