/** The product's own origin in Electron. */
export const appOrigin = 'app://desk'

/** What Electron tells of a frame that sends a message. */
export interface SenderFrame {
  origin: string
  /** null for a page's main frame. */
  parent: unknown
}

/** Only the main frame of our own page may speak; a frame that is gone (null) may not. */
export function isOwnMainFrame(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && frame.origin === appOrigin
}
