import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ErrorBoundary } from './components/ErrorBoundary.tsx'
import { App } from './frame/App.tsx'
import { followKeys } from './frame/keyboard.ts'
import { followTheme } from './frame/theme.ts'
import { startFeeds } from './stores/feeds.ts'
import { startClock } from './stores/now.ts'
import { followAddress } from './stores/route.ts'
import { useSettings } from './stores/settings.ts'

/** Main tells the settings within a few ms; waiting for them keeps the wrong theme from flashing. */
function settingsKnown(atMost: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, atMost)
    const unsubscribe = useSettings.subscribe(({ known }) => {
      if (!known) return
      clearTimeout(timer)
      unsubscribe()
      resolve()
    })
  })
}

const container = document.getElementById('root')
if (!container) throw new Error('index.html has no element with the id root')

const stops = [followAddress(), followTheme(), followKeys(), startClock(), startFeeds()]
window.addEventListener('pagehide', () => {
  for (const stop of stops) stop()
})

await settingsKnown(400)
createRoot(container).render(
  <StrictMode>
    <ErrorBoundary what="the window">
      <App />
    </ErrorBoundary>
  </StrictMode>,
)
