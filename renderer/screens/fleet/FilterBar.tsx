import { X } from 'lucide-react'
import { memo, type Ref, useId } from 'react'
import { IconButton } from '../../components/Button.tsx'
import { Kbd } from '../../components/Kbd.tsx'
import { formatNumber } from '../../format/number.ts'
import { go } from '../../stores/route.ts'
import css from './FilterBar.module.css'
import type { Filter } from './filter/parse.ts'

export interface FilterBarProps {
  text: string
  filter: Filter
  /** How many pipelines there are in all. */
  total: number
  ref: Ref<HTMLInputElement>
  /** Enter or Esc: back to the rows. */
  onLeave: () => void
}

/** Refines the same place: "back" does not return to each letter typed. */
export const setFilter = (filter: string) => go({ screen: 'fleet', filter }, { replace: true })

export const FilterBar = memo(function FilterBar({ text, filter, total, ref, onLeave }: FilterBarProps) {
  const problemId = useId()
  const [problem] = filter.problems
  return (
    <search className={css.bar}>
      <div className={css.field} data-wrong={problem !== undefined || undefined}>
        <input
          ref={ref}
          className={css.input}
          type="text"
          value={text}
          spellCheck={false}
          autoComplete="off"
          aria-label="Filter pipelines"
          aria-describedby={problem && problemId}
          aria-invalid={problem !== undefined}
          placeholder={`Filter ${formatNumber(total)} pipelines: words, acct: state: stage: by: commit: region:  !not`}
          onChange={event => setFilter(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter') onLeave()
            else if (event.key === 'Escape' && text !== '') setFilter('')
            else if (event.key === 'Escape') onLeave()
            else return
            event.preventDefault()
          }}
        />
        {text === '' ? (
          <span aria-hidden>
            <Kbd chord="/" />
          </span>
        ) : (
          <IconButton label="Clear the filter" onClick={() => setFilter('')}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </div>
      {problem && (
        <output id={problemId} className={css.problem}>
          {problem.message}
        </output>
      )}
    </search>
  )
})
