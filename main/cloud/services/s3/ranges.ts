import { S3Error } from './errors.ts'

/** Bytes of an object; `end` is inclusive. */
export interface Range {
  start: number
  end: number
}

/**
 * The range that a Range header asks of an object of `size` bytes; undefined where S3 answers with the whole object (no
 * header, several ranges, another unit, nonsense). Throws InvalidRange where nothing of it lies in the object.
 */
export function rangeOf(header: string | undefined, size: number): Range | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from)
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  if (start >= size || (from === '' && Number(to) === 0)) {
    throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable', {
      members: { RangeRequested: header, ActualObjectSize: size },
      headers: { 'content-range': `bytes */${size}` },
    })
  }
  return { start, end }
}
