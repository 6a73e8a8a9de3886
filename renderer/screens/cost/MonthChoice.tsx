import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from '../../components/Button.tsx'
import css from './CostScreen.module.css'
import { monthsFrom } from './costQuery.ts'

export interface MonthChoiceProps {
  /** e.g. `2026-11` */
  month: string
  latest: string
  onChange: (month: string) => void
}

/** CodePipeline keeps so many months of executions. */
const kept = 12

/** A calendar month of UTC, as AWS bills. */
export function MonthChoice({ month, latest, onChange }: MonthChoiceProps) {
  const name = new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en-GB', {
    timeZone: 'UTC',
    month: 'long',
    year: 'numeric',
  })
  return (
    <fieldset className={css.month}>
      <legend className="unseen">Month</legend>
      <IconButton
        label="The month before"
        disabledBecause={
          month <= monthsFrom(latest, -kept) ? `CodePipeline keeps ${kept} months of executions` : undefined
        }
        onClick={() => onChange(monthsFrom(month, -1))}
      >
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <output className={css.monthName}>{name}, UTC</output>
      <IconButton
        label="The month after"
        disabledBecause={month >= latest ? 'This month is the latest' : undefined}
        onClick={() => onChange(monthsFrom(month, 1))}
      >
        <ChevronRight size={14} aria-hidden />
      </IconButton>
    </fieldset>
  )
}
