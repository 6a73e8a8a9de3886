import { type ReactNode, useId, useRef, useState } from 'react'
import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { Button } from '../components/Button.tsx'
import { announce } from '../stores/status.ts'
import { pngFileOf, svgFileOf } from './drawing.ts'
import { Legend, Swatch } from './Legend.tsx'
import css from './Plot.module.css'
import { bucketName, csvOf, isEmpty, type PlotData, type PlotSeries, plotRows } from './plotData.ts'
import { saveFile } from './saveFile.ts'
import { ValueTable } from './ValueTable.tsx'

export interface PlotProps {
  title: string
  /** In one sentence: what is drawn, so that the picture is no riddle. */
  about: ReactNode
  kind: 'lines' | 'bars'
  data: PlotData
  /** A value with its unit, short: on the axis, in the tooltip and in the table. */
  format: (value: number) => string
  /** The unit that the exported numbers have. */
  unit: string
  /** What is said where there is no value at all, with what to do next. */
  empty: ReactNode
  /** px */
  height?: number
}

/** A plot over time with its legend, its table twin, and its export as PNG, SVG and CSV. */
export function Plot({ title, about, kind, data, format, unit, empty, height = 220 }: PlotProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  const heading = useId()
  const nothing = isEmpty(data)
  const file = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const drawing = () => frame.current?.querySelector<SVGSVGElement>('svg.recharts-surface') ?? undefined
  const saveSvg = () => {
    const svg = drawing()
    if (svg) saveFile(`${file}.svg`, new Blob([svgFileOf(svg)], { type: 'image/svg+xml' }))
  }
  const savePng = () => {
    const svg = drawing()
    if (!svg) return
    pngFileOf(svg).then(
      png => saveFile(`${file}.png`, png),
      (error: unknown) =>
        announce(`Could not save the plot: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  const noDrawing = asTable ? 'Show the plot first: the table is exported as CSV.' : undefined
  return (
    <figure className={css.plot} aria-labelledby={heading}>
      <figcaption className={css.head}>
        <h3 id={heading} className={css.title}>
          {title}
        </h3>
        {!nothing && (
          <div className={css.actions}>
            <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
              Table
            </Button>
            <Button look="quiet" disabledBecause={noDrawing} onClick={savePng}>
              PNG
            </Button>
            <Button look="quiet" disabledBecause={noDrawing} onClick={saveSvg}>
              SVG
            </Button>
            <Button
              look="quiet"
              onClick={() => saveFile(`${file}.csv`, new Blob([csvOf(data, unit)], { type: 'text/csv' }))}
            >
              CSV
            </Button>
          </div>
        )}
        <p className={css.about}>{about}</p>
      </figcaption>
      {nothing && <p className={css.empty}>{empty}</p>}
      {!nothing && asTable && <ValueTable data={data} format={format} caption={title} />}
      {!nothing && !asTable && (
        <>
          {data.series.length > 1 && <Legend series={data.series} />}
          <div ref={frame}>
            <Drawing kind={kind} data={data} format={format} height={height} title={title} />
          </div>
        </>
      )}
    </figure>
  )
}

const axis = { stroke: 'var(--line)', tick: { fill: 'var(--faint)', fontSize: 11 }, tickLine: false } as const

function Drawing({
  kind,
  data,
  format,
  height,
  title,
}: Pick<PlotProps, 'kind' | 'data' | 'format' | 'title'> & { height: number }) {
  const hatch = useId()
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart data={plotRows(data)} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} title={title}>
        <defs>
          {data.series.map(({ id, color }) => (
            <pattern
              key={id}
              id={`${hatch}${id}`}
              width={5}
              height={5}
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width={5} height={5} fill="var(--panel)" />
              <rect width={2.5} height={5} fill={`var(${color})`} />
            </pattern>
          ))}
        </defs>
        <CartesianGrid stroke="var(--line-soft)" vertical={false} />
        <XAxis
          dataKey="time"
          {...axis}
          tickFormatter={(time: string) => bucketName(time, data.bucket)}
          minTickGap={24}
        />
        <YAxis {...axis} axisLine={false} width={56} tickFormatter={format} allowDecimals={false} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line)', fill: 'var(--selected)', fillOpacity: 0.4 }}
          content={<Pointed data={data} format={format} />}
        />
        {data.series.map(series => mark(kind, series, `${hatch}${series.id}`))}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

function mark(kind: PlotProps['kind'], { id, name, color, look = 'solid' }: PlotSeries, hatch: string) {
  const shared = { dataKey: id, name, isAnimationActive: false }
  if (kind === 'bars') {
    const fill = look === 'hatched' ? `url(#${hatch})` : `var(${color})`
    return <Bar key={id} {...shared} stackId="all" fill={fill} stroke={`var(${color})`} maxBarSize={28} />
  }
  if (look === 'hatched') {
    return <Area key={id} {...shared} stroke="none" fill={`var(${color})`} fillOpacity={0.16} connectNulls />
  }
  return (
    <Line
      key={id}
      {...shared}
      stroke={`var(${color})`}
      strokeWidth={1.75}
      {...(look === 'dashed' && { strokeDasharray: '5 4' })}
      dot={{ r: 2, strokeWidth: 0, fill: `var(${color})` }}
      connectNulls
    />
  )
}

interface PointedProps {
  data: PlotData
  format: (value: number) => string
  /** Given by the plot. */
  active?: boolean
  label?: string
}

/** What the mouse, or the arrow keys, point at. */
function Pointed({ data, format, active = false, label: time = '' }: PointedProps) {
  if (!active) return null
  const index = data.times.indexOf(time)
  return (
    <div className={css.tip}>
      <p className={css.when}>
        {bucketName(time, data.bucket)}
        {data.bucket !== 'month' && ` ${new Date(time).getUTCFullYear()}`}, UTC
      </p>
      <dl>
        {data.series.map(({ id, name, color, look = 'solid', values }) => {
          const value = values[index]
          return (
            <div key={id}>
              <dt>
                <Swatch color={color} look={look} /> {name}
              </dt>
              <dd>{value === undefined ? '—' : format(value)}</dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
