import { create } from 'zustand'
import type { Alarm } from '../../preload/contract/auditReview.ts'
import type { FailureShape } from '../../preload/contract/base.ts'

export interface AlarmsState {
  /** Those that nobody has signed off. */
  open: number
  /** Open ones first, then signed off; newest first. */
  alarms: readonly Alarm[]
  /** False until main has told them once. */
  known: boolean
  failure: FailureShape | undefined
}

/** What was changed that weakens a pipeline, for whoever reviews it. */
export const useAlarms = create<AlarmsState>(() => ({ open: 0, alarms: [], known: false, failure: undefined }))
