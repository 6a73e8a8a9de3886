import '@xyflow/react/dist/base.css'
import { ReactFlow, ReactFlowProvider } from '@xyflow/react'
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useMemo, useState } from 'react'
import { ActionNode } from './ActionNode.tsx'
import { ConditionNode } from './ConditionNode.tsx'
import { FoldNode } from './FoldNode.tsx'
import { type Drawing, draw } from './flow.ts'
import { nothingFolded, remember } from './fold.ts'
import { GateNode } from './GateNode.tsx'
import { Ground } from './Ground.tsx'
import css from './graph.module.css'
import { type GraphActions, GraphActionsProvider } from './graphActions.ts'
import { type GraphModel, whatRuns } from './graphModel.ts'
import { LaneNode } from './LaneNode.tsx'
import { layout } from './layout.ts'
import { type Marks, MarksProvider, stagesOf } from './marks.ts'
import { idOf, type NodeRef } from './nodeRef.ts'
import { ReturnEdge } from './ReturnEdge.tsx'
import { useViewport } from './useViewport.ts'
import { around } from './viewport.ts'
import { type Direction, walk } from './walk.ts'
import { zoomRange } from './zoomLevel.ts'

const nodeTypes = { lane: LaneNode, action: ActionNode, gate: GateNode, condition: ConditionNode, fold: FoldNode }
const edgeTypes = { return: ReturnEdge }
const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const nothingDrawn: Drawing = { nodes: [], edges: [] }
/** Below this many nodes all are kept in the document: nothing is built while panning. */
const allKept = 300

export interface GraphControls {
  fit: () => void
  /** Brings a node into sight and gives it the focus. */
  focus: (node: NodeRef) => void
}

export interface StageGraphProps {
  model: GraphModel
  /** The graph's accessible name. */
  name: string
  selected: NodeRef | undefined
  onSelect: (node: NodeRef | undefined) => void
  /** Enter or a double click: the node's inspector is wanted. */
  onOpen: (node: NodeRef) => void
  /** Keeps what runs in sight. */
  follow: boolean
  /** A person moved the graph: following ends. */
  onHand: () => void
  /** Where a definition is compared with another: what became of its parts. States are not told then. */
  marks?: Marks
  ref?: Ref<GraphControls>
}

/** A pipeline as a graph: lanes, gates, conditions and actions, walked by arrows, told in more detail the nearer it is. */
export function StageGraph(props: StageGraphProps) {
  return (
    <ReactFlowProvider>
      <Graph {...props} />
    </ReactFlowProvider>
  )
}

function Graph({ model, name, selected, onSelect, onOpen, follow, onHand, marks, ref }: StageGraphProps) {
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(() => new Set(marks && stagesOf(marks)))
  const memory = useCarried(nothingFolded, before => remember(model, before))
  const folding = useMemo(() => ({ memory, unfolded }), [memory, unfolded])
  const plan = useMemo(() => layout(model, folding), [model, folding])
  const viewport = useViewport(plan.bounds, onHand)
  const { element, fit, reveal, moved } = viewport
  const withActions = viewport.level !== 'far'
  const selectedId = selected && idOf(selected)
  const drawing = useCarried<Drawing>(nothingDrawn, before =>
    draw(plan, model, { folding, selected: selectedId, withActions }, before),
  )
  const actions = useMemo<GraphActions>(
    () => ({
      select: onSelect,
      open: onOpen,
      toggleFold: stage => setUnfolded(before => toggled(before, stage)),
    }),
    [onSelect, onOpen],
  )

  const focus = (id: string) => {
    const placed = plan.nodes.find(node => node.id === id)
    if (!placed) return
    if (placed.ref.kind !== 'fold') onSelect(placed.ref)
    reveal(headOf(placed))
    focusWhenShown(element, id)
  }
  useImperativeHandle(ref, () => ({ fit, focus: node => focus(idOf(node)) }))

  const runningKey = useMemo(() => whatRuns(model).map(idOf).join(' '), [model])
  const followed = useMemo(() => {
    const ids = new Set(runningKey.split(' '))
    return follow ? around(plan.nodes.filter(({ id }) => ids.has(id)).map(node => node.box)) : undefined
  }, [follow, runningKey, plan])
  useEffect(() => {
    if (followed) reveal(followed, true)
  }, [followed, reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const from = event.target instanceof HTMLElement ? event.target.dataset['node'] : undefined
    if (from === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const direction = arrows[event.key]
    const node = plan.nodes.find(({ id }) => id === from)
    if (direction) {
      event.preventDefault()
      const next = walk(plan, from, direction, withActions)
      if (next !== undefined) focus(next)
    } else if (event.key === 'Enter' && node && node.ref.kind !== 'fold') {
      event.preventDefault()
      onOpen(node.ref)
    }
  }

  return (
    <GraphActionsProvider value={actions}>
      <MarksProvider value={marks}>
        <div ref={element} className={css.graph} data-level={viewport.level} data-marked={marks && ''}>
          <ReactFlow
            nodes={drawing.nodes}
            edges={drawing.edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            minZoom={zoomRange.min}
            maxZoom={zoomRange.max}
            onMove={(event, view) => moved(view, event !== null)}
            onPaneClick={() => onSelect(undefined)}
            onlyRenderVisibleElements={plan.nodes.length > allKept}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            zoomOnDoubleClick={false}
            panOnScroll
            deleteKeyCode={null}
            selectionKeyCode={null}
            multiSelectionKeyCode={null}
            disableKeyboardA11y
            // MIT: the attribution is a wish, not a condition; the settings name React Flow.
            proOptions={{ hideAttribution: true }}
            aria-label={name}
            onKeyDown={onKeyDown}
          >
            <Ground bounds={plan.bounds} />
          </ReactFlow>
        </div>
      </MarksProvider>
    </GraphActionsProvider>
  )
}

/**
 * A value that is made of the one before it: `next` answers with the same object where nothing changed. Kept as state
 * and not in a ref, so that a render that React throws away leaves no trace.
 */
function useCarried<T>(first: T, next: (before: T) => T): T {
  const [before, keep] = useState(first)
  const now = next(before)
  if (now !== before) keep(now)
  return now
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(item)) next.add(item)
  return next
}

/** Of a lane only the head must be in sight; it may be taller than the room. */
const headOf = ({ ref, box }: { ref: NodeRef; box: { x: number; y: number; width: number; height: number } }) =>
  ref.kind === 'stage' ? { ...box, height: Math.min(box.height, 120) } : box

/** A node that was out of sight enters the document a frame or two after the viewport has come to it. */
function focusWhenShown(element: { current: HTMLElement | null }, id: string, tries = 8) {
  const button = element.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
  if (button) button.focus({ preventScroll: true })
  else if (tries > 0) requestAnimationFrame(() => focusWhenShown(element, id, tries - 1))
}
