import { Button } from '../../../components/Button.tsx'
import { firstError, type Match } from './findInLog.ts'
import { LogLine } from './LogLine.tsx'
import css from './log.module.css'
import type { Log } from './useLog.ts'

const noneFound: readonly Match[] = []
const before = 3
const after = 5

export interface LogExcerptProps {
  log: Log
  failed: boolean
  failedTests: readonly string[]
  onOpen: () => void
}

/** The few lines that matter: around the first error of what failed, else the last ones. */
export function LogExcerpt({ log: { lines }, failed, failedTests, onOpen }: LogExcerptProps) {
  if (lines.length === 0) return null
  const error = failed ? firstError(lines, failedTests) : undefined
  const from = Math.max(0, error === undefined ? lines.length - before - after : error - before)
  return (
    <section>
      <h2>
        {error === undefined ? 'Log, its last lines' : 'Log, at the first error'}
        <Button look="quiet" keys="L" onClick={onOpen}>
          Whole log
        </Button>
      </h2>
      <div className={css.excerpt}>
        {lines.slice(from, from + before + after).map((line, index) => (
          <div key={line.number} className={css.line}>
            <LogLine line={line} found={noneFound} jumped={from + index === error ? 'error' : undefined} />
          </div>
        ))}
      </div>
    </section>
  )
}
