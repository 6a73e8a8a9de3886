/** What happened in the cloud, in EventBridge's own envelope (fact sheet, section 9). */
export interface CloudEvent {
  source: string
  'detail-type': string
  account: string
  region: string
  /** ISO 8601, UTC, whole seconds. */
  time: string
  resources: readonly string[]
  detail: Readonly<Record<string, unknown>>
}

export type Unsubscribe = () => void

/** Services tell each other what happened; EventBridge, triggers and metrics listen. */
export interface EventBus {
  publish(event: CloudEvent): void
  subscribe(listener: (event: CloudEvent) => void): Unsubscribe
}

/** A bus within the process. A listener that throws does not keep the others from hearing; `onError` is told. */
export function createEventBus(onError: (error: unknown, event: CloudEvent) => void): EventBus {
  const listeners = new Set<(event: CloudEvent) => void>()
  return {
    publish(event) {
      for (const listener of listeners) {
        try {
          listener(event)
        } catch (error) {
          onError(error, event)
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
