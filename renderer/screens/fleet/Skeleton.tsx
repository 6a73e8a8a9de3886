import css from './FleetScreen.module.css'

const bones = [180, 140, 220, 160, 120, 200, 150, 190]

/** Stands where rows will be, on the very first start only: later the last known rows are there at once. */
export function Skeleton() {
  return (
    <output className={css.skeleton} aria-label="Listing pipelines for the first time">
      {bones.map((width, index) => (
        <div key={width} className={css.bone} aria-hidden>
          <span style={{ width: 14 }} />
          <span style={{ width }} />
          <span style={{ width: 72 }} />
          <span style={{ width: 168 }} />
          <span style={{ width: 100 + ((index * 37) % 120) }} />
        </div>
      ))}
    </output>
  )
}
