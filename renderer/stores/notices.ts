import { create } from 'zustand'
import type { Notice } from '../../preload/contract/notices.ts'
import { failureOf } from '../rpc/failureOf.ts'
import { rpc } from '../rpc/rpc.ts'
import { announce } from './status.ts'

/** What a person must know that belongs to no account, as last told. */
export const useNotices = create<{ notices: readonly Notice[] }>(() => ({ notices: [] }))

/** Read, and to be seen no more until it is said anew. */
export async function dismissNotice(id: string): Promise<void> {
  try {
    await rpc.notices.dismiss.mutate({ id })
  } catch (thrown) {
    announce(`The notice was not dismissed: ${failureOf(thrown).message}`)
  }
}
