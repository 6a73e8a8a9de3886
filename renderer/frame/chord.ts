/**
 * Chords are written `Mod+K`, `Shift+F`, `/`, `?`, `Enter`: modifiers in the order Mod, Alt, Shift, then the key as
 * `KeyboardEvent.key` names it, letters in upper case. `Mod` is Cmd on macOS and Ctrl elsewhere. Shift is written
 * only where it is not already in the character (`?` needs none, `Shift+J` does).
 */
export type Chord = string

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const onMac = typeof navigator !== 'undefined' && /Mac/.test(navigator.userAgent)

/** The chord of a key press; undefined while only modifiers are down. */
export function chordOf(press: KeyPress, mac = onMac): Chord | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Process'].includes(press.key)) return undefined
  const named = press.key === ' ' ? 'Space' : press.key
  const key = named.length === 1 ? named.toUpperCase() : named
  // Ctrl on macOS and Meta elsewhere belong to the system: such a press is no chord of ours.
  if (mac ? press.ctrlKey : press.metaKey) return undefined
  const shiftCounts = press.shiftKey && (key.length > 1 || key.toLowerCase() !== key.toUpperCase())
  return [(mac ? press.metaKey : press.ctrlKey) && 'Mod', press.altKey && 'Alt', shiftCounts && 'Shift', key]
    .filter(part => part !== false)
    .join('+')
}

const macSigns: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const signs: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
}

/** The chord as a person reads it. */
export function shownChord(chord: Chord, mac = onMac): string {
  // A lone `+` is a key, not a separator.
  const parts = chord.split(/\+(?=.)/)
  return parts.map(part => (mac ? macSigns[part] : undefined) ?? signs[part] ?? part).join(mac ? '' : '+')
}
