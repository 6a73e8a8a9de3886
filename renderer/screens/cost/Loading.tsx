import css from './CostScreen.module.css'

/** Shown until the first answer only; later ones replace what is there. */
export function Loading() {
  return <output className={css.loading}>Adding up…</output>
}
