import { ChevronDown, ChevronUp } from 'lucide-react'
import type { Ref } from 'react'
import { IconButton } from '../../../components/Button.tsx'
import { mostMatches } from './findInLog.ts'
import css from './log.module.css'

export interface LogSearchProps {
  query: string
  onQuery: (query: string) => void
  /** Which of the places is the current one. */
  chosen: number | undefined
  count: number
  onStep: (by: 1 | -1) => void
  ref?: Ref<HTMLInputElement>
}

export function LogSearch({ query, onQuery, chosen, count, onStep, ref }: LogSearchProps) {
  const shown = count === mostMatches ? `${mostMatches}+` : String(count)
  return (
    <search className={css.search}>
      <input
        ref={ref}
        type="search"
        value={query}
        placeholder="Search"
        aria-label="Search the log"
        onChange={event => onQuery(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onStep(event.shiftKey ? -1 : 1)
        }}
      />
      <output className={css.found} aria-label="Found">
        {query !== '' && (chosen === undefined ? shown : `${chosen + 1}/${shown}`)}
      </output>
      <IconButton label="Previous match" keys="Shift+Enter" onClick={() => onStep(-1)}>
        <ChevronUp size={14} aria-hidden />
      </IconButton>
      <IconButton label="Next match" keys="Enter" onClick={() => onStep(1)}>
        <ChevronDown size={14} aria-hidden />
      </IconButton>
    </search>
  )
}
