import { X } from 'lucide-react'
import { IconButton } from '../components/Button.tsx'
import { Doors } from '../screens/accounts/Doors.tsx'
import { useAccounts } from '../stores/accounts.ts'
import { useRoute } from '../stores/route.ts'
import { changeSettings, useSettings } from '../stores/settings.ts'
import css from './FirstRun.module.css'

/** The first time: how to begin, above a fleet that already lives. Gone once a door was taken or it was closed. */
export function FirstRun() {
  const wanted = useSettings(({ known, settings }) => known && !settings.welcomed)
  const onFleet = useRoute(({ route }) => route.screen === 'fleet')
  const onlyLocal = useAccounts(
    ({ known, accounts }) => known && accounts.every(({ source }) => source.kind === 'localCloud'),
  )
  if (!wanted || !onFleet || !onlyLocal) return null
  const done = () => void changeSettings({ welcomed: true })
  return (
    <section className={css.welcome} aria-labelledby="welcome">
      <header className={css.head}>
        <h2 id="welcome">Welcome. Where are your pipelines?</h2>
        <span className="dim">What you see below is the local cloud’s.</span>
        <IconButton label="Close the welcome" onClick={done}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      <Doors onTaken={done} />
    </section>
  )
}
