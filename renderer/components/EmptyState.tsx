import type { ReactNode } from 'react'
import css from './EmptyState.module.css'

export interface EmptyStateProps {
  /** The cause, in one line. */
  title: ReactNode
  /** More of the cause, and the next step. */
  children?: ReactNode
  /** The next steps as buttons, side by side. */
  actions?: ReactNode
}

/** Nothing to show, why, and what to do next. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <p className={css.title}>{title}</p>
      {children}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  )
}
