import { EntryFilter } from '../../../../preload/contract/audit.ts'

/** The members of a filter that hold several values. */
export type Listed = 'kinds' | 'accounts' | 'regions' | 'people' | 'pipelines' | 'names'

/** With the value added; the filter as it was where it is in it already, or is none that can be asked for. */
export function withValue(filter: EntryFilter, member: Listed, value: string): EntryFilter {
  const values: readonly string[] = filter[member] ?? []
  if (values.includes(value)) return filter
  const changed = EntryFilter.safeParse({ ...filter, [member]: [...values, value] })
  return changed.success ? changed.data : filter
}

/** Without the value; a list that is empty then asks for everything. */
export function withoutValue(filter: EntryFilter, member: Listed, value: string): EntryFilter {
  const { [member]: values = [], ...rest } = filter
  const left = (values as readonly string[]).filter(each => each !== value)
  return left.length === 0 ? rest : { ...rest, [member]: left }
}

/** Without what one member asks for. */
export function without(filter: EntryFilter, member: keyof EntryFilter): EntryFilter {
  const rest = { ...filter }
  delete rest[member]
  return rest
}
