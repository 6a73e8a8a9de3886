import css from './Plot.module.css'
import type { PlotSeries } from './plotData.ts'

export interface SwatchProps {
  kind: 'lines' | 'bars'
  color: PlotSeries['color']
  look: NonNullable<PlotSeries['look']>
}

/** The look of a series, small. */
export function Swatch({ kind, color, look }: SwatchProps) {
  const ink = `var(${color})`
  return (
    <svg className={css.swatch} width={18} height={10} aria-hidden>
      {kind === 'bars' && look !== 'hatched' ? (
        <rect x={0.5} y={0.5} width={17} height={9} fill={ink} stroke={ink} />
      ) : look === 'hatched' ? (
        <>
          <rect x={0.5} y={0.5} width={17} height={9} fill="none" stroke={ink} />
          <path d="M3 10L8 0M9 10L14 0" stroke={ink} strokeWidth={1.5} />
        </>
      ) : (
        <path d="M0 5H18" stroke={ink} strokeWidth={2.5} {...(look === 'dashed' && { strokeDasharray: '5 3' })} />
      )}
    </svg>
  )
}

/** Which look is which series. */
export function Legend({ kind, series }: { kind: SwatchProps['kind']; series: readonly PlotSeries[] }) {
  return (
    <ul className={css.legend}>
      {series.map(({ id, name, color, look = 'solid' }) => (
        <li key={id}>
          <Swatch kind={kind} color={color} look={look} /> {name}
        </li>
      ))}
    </ul>
  )
}
