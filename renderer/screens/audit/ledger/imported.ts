import type { ImportResult } from '../../../../preload/contract/audit.ts'

export const nothingImported: ImportResult = { files: 0, events: 0, concerning: 0, added: 0, problems: [] }

/** What two imports brought together. */
export const added = (one: ImportResult, other: ImportResult): ImportResult => ({
  files: one.files + other.files,
  events: one.events + other.events,
  concerning: one.concerning + other.concerning,
  added: one.added + other.added,
  problems: [...one.problems, ...other.problems],
})
