import { classNames } from '../../../components/classNames.ts'
import { highlight, type Marked } from './highlight.ts'
import css from './log.module.css'
import type { ReadLine } from './logBuffer.ts'

export interface LogLineProps {
  line: ReadLine
  marks: readonly Marked[]
  /** The line that was jumped to, and why. */
  jumped?: 'error' | 'search' | undefined
}

/** One line: its number, and its text in its colours. Text nodes only: a log can never be markup. */
export function LogLine({ line, marks, jumped }: LogLineProps) {
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
}
