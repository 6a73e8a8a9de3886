import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import type { ActionDefinition, ActionView } from '../../preload/contract/pipelines.ts'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { shortId } from '../format/ids.ts'
import { useNow } from '../stores/now.ts'
import { actionLabel, actionNote, progress } from './describe.ts'
import type { ActionNode as Action } from './flow.ts'
import css from './graph.module.css'
import { NodeButton } from './NodeButton.tsx'
import { NodeTook } from './NodeTook.tsx'
import { ProviderIcon, providerName } from './providerIcon.tsx'

/** An action. Its lines stand in the order of their weight: the nearer the zoom, the more of them have room. */
export const ActionNode = memo(function ActionNode({ id, data, selected }: NodeProps<Action>) {
  const { stage, view, definition, stop } = data
  // To the minute, so that a screen reader is not told each second of one that runs.
  const label = useNow(({ now }) => actionLabel(stage, view, now - (now % 60_000)))
  return (
    <NodeButton
      id={id}
      node={{ kind: 'action', stage, action: view.name }}
      label={label}
      selected={selected}
      stop={stop}
      className={css.action}
      state={view.state}
    >
      <span className={css.line}>
        <ProviderIcon definition={definition} />
        <b className={css.name}>{view.name}</b>
        {(view.attempt ?? 1) > 1 && <span className={css.attempt}>×{view.attempt}</span>}
        <StateGlyph state={view.state} decorative />
      </span>
      <span className={css.line}>
        <Elsewhere definition={definition} />
        <span className={css.provider}>{providerName(definition)}</span>
        <span className={css.took}>
          <NodeTook of={view} />
        </span>
      </span>
      <Note view={view} />
      {view.revision && (
        <span className={css.line}>
          <span className={css.revision}>{shortId(view.revision.id)}</span>
          <span className={css.provider}>{view.revision.author ?? view.revision.summary}</span>
        </span>
      )}
      {view.lastLogLine !== undefined && view.state !== 'running' && (
        <span className={css.log}>{view.lastLogLine}</span>
      )}
      <Progress view={view} />
    </NodeButton>
  )
})

/** Where an action does not happen in the pipeline's own account or region, that is said on it. */
function Elsewhere({ definition }: { definition: ActionDefinition | undefined }) {
  if (!definition?.crossAccount && !definition?.region) return null
  return (
    <>
      {definition.crossAccount && <span className={css.chip}>{definition.crossAccount.name}</span>}
      {definition.region !== undefined && <span className={css.chip}>{definition.region}</span>}
    </>
  )
}

function Note({ view }: { view: ActionView }) {
  const note = useNow(({ now }) => actionNote(view, now))
  return note === undefined ? null : <span className={css.note}>{note}</span>
}

function Progress({ view }: { view: ActionView }) {
  const part = useNow(({ now }) => {
    const part = progress(view, now)
    return part === undefined ? undefined : Math.round(part * 100)
  })
  if (view.state !== 'running') return null
  return (
    <span className={css.progress} data-unknown={part === undefined || undefined}>
      <i style={{ width: `${part ?? 100}%` }} />
    </span>
  )
}
