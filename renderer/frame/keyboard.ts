import { commandFor, useCommandList } from '../stores/commands.ts'
import { announce } from '../stores/status.ts'
import { type Chord, chordOf } from './chord.ts'

const typing = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable="true"]'
const ownsKeys = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const pressable = 'button, a[href], summary, input, [role="tab"], [role="switch"]'

/** Whether a press belongs to the widget that has the focus rather than to a command. */
function belongsToWidget(target: EventTarget | null, chord: Chord): boolean {
  if (!(target instanceof Element)) return false
  if (chord.startsWith('Mod+')) return false
  if (target.closest(ownsKeys)) return true
  if (target.closest(typing)) return true
  // Letters and signs mean nothing to a button; Enter, Space and arrows do.
  return chord.replace(/^(Alt|Shift)\+/, '').length > 1 && target.closest(pressable) !== null
}

/** Lets every key press do its command; returns the stop. */
export function followKeys(page: Window = window): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const chord = chordOf(event)
    if (chord === undefined || belongsToWidget(event.target, chord)) return
    const command = commandFor(useCommandList.getState().commands, chord)
    if (!command) return
    event.preventDefault()
    if (command.disabledBecause === undefined) command.run()
    else announce(`${command.title}: ${command.disabledBecause}`)
  }
  page.addEventListener('keydown', onKeyDown)
  return () => page.removeEventListener('keydown', onKeyDown)
}
