import { useEffect, useState } from 'react'
import type { FailureShape } from '../../../../preload/contract/base.ts'
import type { OperationRecord, Preview, Request } from '../../../../preload/contract/operations.ts'
import { failureOf } from '../../../rpc/failureOf.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { takeRecord } from '../../../stores/operations.ts'

export type Previewed =
  | { state: 'asking' }
  | { state: 'known'; preview: Preview }
  | { state: 'failed'; failure: FailureShape }

/** What AWS would be asked, and what of; asked again whenever the request changes in what matters. */
export function usePreview(request: Request): Previewed {
  const asked = JSON.stringify(request)
  const [answer, setAnswer] = useState<{ asked: string; previewed: Previewed }>()
  useEffect(() => {
    let wanted = true
    const answered = (previewed: Previewed) => wanted && setAnswer({ asked, previewed })
    const request: Request = JSON.parse(asked)
    rpc.operations.preview.query(request).then(
      preview => answered({ state: 'known', preview }),
      (thrown: unknown) => answered({ state: 'failed', failure: failureOf(thrown) }),
    )
    return () => {
      wanted = false
    }
  }, [asked])
  return answer?.asked === asked ? answer.previewed : { state: 'asking' }
}

export type Write =
  | { state: 'idle' }
  | { state: 'requested' }
  | { state: 'ended'; record: OperationRecord }
  /** It did not reach AWS, or the answer did not reach the desk. */
  | { state: 'lost'; failure: FailureShape }

/** Sends one request at a time, and tells how it stands with it. */
export function useWrite(): { write: Write; perform: (request: Request) => void } {
  const [write, setWrite] = useState<Write>({ state: 'idle' })
  const perform = (request: Request) => {
    if (write.state === 'requested') return
    setWrite({ state: 'requested' })
    rpc.operations.perform.mutate(request).then(
      record => {
        takeRecord(record)
        setWrite({ state: 'ended', record })
      },
      (thrown: unknown) => setWrite({ state: 'lost', failure: failureOf(thrown) }),
    )
  }
  return { write, perform }
}

export const isConfirmed = (write: Write): boolean =>
  write.state === 'ended' && write.record.outcome.state === 'confirmed'
