import { create } from 'zustand'
import { type NodeRef, sameRef } from '../../graph/nodeRef.ts'
import { type Remembered, remember, remembered } from './remembered.ts'

export type InspectorTab = 'overview' | 'log' | 'artifacts' | 'variables' | 'configuration' | 'role' | 'history'

/** Which dialog is open, and about what. */
export type OpenDialog =
  | { kind: 'start' }
  | { kind: 'retry'; stage: string }
  | { kind: 'stop'; executionId: string }
  | { kind: 'transition'; stage: string }
  | { kind: 'rollback'; stage: string | undefined }
  | { kind: 'override'; stage: string; condition: 'beforeEntry' | 'onSuccess'; executionId: string }
  | { kind: 'decide'; stage: string; action: string; decision: 'Approved' | 'Rejected' }

export interface ScreenState extends Remembered {
  selected: NodeRef | undefined
  tab: InspectorTab
  /** Keeps what runs in sight; ends with the first move by hand. */
  follow: boolean
  dialog: OpenDialog | undefined
}

const first = { selected: undefined, tab: 'overview', follow: false, dialog: undefined } as const

/** How the pipeline screen stands: what is selected, which tab, what is open over it. */
export const useScreen = create<ScreenState>(() => ({ ...remembered(), ...first }))

/** Another pipeline begins with nothing selected and nothing open. */
export const resetScreen = () => useScreen.setState({ ...first })

export const select = (selected: NodeRef | undefined) =>
  useScreen.setState(before => (sameRef(before.selected, selected) ? before : { selected }))
export const showTab = (tab: InspectorTab) => useScreen.setState({ tab })
export const openDialog = (dialog: OpenDialog) => useScreen.setState({ dialog })
export const closeDialog = () => useScreen.setState({ dialog: undefined })
export const setFollow = (follow: boolean) => useScreen.setState({ follow })
/** Asked on each move of a hand: renders nothing when nothing was followed. */
export const stopFollowing = () => {
  if (useScreen.getState().follow) setFollow(false)
}

/** Changes the layout, and keeps it for the next time. */
export function arrange(change: Partial<Remembered>) {
  useScreen.setState(change)
  const { twin, timeline, inspectorWidth, inspector, wrapLog } = useScreen.getState()
  remember({ twin, timeline, inspectorWidth, inspector, wrapLog })
}
