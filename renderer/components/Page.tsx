import type { ReactNode } from 'react'
import css from './Page.module.css'

export interface PageProps {
  title: string
  /** One sentence: what this is for. */
  lead?: ReactNode
  /** Tables and plots may have the window's width; sentences keep theirs. */
  wide?: boolean
  children: ReactNode
}

/** A screen that is read from top to bottom. */
export function Page({ title, lead, wide = false, children }: PageProps) {
  return (
    <div className={css.page} data-wide={wide || undefined}>
      <h1 className={css.title}>{title}</h1>
      {lead !== undefined && <p className={css.lead}>{lead}</p>}
      {children}
    </div>
  )
}

/** A part of a page, with its heading. */
export function Section({ title, action, children }: { title: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={css.section}>
      <header className={css.heading}>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  )
}
