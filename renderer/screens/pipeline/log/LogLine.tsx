import { memo } from 'react'
import { classNames } from '../../../components/classNames.ts'
import type { Match } from './findInLog.ts'
import { highlight } from './highlight.ts'
import css from './log.module.css'
import type { ReadLine } from './logBuffer.ts'

export interface LogLineProps {
  line: ReadLine
  /** What the search found in it. */
  found: readonly Match[]
  /** The place that the search stands at, where it is in this line. */
  current?: Match | undefined
  /** The line that was jumped to, and why. */
  jumped?: 'error' | 'search' | undefined
}

/** One line: its number, and its text in its colours. Text nodes only: a log can never be markup. */
export const LogLine = memo(function LogLine({ line, found, current, jumped }: LogLineProps) {
  const marks = found.map(match => ({ ...match, current: match === current }))
  return (
    <>
      <span className={css.number} aria-hidden>
        {line.number}
      </span>
      <span className={css.text} data-jumped={jumped}>
        {highlight(line.spans, marks).map(({ text, classes, hit }, index) => {
          const dressed = classNames(...classes.map(name => css[name]), hit !== 'no' && css.hit)
          return dressed === '' ? (
            text
          ) : (
            <span key={index} className={dressed} data-hit={hit === 'current' || undefined}>
              {text}
            </span>
          )
        })}
      </span>
    </>
  )
})
