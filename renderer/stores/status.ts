import { create } from 'zustand'

/** The status line's last sentence: what the desk did a moment ago. Read out politely by screen readers. */
export const useStatus = create<{ text: string; at: number }>(() => ({ text: '', at: 0 }))

/** Says a sentence in the status line. */
export function announce(text: string) {
  useStatus.setState({ text, at: Date.now() })
}
