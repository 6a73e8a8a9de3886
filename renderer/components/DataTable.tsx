import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Plain } from '../format/csv.ts'
import { formatNumber } from '../format/number.ts'
import { Button } from './Button.tsx'
import css from './DataTable.module.css'
import { type ExportColumn, TableExport } from './TableExport.tsx'

export interface Column<T> extends ExportColumn<T> {
  cell: (row: T) => ReactNode
  /** Numbers stand right, their digits under each other. */
  numeric?: boolean
  /** What its header sorts by; a column without it can't be sorted by. Undefined values come last. */
  by?: (row: T) => Plain
}

export interface DataTableProps<T> {
  /** Read out; not shown. */
  caption: string
  columns: readonly Column<T>[]
  rows: readonly T[]
  idOf: (row: T) => string
  /** How the rows come, until a header is used. */
  sorted?: { column: string; descending: boolean }
  /** The page's main table: `E` and a button save it as CSV, under this name. */
  file?: string
}

const collator = new Intl.Collator('en', { numeric: true })

function compare(one: Plain, other: Plain): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
  return typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(`${one}`, `${other}`)
}

/** Rows that are drawn unless more are asked for. */
const atFirst = 200

/** A table of a few hundred rows, sorted by its headers. */
export function DataTable<T>({ caption, columns, rows, idOf, sorted, file }: DataTableProps<T>) {
  const [order, setOrder] = useState(sorted)
  const [all, setAll] = useState(false)
  const by = columns.find(({ id }) => id === order?.column)?.by
  const shown = by
    ? rows.toSorted((one, other) => {
        const [a, b] = [by(one), by(other)]
        const missing = a === undefined || b === undefined
        return compare(a, b) * (order?.descending === true && !missing ? -1 : 1)
      })
    : rows
  return (
    <>
      <div className={css.scroll}>
        <table className={css.table}>
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ id, title, numeric = false, by: sortable }) => {
                const mine = order?.column === id ? order : undefined
                const direction = mine?.descending === true ? 'descending' : 'ascending'
                return (
                  <th key={id} scope="col" data-numeric={numeric || undefined} aria-sort={mine && direction}>
                    {sortable ? (
                      <button
                        type="button"
                        className={css.sort}
                        onClick={() => setOrder({ column: id, descending: mine ? !mine.descending : numeric })}
                      >
                        {title}
                        {mine?.descending === true && <ArrowDown size={12} aria-hidden />}
                        {mine?.descending === false && <ArrowUp size={12} aria-hidden />}
                      </button>
                    ) : (
                      title
                    )}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {(all ? shown : shown.slice(0, atFirst)).map(row => (
              <tr key={idOf(row)}>
                {columns.map(({ id, cell, numeric = false }) => (
                  <td key={id} data-numeric={numeric || undefined}>
                    {cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.foot}>
        {!all && shown.length > atFirst && (
          <Button onClick={() => setAll(true)}>Show all {formatNumber(shown.length)}</Button>
        )}
        {file !== undefined && <TableExport caption={caption} file={file} columns={columns} rows={shown} />}
      </div>
    </>
  )
}
