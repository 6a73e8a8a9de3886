import { Select } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ExecutionSummary, PipelineView } from '../../../preload/contract/pipelines.ts'
import button from '../../components/Button.module.css'
import popup from '../../components/popup.module.css'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { stateWord } from '../../components/state.ts'
import { formatAge } from '../../format/duration.ts'
import { shortId } from '../../format/ids.ts'
import { formatInstant } from '../../format/instant.ts'
import { useNow } from '../../stores/now.ts'
import { go } from '../../stores/route.ts'
import { useZone } from '../../stores/settings.ts'
import css from './pipeline.module.css'

/** The screen as of now, or one execution of many: in QUEUED and PARALLEL mode each has its own state. */
export function ExecutionSwitcher({ view, of }: { view: PipelineView; of: string }) {
  const chosen = view.executions.find(({ id }) => id === of)
  return (
    <Select.Root
      value={of}
      onValueChange={wanted => {
        if (wanted !== null) go({ screen: 'pipeline', key: view.row.key, of: wanted })
      }}
    >
      <Select.Trigger className={button.button} aria-label="Execution">
        {of !== 'now' && <span className="dim">Execution</span>}
        <Select.Value>{of === 'now' ? 'Now' : shortId(of)}</Select.Value>
        {chosen && <Age of={chosen} />}
        <Select.Icon>
          <ChevronDown size={14} aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className={popup.positioner} sideOffset={4} align="end" alignItemWithTrigger={false}>
          <Select.Popup className={`${popup.popup} ${css.executions}`}>
            <Select.Item value="now" className={popup.item}>
              <Select.ItemText>Now: what sits in each stage</Select.ItemText>
              <Select.ItemIndicator className={popup.end}>
                <Check size={14} aria-hidden />
              </Select.ItemIndicator>
            </Select.Item>
            <Select.Separator className={popup.separator} />
            {view.executions.map(execution => (
              <Select.Item key={execution.id} value={execution.id} className={popup.item}>
                <Execution execution={execution} />
              </Select.Item>
            ))}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}

function Age({ of: { startedAt } }: { of: ExecutionSummary }) {
  const zone = useZone()
  const age = useNow(({ now }) => formatAge(now - Date.parse(startedAt)))
  return (
    <time className="dim" dateTime={startedAt} title={formatInstant(startedAt, zone)}>
      {age}
    </time>
  )
}

function Execution({ execution }: { execution: ExecutionSummary }) {
  const [revision] = execution.revisions
  return (
    <>
      <StateGlyph state={execution.state} decorative />
      <span className={css.executionWord} data-state={execution.state}>
        {stateWord[execution.state]}
      </span>
      <Select.ItemText className="mono">{shortId(execution.id)}</Select.ItemText>
      <span className={css.executionText}>
        {revision && <span className="mono dim">{shortId(revision.id)} </span>}
        {execution.type === 'ROLLBACK' ? `Rollback to ${shortId(execution.rollbackTarget ?? '')}` : revision?.summary}
      </span>
      <span className="dim">{execution.trigger?.type}</span>
      <span className={popup.end}>
        {execution.sample && <span className="faint">sample · </span>}
        <Age of={execution} />
      </span>
    </>
  )
}
