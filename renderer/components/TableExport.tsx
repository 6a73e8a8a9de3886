import type { ReactNode } from 'react'
import { saveFile } from '../charts/saveFile.ts'
import { csvOf, type Plain } from '../format/csv.ts'
import { useCommands } from '../stores/commands.ts'
import { Button } from './Button.tsx'
import css from './DataTable.module.css'

/** What of a table's column goes into a file. */
export interface ExportColumn<T> {
  id: string
  title: ReactNode
  by?: (row: T) => Plain
  /** What a spreadsheet gets, by its header, where that is not what is sorted by: units, both ends of a range. */
  csv?: Readonly<Record<string, (row: T) => Plain>>
}

export interface TableExportProps<T> {
  /** What is exported, in words. */
  caption: string
  /** The file's name, without its ending. */
  file: string
  columns: readonly ExportColumn<T>[]
  rows: readonly T[]
}

function csvOfTable<T>({ columns, rows }: Pick<TableExportProps<T>, 'columns' | 'rows'>): string {
  const told = columns.flatMap(({ id, title, by, csv }) =>
    Object.entries(csv ?? (by ? { [typeof title === 'string' ? title : id]: by } : {})),
  )
  return csvOf(
    told.map(([header]) => header),
    rows.map(row => told.map(([, value]) => value(row))),
  )
}

/** Saves the page's main table as CSV: a button, and the key `E`. One to a page. */
export function TableExport<T>({ caption, file, columns, rows }: TableExportProps<T>) {
  const save = () => saveFile(`${file}.csv`, new Blob([csvOfTable({ columns, rows })], { type: 'text/csv' }))
  useCommands([{ id: 'export-table', title: `Export as CSV: ${caption}`, group: 'This page', keys: 'E', run: save }])
  return (
    <div className={css.export}>
      <Button look="quiet" keys="E" aria-label={`Export as CSV: ${caption}`} onClick={save}>
        CSV
      </Button>
    </div>
  )
}
