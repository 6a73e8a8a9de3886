import { shownChord } from '../frame/chord.ts'
import css from './Kbd.module.css'

/** A key or chord, e.g. `Mod+K`, written as this system's keyboard has it. */
export function Kbd({ chord }: { chord: string }) {
  return <kbd className={css.kbd}>{shownChord(chord)}</kbd>
}
