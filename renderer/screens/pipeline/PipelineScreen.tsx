import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { PipelineKey, PipelineView } from '../../../preload/contract/pipelines.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { graphModel, holds } from '../../graph/graphModel.ts'
import type { NodeRef } from '../../graph/nodeRef.ts'
import { type GraphControls, StageGraph } from '../../graph/StageGraph.tsx'
import { StageTable } from '../../graph/StageTable.tsx'
import { hashOf } from '../../stores/routeHash.ts'
import { Dialogs } from './dialogs/Dialogs.tsx'
import { GraphBar } from './GraphBar.tsx'
import { Head } from './Head.tsx'
import { Inspector } from './inspector/Inspector.tsx'
import { InspectorFrame } from './inspector/InspectorFrame.tsx'
import css from './pipeline.module.css'
import { usePipelineFeed } from './pipelineFeed.ts'
import { Skeleton } from './Skeleton.tsx'
import { arrange, openDialog, resetScreen, select, stopFollowing, useScreen } from './screenStore.ts'
import { Timeline } from './timeline/Timeline.tsx'
import { focusInspector, useScreenCommands } from './useScreenCommands.ts'

export interface PipelineScreenProps {
  target: PipelineKey
  /** `now`, or the id of one execution. */
  of: string
}

/** One pipeline: its stages as a graph or a table, what is selected of it, and its timeline. */
export function PipelineScreen({ target, of }: PipelineScreenProps) {
  const { view, failure } = usePipelineFeed(target, of)
  const { account, region, name } = target
  useEffect(resetScreen, [account, region, name])
  if (view) return <Shown view={view} of={of} failure={failure} />
  return failure ? <Unknown target={target} of={of} failure={failure} /> : <Skeleton name={name} />
}

function Unknown({ target, of, failure }: PipelineScreenProps & { failure: FailureShape }) {
  return (
    <EmptyState title={`${target.name} can’t be shown`}>
      <div className={css.why}>
        <FailureNotice failure={failure} />
      </div>
      {of !== 'now' && <a href={hashOf({ screen: 'pipeline', key: target, of: 'now' })}>Show the pipeline as of now</a>}
      <a href={hashOf({ screen: 'fleet', filter: '' })}>Back to the fleet</a>
    </EmptyState>
  )
}

interface ShownProps {
  view: PipelineView
  of: string
  failure: FailureShape | undefined
}

function Shown({ view, of, failure }: ShownProps) {
  const { definition, stages } = view
  const model = useMemo(() => graphModel({ definition, stages }), [definition, stages])
  const { selected: wanted, twin, follow, timeline, inspector: inspecting } = useScreen()
  const selected = wanted && holds(model, wanted) ? wanted : undefined
  const graph = useRef<GraphControls>(null)
  const inspector = useRef<HTMLElement>(null)
  const commands = useScreenCommands(view, model, { graph, inspector })
  const onOpen = useCallback((node: NodeRef) => {
    select(node)
    arrange({ inspector: true })
    focusInspector(inspector)
  }, [])
  const name = `Stages of ${view.row.key.name}`
  const problem = failure ?? view.row.problem
  return (
    <div className={css.screen} data-stale={problem !== undefined || undefined}>
      <Head view={view} of={of} failure={problem} commands={commands} />
      {problem && (
        <div className={css.problem}>
          <FailureNotice failure={problem} />
        </div>
      )}
      <div className={css.work}>
        <div className={css.left}>
          <div className={css.canvas}>
            {twin === 'graph' ? (
              <StageGraph
                ref={graph}
                model={model}
                name={name}
                selected={selected}
                onSelect={select}
                onOpen={onOpen}
                follow={follow}
                onHand={stopFollowing}
              />
            ) : (
              <StageTable
                ref={handle => {
                  graph.current = handle && { ...handle, fit: () => {} }
                }}
                model={model}
                name={name}
                selected={selected}
                onSelect={select}
                onOpen={onOpen}
              />
            )}
            {view.executions.length === 0 && <NeverExecuted />}
            <GraphBar commands={commands} />
          </div>
          {timeline && <Timeline view={view} model={model} />}
        </div>
        {inspecting && (
          <InspectorFrame ref={inspector}>
            <Inspector view={view} model={model} selected={selected} />
          </InspectorFrame>
        )}
      </div>
      <Dialogs view={view} model={model} />
    </div>
  )
}

function NeverExecuted() {
  return (
    <div className={css.never}>
      <EmptyState title="No executions yet">
        It starts by itself when its source changes, or now:
        <Button look="primary" onClick={() => openDialog({ kind: 'start' })}>
          Start…
        </Button>
      </EmptyState>
    </div>
  )
}
