import type { ReactNode } from 'react'
import css from './inspector.module.css'

/** Names and values, one a line. A value that is not known is left out. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode] | undefined | false)[] }) {
  return (
    <dl className={css.facts}>
      {facts
        .filter(fact => fact !== undefined && fact !== false)
        .filter(([, value]) => value !== undefined && value !== null && value !== '')
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
