import type { ReactNode } from 'react'
import type { FailureShape } from '../../preload/contract/base.ts'
import css from './Banners.module.css'

export interface BannerProps {
  look: 'info' | 'warning'
  icon: ReactNode
  children: ReactNode
  action?: ReactNode
}

/** One line between a person and their data, with its next step. */
export function Banner({ look, icon, children, action }: BannerProps) {
  return (
    <div className={css.banner} data-look={look} role={look === 'warning' ? 'alert' : 'status'}>
      {icon}
      <p className={css.text}>{children}</p>
      {action}
    </div>
  )
}

/** What happened, and what to do next. */
export function Said({ failure }: { failure: FailureShape }) {
  return (
    <>
      {failure.message}
      {failure.next !== undefined && <> {failure.next}</>}
    </>
  )
}
