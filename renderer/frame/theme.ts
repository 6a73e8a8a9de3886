import type { Theme } from '../../preload/contract/settings.ts'
import { useSettings } from '../stores/settings.ts'

/** Keeps `data-theme` on the document as the setting, or the system, has it; returns the stop. */
export function followTheme(page: Window = window): () => void {
  const light = page.matchMedia('(prefers-color-scheme: light)')
  const apply = (theme: Theme) => {
    page.document.documentElement.dataset['theme'] = theme === 'system' ? (light.matches ? 'light' : 'dark') : theme
  }
  const applySetting = () => apply(useSettings.getState().settings.theme)
  applySetting()
  light.addEventListener('change', applySetting)
  const unsubscribe = useSettings.subscribe(applySetting)
  return () => {
    light.removeEventListener('change', applySetting)
    unsubscribe()
  }
}
