import { describe, expect, it } from 'vitest'
import { chordOf, shownChord } from './chord.ts'

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('chords', () => {
  it('are written the same whether Shift or Caps Lock made the letter', () => {
    expect(chordOf({ ...none, key: 'k', ctrlKey: true }, false)).toBe('Mod+K')
    expect(chordOf({ ...none, key: 'K', ctrlKey: true }, false)).toBe('Mod+K')
    expect(chordOf({ ...none, key: 'J', shiftKey: true }, false)).toBe('Shift+J')
  })

  it('do not name Shift where the character already says it', () => {
    expect(chordOf({ ...none, key: '?', shiftKey: true }, false)).toBe('?')
    expect(chordOf({ ...none, key: 'Enter', shiftKey: true }, false)).toBe('Shift+Enter')
    expect(chordOf({ ...none, key: ' ' }, false)).toBe('Space')
  })

  it('use Cmd on macOS and Ctrl elsewhere, and leave the other one to the system', () => {
    expect(chordOf({ ...none, key: '1', metaKey: true }, true)).toBe('Mod+1')
    expect(chordOf({ ...none, key: '1', ctrlKey: true }, true)).toBeUndefined()
    expect(chordOf({ ...none, key: 'l', metaKey: true }, false)).toBeUndefined()
  })

  it('are nothing while only modifiers are down', () => {
    expect(chordOf({ ...none, key: 'Shift', shiftKey: true }, false)).toBeUndefined()
  })

  it('are shown as the keyboard has them', () => {
    expect(shownChord('Mod+K', false)).toBe('Ctrl+K')
    expect(shownChord('Mod+Shift+K', true)).toBe('⌘⇧K')
    expect(shownChord('Mod++', false)).toBe('Ctrl++')
    expect(shownChord('ArrowDown', false)).toBe('↓')
  })
})
