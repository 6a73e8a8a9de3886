import type { LogLine, LogUpdate } from '../../../../preload/contract/pipelines.ts'
import { ansiPainter, type Span } from './ansi.ts'

/** One line, read once when it came. */
export interface ReadLine {
  number: number
  at: string
  spans: readonly Span[]
  /** Without escape codes. */
  plain: string
}

export interface LogState {
  /** Grows in place: `lines.length` tells a change, not the array's identity. */
  lines: readonly ReadLine[]
  /** Why there are no lines. */
  none: string | undefined
  ended: boolean
}

/** An action's log as it arrives. A reconnect tells it again from the start: what is known already is passed over. */
export interface LogBuffer {
  take: (update: LogUpdate) => void
  /** Told on each change; a new object each time. */
  state: () => LogState
  subscribe: (listener: () => void) => () => void
}

export function createLogBuffer(): LogBuffer {
  const lines: ReadLine[] = []
  const listeners = new Set<() => void>()
  const paint = ansiPainter()
  let state: LogState = { lines, none: undefined, ended: false }

  const add = ({ number, at, text }: LogLine) => {
    if (number <= (lines.at(-1)?.number ?? -1)) return
    const spans = paint(text)
    lines.push({ number, at, spans, plain: spans.map(span => span.text).join('') })
  }
  const set = (next: Partial<LogState>) => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  return {
    take(update) {
      switch (update.kind) {
        case 'lines':
          for (const line of update.lines) add(line)
          return set({ none: undefined })
        case 'none':
          return set({ none: update.why })
        case 'end':
          return set({ ended: true })
      }
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
