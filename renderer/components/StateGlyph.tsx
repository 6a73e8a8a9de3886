import type { ReactNode } from 'react'
import type { State } from '../../preload/contract/base.ts'
import { picture } from './picture.ts'
import css from './StateGlyph.module.css'
import { stateWord } from './state.ts'

/** Outlines differ so that the state is legible at 10 px and without colour. */
const shapes: Readonly<Record<State, ReactNode>> = {
  succeeded: (
    <>
      <circle cx="8" cy="8" r="6.4" />
      <path d="M5 8.2 7.2 10.4 11.2 5.9" />
    </>
  ),
  failed: (
    <>
      <path d="M5.2 1.6h5.6l3.6 3.6v5.6l-3.6 3.6H5.2L1.6 10.8V5.2z" fill="currentColor" fillOpacity=".22" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" strokeWidth="1.9" />
    </>
  ),
  running: (
    <>
      <path d="M8 1.6a6.4 6.4 0 0 1 0 12.8" />
      <path d="M8 14.4A6.4 6.4 0 0 1 8 1.6" strokeOpacity=".28" />
      <circle cx="8" cy="8" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  waiting: (
    <>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2" />
      <circle cx="8" cy="6.2" r="1.9" />
      <path d="M4.6 12.2c.5-2.2 1.8-3.1 3.4-3.1s2.9.9 3.4 3.1" />
    </>
  ),
  stopped: (
    <>
      <circle cx="8" cy="8" r="6.4" />
      <path d="M4.8 8h6.4" />
    </>
  ),
  superseded: (
    <>
      <circle cx="8" cy="8" r="6.4" />
      <path d="M4.8 8h6.4M8.8 5.6 11.2 8 8.8 10.4" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6.4" />
      <path d="M3.6 12.4 12.4 3.6" />
    </>
  ),
  skipped: (
    <>
      <circle cx="8" cy="8" r="6" strokeDasharray="3.4 2.3" />
      <path d="M6.4 5.6 9 8l-2.6 2.4" />
    </>
  ),
  notRun: <circle cx="8" cy="8" r="6" strokeWidth="1.2" strokeOpacity=".75" />,
  stale: (
    <>
      <circle cx="8" cy="8" r="6.4" strokeDasharray="1.4 2.2" />
      <path d="M6.2 6.3a1.9 1.9 0 1 1 2.6 1.9c-.5.2-.8.5-.8 1v.3" />
      <circle cx="8" cy="11.5" r=".5" fill="currentColor" />
    </>
  ),
}

export interface StateGlyphProps {
  state: State
  /** Edge length in px. */
  size?: number
  /** True where the word stands beside it as text. */
  decorative?: boolean
}

/** The state's glyph in its colour; its word is the accessible name unless it stands beside it. */
export function StateGlyph({ state, size = 14, decorative = false }: StateGlyphProps) {
  return (
    <svg
      className={css.glyph}
      data-state={state}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(decorative ? { 'aria-hidden': true } : picture(stateWord[state]))}
    >
      {shapes[state]}
    </svg>
  )
}
