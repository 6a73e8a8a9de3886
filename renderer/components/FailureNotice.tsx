import type { ReactNode } from 'react'
import type { FailureShape } from '../../preload/contract/base.ts'
import css from './FailureNotice.module.css'
import { StateGlyph } from './StateGlyph.tsx'

/** Where a failure happened, from the outside in. */
function placeText({ place }: FailureShape): string {
  return [place.account, place.region, place.pipeline, place.stage, place.action, place.file]
    .filter(part => part !== undefined)
    .join(' › ')
}

export interface FailureNoticeProps {
  failure: FailureShape
  /** What can be done about it, as buttons. */
  children?: ReactNode
}

/** A failure in full: its code, sentence, place, next step and request id. */
export function FailureNotice({ failure, children }: FailureNoticeProps) {
  const place = placeText(failure)
  return (
    <div className={css.notice} role="alert">
      <StateGlyph state="failed" size={16} />
      <div className={css.text}>
        <p>
          <b className={css.code}>{failure.code}</b> {failure.message}
        </p>
        {place !== '' && <p className="dim">{place}</p>}
        {failure.next !== undefined && <p>{failure.next}</p>}
        {failure.requestId !== undefined && <p className="faint mono">request {failure.requestId}</p>}
        {children !== undefined && <div className={css.doing}>{children}</div>}
      </div>
    </div>
  )
}
