/** An account's resources in one region. */
export interface At {
  account: string
  region: string
}

/** For whom something is asked; an earlier one goes before a later one. */
export const priorities = ['person', 'open', 'running', 'idle', 'hidden'] as const
export type Priority = (typeof priorities)[number]

/** How a call is to be made. */
export interface Ask {
  priority: Priority
  /** The caller no longer waits. A call that others wait for, too, goes on. */
  signal?: AbortSignal | undefined
}
