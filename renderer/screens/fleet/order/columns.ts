import type { PipelineRow } from '../../../../preload/contract/pipelines.ts'
import { stateRank } from '../../../components/state.ts'

/** The columns of the fleet, in their order. */
export const columns = [
  { id: 'state', title: 'State' },
  { id: 'name', title: 'Pipeline' },
  { id: 'account', title: 'Account' },
  { id: 'stages', title: 'Stages' },
  { id: 'revision', title: 'Revision' },
  { id: 'change', title: 'Change' },
  { id: 'by', title: 'By' },
  { id: 'when', title: 'When' },
  { id: 'took', title: 'Took' },
  { id: 'median', title: 'vs median' },
  { id: 'recent', title: 'Last ten' },
] as const
export type ColumnId = (typeof columns)[number]['id']

export interface Sort {
  column: ColumnId
  /** `ascending` is what a person expects first of the column: worst state, A to Z, newest, longest. */
  direction: 'ascending' | 'descending'
}

/** Worst state first, then the newest. */
export const defaultSort: Sort = { column: 'state', direction: 'ascending' }

const startedAt = (row: PipelineRow): number | undefined =>
  row.execution === undefined ? undefined : Date.parse(row.execution.startedAt)
const revisionOf = (row: PipelineRow) => row.execution?.revisions[0]

/** How much longer than the median, ms. */
export const overMedian = ({ durationMs, medianMs }: PipelineRow): number | undefined =>
  durationMs === undefined || medianMs === undefined ? undefined : durationMs - medianMs

/** What a column is sorted by; numbers are sorted ascending, so what is wanted first is negative. */
function valueOf(row: PipelineRow, column: ColumnId): number | string | undefined {
  const negative = (value: number | undefined) => (value === undefined ? undefined : -value)
  switch (column) {
    case 'state':
      return stateRank(row.state)
    case 'name':
      return row.key.name
    case 'account':
      return row.accountName
    case 'stages':
      // By how far it has come.
      return row.stages.length === 0
        ? undefined
        : row.stages.filter(({ state }) => state === 'succeeded').length / row.stages.length
    case 'revision':
      return revisionOf(row)?.id
    case 'change':
      return revisionOf(row)?.summary
    case 'by':
      return revisionOf(row)?.author
    case 'when':
      return negative(startedAt(row))
    case 'took':
      return negative(row.durationMs)
    case 'median':
      return negative(overMedian(row))
    case 'recent':
      // By how many of them failed.
      return row.recent.length === 0 ? undefined : -row.recent.filter(({ state }) => state === 'failed').length
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The same text is most of what is compared in a fleet of few accounts and regions. */
const compareNames = (a: string, b: string) => (a === b ? 0 : collator.compare(a, b))

/** Unknown last, whichever way it is sorted. */
function compareValues(a: number | string | undefined, b: number | string | undefined, sign: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * compareNames(String(a), String(b))
}

/** The rows in their order, total and stable: what is equal goes by newest, then by name, account and region. */
export function sorted(rows: readonly PipelineRow[], { column, direction }: Sort): PipelineRow[] {
  const sign = direction === 'ascending' ? 1 : -1
  // Each row's values once, not once for each comparison: a fleet is sorted again whenever main tells something.
  return rows
    .map(row => ({ row, value: valueOf(row, column), when: valueOf(row, 'when') }))
    .sort(
      (a, b) =>
        compareValues(a.value, b.value, sign) ||
        compareValues(a.when, b.when, 1) ||
        compareNames(a.row.key.name, b.row.key.name) ||
        compareNames(a.row.key.account, b.row.key.account) ||
        compareNames(a.row.key.region, b.row.key.region),
    )
    .map(({ row }) => row)
}
