import type { Band } from '../../../preload/contract/accounts.ts'
import type { Option } from '../../components/Select.tsx'
import css from './AccountsScreen.module.css'

const swatch = (band: Band, word: string) => (
  <span className={css.swatch} data-band={band}>
    {word}
  </span>
)

/** The colours that an account may have of its own. */
export const bandOptions: readonly Option<Band | 'environment'>[] = [
  { value: 'environment', label: 'Environment’s colour' },
  { value: 'teal', label: swatch('teal', 'Teal') },
  { value: 'violet', label: swatch('violet', 'Violet') },
  { value: 'red', label: swatch('red', 'Red') },
  { value: 'blue', label: swatch('blue', 'Blue') },
  { value: 'ochre', label: swatch('ochre', 'Ochre') },
  { value: 'rose', label: swatch('rose', 'Rose') },
  { value: 'slate', label: swatch('slate', 'Slate') },
]
