import { describe, expect, it } from 'vitest'
import { createLogBuffer } from './logBuffer.ts'

const line = (number: number, text = `line ${number}`) => ({ number, at: '2026-11-22T10:00:00Z', text })

describe('the log buffer', () => {
  it('keeps each line once when a reconnect tells the log again from the start', () => {
    const log = createLogBuffer()
    log.take({ kind: 'lines', lines: [line(1), line(2)] })
    log.take({ kind: 'lines', lines: [line(1), line(2), line(3)] })
    expect(log.state().lines.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('shows the plain text of a coloured line, for search and copying', () => {
    const log = createLogBuffer()
    log.take({ kind: 'lines', lines: [line(1, '\u001b[31mFAIL\u001b[0m x')] })
    expect(log.state().lines[0]).toMatchObject({ plain: 'FAIL x' })
  })

  it('tells that there is no log, until one comes', () => {
    const log = createLogBuffer()
    log.take({ kind: 'none', why: 'The build is queued.' })
    expect(log.state().none).toBe('The build is queued.')
    log.take({ kind: 'lines', lines: [line(1)] })
    expect(log.state().none).toBeUndefined()
  })

  it('tells its listeners with a new state each time, until they leave', () => {
    const log = createLogBuffer()
    const seen: unknown[] = []
    const leave = log.subscribe(() => seen.push(log.state()))
    log.take({ kind: 'lines', lines: [line(1)] })
    log.take({ kind: 'end' })
    leave()
    log.take({ kind: 'end' })
    expect(new Set(seen).size).toBe(2)
  })

  it('takes 100,000 lines', () => {
    const log = createLogBuffer()
    log.take({ kind: 'lines', lines: Array.from({ length: 100_000 }, (_, i) => line(i + 1)) })
    expect(log.state().lines).toHaveLength(100_000)
  })
})
