import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react'
import type { ActionView } from '../../preload/contract/pipelines.ts'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { stateWord } from '../components/state.ts'
import { Took } from '../components/Took.tsx'
import { formatDuration } from '../format/duration.ts'
import { shortId } from '../format/ids.ts'
import { useNow } from '../stores/now.ts'
import { conditionState } from './conditionState.ts'
import { actionNote, conditionWord, gateLabel } from './describe.ts'
import { GateGlyph } from './GateGlyph.tsx'
import { actionsOf, type GraphAction, type GraphModel, type GraphStage } from './graphModel.ts'
import { idOf, type NodeRef, sameRef } from './nodeRef.ts'
import { providerName } from './providerIcon.tsx'
import type { GraphControls } from './StageGraph.tsx'
import css from './table.module.css'

export interface StageTableProps {
  model: GraphModel
  name: string
  selected: NodeRef | undefined
  onSelect: (node: NodeRef | undefined) => void
  onOpen: (node: NodeRef) => void
  ref?: Ref<Pick<GraphControls, 'focus'>>
}

/** The graph's twin: the same stages, gates, conditions and actions as rows, with the same selection. */
export function StageTable({ model, name, selected, onSelect, onOpen, ref }: StageTableProps) {
  const table = useRef<HTMLTableElement>(null)
  const rows = rowsOf(model)
  const stop = rows.find(row => sameRef(row.ref, selected)) ?? rows[0]
  const focus = (node: NodeRef) => {
    onSelect(node)
    table.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(idOf(node))}"]`)?.focus()
  }
  useImperativeHandle(ref, () => ({ focus }))

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !stop) return
    const at = rows.indexOf(stop)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, J: at + 1, K: at - 1, Home: 0, End: rows.length - 1 }[
      event.key.length === 1 ? event.key.toUpperCase() : event.key
    ]
    if (event.key === 'Enter') {
      event.preventDefault()
      onOpen(stop.ref)
    } else if (to !== undefined) {
      event.preventDefault()
      const row = rows[Math.min(Math.max(to, 0), rows.length - 1)]
      if (row) focus(row.ref)
    }
  }

  return (
    <div className={css.scroll}>
      <table ref={table} className={css.table} aria-label={name}>
        <thead>
          <tr>
            {['State', 'Stage', 'Action', 'Provider', 'Where', 'Took', 'p50', 'Revision', 'What'].map(title => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={idOf(row.ref)} data-kind={row.ref.kind} data-selected={sameRef(row.ref, selected) || undefined}>
              <Cells
                row={row}
                hold={{
                  id: idOf(row.ref),
                  selected: sameRef(row.ref, selected),
                  stop: row === stop,
                  onSelect: () => focus(row.ref),
                  onOpen: () => onOpen(row.ref),
                  onKeyDown,
                }}
              />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type Row =
  | { kind: 'stage'; ref: NodeRef; stage: GraphStage }
  | { kind: 'gate'; ref: NodeRef; stage: GraphStage }
  | { kind: 'condition'; ref: NodeRef & { kind: 'condition' }; stage: GraphStage }
  | { kind: 'action'; ref: NodeRef; action: GraphAction }

/** In the order in which an execution meets them. */
function rowsOf(model: GraphModel): Row[] {
  return model.stages.flatMap((stage, index) => {
    const conditions = (entry: boolean): Row[] =>
      (stage.definition?.conditions ?? [])
        .filter(({ kind }) => (kind === 'beforeEntry') === entry)
        .map(({ kind }) => ({
          kind: 'condition',
          ref: { kind: 'condition', stage: stage.name, condition: kind },
          stage,
        }))
    return [
      ...(index > 0 ? [{ kind: 'gate' as const, ref: { kind: 'gate' as const, stage: stage.name }, stage }] : []),
      ...conditions(true),
      { kind: 'stage', ref: { kind: 'stage', stage: stage.name }, stage },
      ...actionsOf(stage).map(
        (action): Row => ({
          kind: 'action',
          ref: { kind: 'action', stage: stage.name, action: action.view.name },
          action,
        }),
      ),
      ...conditions(false),
    ]
  })
}

interface Hold {
  id: string
  selected: boolean
  stop: boolean
  onSelect: () => void
  onOpen: () => void
  onKeyDown: (event: KeyboardEvent) => void
}

/** A row's name is the button that selects it; it covers the whole row. */
function RowButton({ hold, children }: { hold: Hold; children: string }) {
  return (
    <button
      type="button"
      className={css.row}
      data-node={hold.id}
      aria-pressed={hold.selected}
      tabIndex={hold.stop ? 0 : -1}
      onClick={hold.onSelect}
      onDoubleClick={hold.onOpen}
      onKeyDown={hold.onKeyDown}
    >
      {children}
    </button>
  )
}

function Cells({ row, hold }: { row: Row; hold: Hold }) {
  switch (row.kind) {
    case 'stage': {
      const { view, name } = row.stage
      return (
        <>
          <StateCell state={view.state} />
          <th scope="row">
            <RowButton hold={hold}>{name}</RowButton>
          </th>
          <td colSpan={3} className="dim">
            {actionsOf(row.stage).length} {actionsOf(row.stage).length === 1 ? 'action' : 'actions'}
          </td>
          <td>
            <Took ms={view.durationMs} since={view.state === 'running' ? view.startedAt : undefined} />
          </td>
          <td colSpan={3} className="mono dim">
            {view.executionId === undefined ? '' : `execution ${shortId(view.executionId)}`}
          </td>
        </>
      )
    }
    case 'gate': {
      const { transition, inbound } = row.stage.view
      return (
        <>
          <td className={css.gate} data-state={transition.open ? 'notRun' : 'waiting'}>
            <GateGlyph open={transition.open} /> {transition.open ? 'Open' : 'Closed'}
          </td>
          <th scope="row">
            <RowButton hold={hold}>{`→ ${row.stage.name}`}</RowButton>
          </th>
          <td colSpan={7} className="dim">
            {gateLabel(row.stage.name, transition, inbound)}
          </td>
        </>
      )
    }
    case 'condition': {
      const view = row.stage.view.conditions.find(({ kind }) => kind === row.ref.condition)
      const state = conditionState(view?.status)
      return (
        <>
          <td>
            <StateGlyph state={state} decorative /> {view?.status ?? 'Not evaluated'}
          </td>
          <td className="dim">{row.stage.name}</td>
          <th scope="row" colSpan={6}>
            <RowButton hold={hold}>{conditionWord[row.ref.condition]}</RowButton>
          </th>
          <td className="dim">{view?.summary}</td>
        </>
      )
    }
    case 'action':
      return <ActionCells action={row.action} hold={hold} />
  }
}

interface ActionCellsProps {
  action: GraphAction
  hold: Hold
}

function ActionCells({ action: { view, stage, definition }, hold }: ActionCellsProps) {
  return (
    <>
      <StateCell state={view.state} />
      <td className="dim">{stage}</td>
      <th scope="row">
        <RowButton hold={hold}>{view.name}</RowButton>
      </th>
      <td className="dim">{providerName(definition)}</td>
      <td className="dim">{[definition?.crossAccount?.name, definition?.region].filter(Boolean).join(', ')}</td>
      <td>
        <Took
          ms={view.durationMs}
          since={view.state === 'running' || view.state === 'waiting' ? view.startedAt : undefined}
        />
      </td>
      <td className="mono dim">{view.medianMs === undefined ? '' : formatDuration(view.medianMs)}</td>
      <td className="mono dim">{view.revision && shortId(view.revision.id)}</td>
      <Note view={view} />
    </>
  )
}

function StateCell({ state }: { state: ActionView['state'] }) {
  return (
    <td className={css.state} data-state={state}>
      <StateGlyph state={state} decorative /> {stateWord[state]}
    </td>
  )
}

function Note({ view }: { view: ActionView }) {
  const note = useNow(({ now }) => actionNote(view, now))
  return (
    <td className={css.note} data-state={view.state}>
      {note}
    </td>
  )
}
