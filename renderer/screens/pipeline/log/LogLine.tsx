import { classNames } from '../../../components/classNames.ts'
import { highlight, type Marked } from './highlight.ts'
import css from './log.module.css'
import type { ReadLine } from './logBuffer.ts'

export interface LogLineProps {
  line: ReadLine
  marks: readonly Marked[]
  /** The line that was jumped to. */
  current?: boolean
}

/** One line: its number, and its text in its colours. Text nodes only: a log can never be markup. */
export function LogLine({ line, marks, current = false }: LogLineProps) {
  return (
    <>
      <span className={css.number} aria-hidden>
        {line.number}
      </span>
      <span className={classNames(css.text, current && css.current)}>
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
}
