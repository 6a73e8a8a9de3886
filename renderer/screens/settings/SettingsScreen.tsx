import { X } from 'lucide-react'
import type { Settings } from '../../../preload/contract/settings.ts'
import { IconButton } from '../../components/Button.tsx'
import { Page, Section } from '../../components/Page.tsx'
import { Segmented } from '../../components/Segmented.tsx'
import type { Option } from '../../components/Select.tsx'
import { formatInstant, zoneOf } from '../../format/instant.ts'
import { useNow } from '../../stores/now.ts'
import { changeSettings, useSettings } from '../../stores/settings.ts'
import { EventQueues } from './EventQueues.tsx'
import css from './SettingsScreen.module.css'

const themes: readonly Option<Settings['theme']>[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]
const densities: readonly Option<Settings['density']>[] = [
  { value: 'tiles', label: 'Tiles' },
  { value: 'rows', label: 'Rows' },
  { value: 'lines', label: 'Lines' },
]
const zones: readonly Option<Settings['timeZone']>[] = [
  { value: 'utc', label: 'UTC' },
  { value: 'local', label: 'This machine’s' },
]

/** How the desk looks; kept by main, the same in every window. */
export function SettingsScreen() {
  const settings = useSettings(state => state.settings)
  const now = useNow(state => new Date(state.now).toISOString())
  return (
    <Page title="Settings" lead="Kept on this machine, and the same in every window of the desk.">
      <Section title="Look">
        <Setting name="Theme" about="The state colours are measured in both.">
          <Segmented
            name="Theme"
            value={settings.theme}
            options={themes}
            onChange={theme => void changeSettings({ theme })}
          />
        </Setting>
        <Setting name="Density of the fleet" about="Tiles for a wall, rows for a desk, lines for very many.">
          <Segmented
            name="Density of the fleet"
            value={settings.density}
            options={densities}
            onChange={density => void changeSettings({ density })}
          />
        </Setting>
        <Setting name="Times" about={`Now: ${formatInstant(now, zoneOf(settings.timeZone))}`}>
          <Segmented
            name="Times"
            value={settings.timeZone}
            options={zones}
            onChange={timeZone => void changeSettings({ timeZone })}
          />
        </Setting>
      </Section>
      <EventQueues queues={settings.eventQueues} />
      <Section title="Saved views">
        {settings.savedViews.length === 0 ? (
          <p className="dim">None yet. Filter the fleet, then save the filter with the button beside it.</p>
        ) : (
          <ul>
            {settings.savedViews.map(view => (
              <li key={view.name} className={css.setting}>
                <span>{view.name}</span>
                <span className="mono dim">{view.filter}</span>
                <IconButton
                  label={`Remove the saved view “${view.name}”`}
                  onClick={() =>
                    void changeSettings({ savedViews: settings.savedViews.filter(other => other !== view) })
                  }
                >
                  <X size={14} aria-hidden />
                </IconButton>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="Built on">
        <p className="dim">
          CloudPipelines is Apache-2.0. The stage graph is drawn with React Flow (MIT), controls are Base UI (MIT),
          icons are Lucide (ISC), type is Inter and JetBrains Mono (OFL).
        </p>
      </Section>
    </Page>
  )
}

function Setting({ name, about, children }: { name: string; about: string; children: React.ReactNode }) {
  return (
    <div className={css.setting}>
      <span aria-hidden>{name}</span>
      <span className="dim">{about}</span>
      {children}
    </div>
  )
}
