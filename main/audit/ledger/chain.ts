import { createHash } from 'node:crypto'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** What an account's first row is chained to. */
export const genesis = (account: string): string => sha256(`CloudPipelines ledger 1 ${account}`)

/**
 * The hash of a row: SHA-256, in hexadecimal, of the hash before, a line feed and the row's record in canonical form
 * (`canonical.ts`). The record holds its account and its place in the chain, so that rows can't change places.
 */
export const linked = (previous: string, record: string): string => sha256(`${previous}\n${record}`)

export interface Link {
  seq: number
  hash: string
  record: string
}

export interface ChainFault {
  kind: 'altered' | 'missing' | 'reordered' | 'truncated' | 'anchorDiffers'
  /** The first row that does not fit. */
  seq: number
  words: string
}

export interface ChainCheck {
  /** The next rows, in the order in which they are kept. The first fault stays. */
  take(rows: readonly Link[]): void
  /** After the last row: compares the end with where the chain must end. */
  end(head: { seq: number; hash: string } | undefined): void
  fault(): ChainFault | undefined
  /** Rows that fit, and the hash of the last of them. */
  rows(): number
  hash(): string
}

/** Follows one account's chain. `anchor` is a head that was kept elsewhere: the chain must still run through it. */
export function createChainCheck(account: string, anchor?: { seq: number; hash: string }): ChainCheck {
  let rows = 0
  let hash = genesis(account)
  let fault: ChainFault | undefined

  const faultOf = (row: Link): ChainFault | undefined => {
    const due = rows + 1
    if (row.seq > due)
      return { kind: 'missing', seq: due, words: `Row ${due} is missing: row ${row.seq} comes after row ${rows}.` }
    const told = placeIn(row.record)
    if (row.seq < due || (told && (told.account !== account || told.seq !== row.seq)))
      return {
        kind: 'reordered',
        seq: row.seq,
        words: `Row ${row.seq} stands where another was recorded: its record says row ${told?.seq ?? '?'} of ${told?.account ?? '?'}.`,
      }
    if (!told || linked(hash, row.record) !== row.hash)
      return { kind: 'altered', seq: row.seq, words: `Row ${row.seq} is not what was recorded: its hash does not fit.` }
    if (anchor?.seq === row.seq && anchor.hash !== row.hash)
      return {
        kind: 'anchorDiffers',
        seq: row.seq,
        words: `Row ${row.seq} has another hash than was kept: the chain was written anew.`,
      }
    return undefined
  }

  return {
    take(links) {
      for (const row of links) {
        fault ??= faultOf(row)
        if (fault) return
        rows++
        hash = row.hash
      }
    },
    end(head) {
      const last = Math.max(head?.seq ?? 0, anchor?.seq ?? 0)
      if (!fault && rows < last)
        fault = {
          kind: 'truncated',
          seq: rows + 1,
          words: `The chain ends after row ${rows}, but reached row ${last}.`,
        }
      if (!fault && rows > 0 && (head?.seq !== rows || head.hash !== hash))
        fault = { kind: 'altered', seq: rows, words: `The chain's kept end is not row ${rows}, where it ends.` }
    },
    fault: () => fault,
    rows: () => rows,
    hash: () => hash,
  }
}

function placeIn(record: string): { account: string; seq: number } | undefined {
  try {
    const parsed: unknown = JSON.parse(record)
    if (typeof parsed !== 'object' || parsed === null || !('account' in parsed) || !('seq' in parsed)) return undefined
    const { account, seq } = parsed
    return typeof account === 'string' && typeof seq === 'number' ? { account, seq } : undefined
  } catch {
    return undefined
  }
}
