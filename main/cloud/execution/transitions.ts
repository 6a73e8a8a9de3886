import type { Draft } from './draft.ts'
import { admit } from './entering.ts'

/** DisableStageTransition: nobody enters any more; who is inside is not disturbed (fact sheet, 3.5). */
export function closeTransition(draft: Draft, stage: string, reason: string, by: string): void {
  draft.patchStage(stage, { inboundTransition: { enabled: false, reason, by, at: draft.at } })
}

/** EnableStageTransition: who waits enters, as far as the lock allows. */
export function openTransition(draft: Draft, stage: string, by: string): void {
  draft.patchStage(stage, { inboundTransition: { enabled: true, by, at: draft.at } })
  admit(draft, stage)
}
