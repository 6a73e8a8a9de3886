/** CloudWatch Logs takes no longer message; where CodeBuild itself cuts is not documented. */
const longestLine = 256 * 1024 - 26

/** Cuts bytes into lines. Bytes that are no UTF-8 become U+FFFD; carriage returns and ANSI sequences stay. */
export interface LineSplitter {
  push(bytes: Buffer): string[]
  /** What is left without a line end. */
  rest(): string[]
}

export function lineSplitter(longest = longestLine): LineSplitter {
  let pending: Buffer = Buffer.alloc(0)
  /** Cuts off full lengths while the line is too long; what remains is short enough. */
  const cut = (line: Buffer, lines: string[]): Buffer => {
    let left = line
    while (left.length > longest) {
      const at = characterStart(left, longest)
      lines.push(left.toString('utf8', 0, at))
      left = left.subarray(at)
    }
    return left
  }
  return {
    push(bytes) {
      const lines: string[] = []
      const all = pending.length === 0 ? bytes : Buffer.concat([pending, bytes])
      let from = 0
      for (let end = all.indexOf(10, from); end >= 0; end = all.indexOf(10, from)) {
        lines.push(cut(all.subarray(from, end), lines).toString('utf8'))
        from = end + 1
      }
      // A line that never ends must not fill the memory. A copy, because the bytes belong to the reader's buffer.
      pending = Buffer.from(cut(all.subarray(from), lines))
      return lines
    },
    rest() {
      const last = pending
      pending = Buffer.alloc(0)
      return last.length === 0 ? [] : [last.toString('utf8')]
    },
  }
}

/** The latest place at or before `at` where a UTF-8 character starts (no more than three bytes back). */
function characterStart(bytes: Buffer, at: number): number {
  for (let back = 0; back < 4; back++) if (((bytes[at - back] ?? 0) & 0xc0) !== 0x80) return at - back
  return at
}
