import css from './Plot.module.css'
import { bucketName, type PlotData } from './plotData.ts'

/** The plot's values, for whoever reads rather than looks. */
export function ValueTable({
  data,
  format,
  caption,
}: {
  data: PlotData
  format: (value: number) => string
  caption: string
}) {
  return (
    <section className={css.scroll} aria-label={caption}>
      <table className={css.values}>
        <thead>
          <tr>
            <th scope="col">From (UTC)</th>
            {data.series.map(({ id, name }) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.times.map((time, index) => (
            <tr key={time}>
              <th scope="row">{bucketName(time, data.bucket)}</th>
              {data.series.map(({ id, values }) => {
                const value = values[index]
                return <td key={id}>{value === undefined ? '—' : format(value)}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
