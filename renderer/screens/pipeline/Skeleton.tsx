import css from './pipeline.module.css'

/** Nothing is known yet, and only then: the shape of what comes. */
export function Skeleton({ name }: { name: string }) {
  return (
    <div className={css.screen} aria-busy>
      <header className={css.head}>
        <h1>{name}</h1>
        <output className="dim">Asking AWS…</output>
      </header>
      <div className={css.skeleton} aria-hidden>
        {[1, 2, 2, 3].map((actions, lane) => (
          <div key={lane} className={css.skeletonLane}>
            {Array.from({ length: actions }, (_, action) => (
              <i key={action} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
