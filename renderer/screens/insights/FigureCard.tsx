import { type Figure, noiseShare } from '../../../preload/contract/metrics.ts'
import { count } from '../../format/ids.ts'
import css from './InsightsScreen.module.css'
import { figureName, moreIsBetter, observedAs, told } from './words.ts'

/** One of DORA's four: its value or why there is none, the period before, its definition and its limits. */
export function FigureCard({ figure }: { figure: Figure }) {
  const { name, unit, value, p90, count: observed, needs, definition, notes } = figure
  return (
    <article className={css.card}>
      <h2 className={css.cardName}>{figureName[name]}</h2>
      {value === undefined ? (
        <p className={css.none}>Not enough data</p>
      ) : (
        <p className={css.value}>{told(value, unit)}</p>
      )}
      <p className="dim">
        {value === undefined && `${observed} of `}
        {count(value === undefined ? needs : observed, ...observedAs[name])}
        {value === undefined && ' needed'}
        {p90 !== undefined && `, nine in ten within ${told(p90, unit)}`}
      </p>
      <Change figure={figure} />
      <details className={css.definition}>
        <summary>How it is defined</summary>
        <p>{definition}</p>
        {notes.map(note => (
          <p key={note}>{note}</p>
        ))}
      </details>
    </article>
  )
}

/** Against the period before: a word and a sign, not a colour alone. */
function Change({ figure: { name, unit, value, before } }: { figure: Figure }) {
  if (value === undefined || before.value === undefined) {
    return (
      <p className="faint">
        The period before: {before.value === undefined ? `not enough data (${before.count})` : told(before.value, unit)}
      </p>
    )
  }
  if (value === before.value) return <p className="dim">The same as in the period before</p>
  if (Math.abs(value - before.value) < before.value * noiseShare) {
    return <p className="dim">About as in the period before: {told(before.value, unit)}</p>
  }
  const better = value > before.value === moreIsBetter[name]
  return (
    <p data-better={better} className={css.change}>
      {better ? '▲ better' : '▼ worse'} than the period before: {told(before.value, unit)}
    </p>
  )
}
