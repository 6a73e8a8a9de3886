import type { ReactNode } from 'react'
import type { Asked } from '../rpc/useAsked.ts'
import { FailureNotice } from './FailureNotice.tsx'
import css from './Told.module.css'

export interface ToldProps<T> {
  answer: Asked<T>
  /** What is being done while there is no answer yet. */
  meanwhile: string
  children: (value: T) => ReactNode
}

/** An answer of main's: awaited, failed, or here. An older answer stays below the failure of asking again. */
export function Told<T>({ answer, meanwhile, children }: ToldProps<T>) {
  return (
    <>
      {answer.state === 'failed' && <FailureNotice failure={answer.failure} />}
      {answer.value !== undefined && children(answer.value)}
      {answer.value === undefined && answer.state === 'asking' && (
        <output className={css.meanwhile}>{meanwhile}</output>
      )}
    </>
  )
}
