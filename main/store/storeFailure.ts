import { Failure, messageOf } from '../base/failure.ts'

/** SQLite's primary result codes that the desk knows what to say of. */
const known: Record<number, { code: string; message: string; next: string }> = {
  5: {
    code: 'StoreLocked',
    message: 'Another program holds the desk’s database, so that nothing can be written',
    next: 'Close what has the file open; the desk tries again by itself.',
  },
  8: {
    code: 'StoreUnwritable',
    message: 'The desk’s database may not be written',
    next: 'Make the file and its directory writable; the desk tries again by itself.',
  },
  10: {
    code: 'StoreUnwritable',
    message: 'The disk refused to read or write the desk’s database',
    next: 'Check the disk; the desk tries again by itself.',
  },
  11: {
    code: 'StoreCorrupt',
    message: 'The desk’s database is damaged',
    next: 'Start the desk again: the damaged file is moved aside and a new one begun.',
  },
  13: {
    code: 'StoreFull',
    message: 'The disk has no room for the desk’s database',
    next: 'Make room; the desk tries again by itself.',
  },
}

/** What SQLite threw, as the desk says it; anything else as it is. */
export function storeFailure(thrown: unknown): unknown {
  const said = known[resultCode(thrown)]
  if (!said) return thrown
  return new Failure({ ...said, message: `${said.message} (${messageOf(thrown)}).`, cause: thrown })
}

/** SQLite's primary result code, whatever the extended one says; 0 for what is not SQLite's. */
export const resultCode = (thrown: unknown): number =>
  thrown instanceof Error && 'errcode' in thrown ? Number(thrown.errcode) & 0xff : 0
