import { type ReactNode, useId, useRef, useState } from 'react'
import { Area, Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { Button } from '../components/Button.tsx'
import { announce } from '../stores/status.ts'
import { type Drawn, pngFileOf, svgFileOf } from './drawing.ts'
import { Legend, Swatch } from './Legend.tsx'
import css from './Plot.module.css'
import {
  bucketName,
  csvOfPlot,
  inWords,
  isEmpty,
  largest,
  type PlotData,
  type PlotSeries,
  plotRows,
} from './plotData.ts'
import { saveFile } from './saveFile.ts'
import { type Scale, ticksUpTo } from './ticks.ts'
import { ValueTable } from './ValueTable.tsx'

export interface PlotProps {
  title: string
  /** In one sentence: what is drawn, so that the picture is no riddle. */
  about: string
  kind: 'lines' | 'bars'
  data: PlotData
  scale: Scale
  /** A value with its unit: in the tooltip and in the table; on the axis where `mark` does not say it shorter. */
  format: (value: number) => string
  mark?: (value: number) => string
  /** The unit that the exported numbers have. */
  unit: string
  /** What is said where there is no value at all, with what to do next. */
  empty: ReactNode
  /** px */
  height?: number
}

/** A plot over time with its legend, its table twin, and its export as PNG, SVG and CSV. */
export function Plot(props: PlotProps) {
  const { title, about, kind, data, format, unit, empty } = props
  const frame = useRef<HTMLDivElement>(null)
  const [asTable, setAsTable] = useState(false)
  const heading = useId()
  const nothing = isEmpty(data)
  const file = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  const drawing = (): Drawn | undefined => {
    const plot = frame.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
    return plot ? { plot, title, about, kind, series: data.series } : undefined
  }
  const saveSvg = () => {
    const drawn = drawing()
    if (drawn) saveFile(`${file}.svg`, new Blob([svgFileOf(drawn).text], { type: 'image/svg+xml' }))
  }
  const savePng = () => {
    const drawn = drawing()
    if (!drawn) return
    pngFileOf(drawn).then(
      png => saveFile(`${file}.png`, png),
      (error: unknown) =>
        announce(`Could not save the plot: ${error instanceof Error ? error.message : String(error)}`),
    )
  }
  const noDrawing = asTable ? 'Show the plot first: the table is exported as CSV.' : undefined
  return (
    <figure className={css.plot} aria-labelledby={heading}>
      <figcaption className={css.head}>
        <h2 id={heading} className={css.title}>
          {title}
        </h2>
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
              onClick={() => saveFile(`${file}.csv`, new Blob([csvOfPlot(data, unit)], { type: 'text/csv' }))}
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
          {data.series.length > 1 && <Legend kind={kind} series={data.series} />}
          <div ref={frame}>
            <Drawing {...props} />
          </div>
        </>
      )}
    </figure>
  )
}

const axis = { stroke: 'var(--line)', tick: { fill: 'var(--faint)', fontSize: 11 }, tickLine: false } as const

function Drawing({ kind, data, scale, format, mark = format, height = 220, title, about }: PlotProps) {
  const hatch = useId()
  const ticks = ticksUpTo(largest(data, kind), scale)
  const top = ticks.at(-1) ?? 1
  const widest = Math.max(...ticks.map(tick => mark(tick).length))
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart
        data={plotRows(data)}
        margin={{ top: 8, right: 16, bottom: 0, left: 0 }}
        title={title}
        desc={`${about} ${inWords(data, format)}`}
      >
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
          height={22}
          tickFormatter={(time: string) => bucketName(time, data.bucket)}
          minTickGap={24}
          interval="equidistantPreserveStart"
        />
        <YAxis
          {...axis}
          axisLine={false}
          width={16 + widest * 6.5}
          ticks={ticks}
          domain={[0, top]}
          interval={0}
          tickFormatter={mark}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line)', fill: 'var(--selected)', fillOpacity: 0.4 }}
          content={<Pointed kind={kind} data={data} format={format} />}
        />
        {data.series.map(series => drawn(kind, series, `${hatch}${series.id}`))}
      </ComposedChart>
    </ResponsiveContainer>
  )
}

function drawn(kind: PlotProps['kind'], { id, name, color, look = 'solid' }: PlotSeries, hatch: string) {
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
  kind: PlotProps['kind']
  data: PlotData
  format: (value: number) => string
  /** Given by the plot. */
  active?: boolean
  label?: string
}

/** What the mouse, or the arrow keys, point at. */
function Pointed({ kind, data, format, active = false, label: time = '' }: PointedProps) {
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
                <Swatch kind={kind} color={color} look={look} /> {name}
              </dt>
              <dd>{value === undefined ? '—' : format(value)}</dd>
            </div>
          )
        })}
      </dl>
    </div>
  )
}
