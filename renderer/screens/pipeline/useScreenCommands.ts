import type { RefObject } from 'react'
import type { MissingPermission } from '../../../preload/contract/operations.ts'
import type { PipelineView } from '../../../preload/contract/pipelines.ts'
import { copyText } from '../../components/CopyButton.tsx'
import { type GraphModel, nextFailure } from '../../graph/graphModel.ts'
import type { NodeRef } from '../../graph/nodeRef.ts'
import type { GraphControls } from '../../graph/StageGraph.tsx'
import { failureOf } from '../../rpc/failureOf.ts'
import { rpc } from '../../rpc/rpc.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { type Command, useCommands } from '../../stores/commands.ts'
import { missingText, useMissing, useMissingOf } from '../../stores/missing.ts'
import { go } from '../../stores/route.ts'
import { announce } from '../../stores/status.ts'
import {
  approvalToDecide,
  conditionToOverride,
  executionToStop,
  gateToTurn,
  likelyRollback,
  type Possible,
  stagesToRollBack,
  stageToRetry,
} from './facts.ts'
import { arrange, openDialog, select, setFollow, showTab, useScreen } from './screenStore.ts'

/** What the screen's commands act on: the graph or its twin, and the inspector. */
export interface Places {
  graph: RefObject<(Pick<GraphControls, 'focus'> & Partial<GraphControls>) | null>
  inspector: RefObject<HTMLElement | null>
}

/** Where Enter leads from a node: the inspector's tab, or the first thing in it that can take the focus. */
export function focusInspector(inspector: Places['inspector']) {
  requestAnimationFrame(() => {
    const first = (selector: string) => inspector.current?.querySelector<HTMLElement>(selector)
    const place = first('[role="tab"][aria-selected="true"]') ?? first('section button, footer button, section a')
    place?.focus()
  })
}

const because = <T>(possible: Possible<T>) => (possible.ok ? undefined : possible.why)

/** Everything that can be done on the screen, with its key; the head's buttons are some of them. */
export function useScreenCommands(view: PipelineView, model: GraphModel, places: Places): ReadonlyMap<string, Command> {
  const { selected, twin, timeline, follow, inspector } = useScreen()
  const readOnly = useAccounts(
    ({ accounts }) => accounts.find(({ id }) => id === view.row.key.account)?.readOnly === true,
  )
  useMissingOf(view.row.key)
  const missing = useMissing(state => state.missing)
  const commands = [
    ...writes(view, model, selected, { readOnly, missing }),
    ...looks(model, selected, places, { twin, timeline, follow, inspector }),
    {
      id: 'copy-link',
      title: 'Copy a link to this pipeline',
      group: 'Pipeline',
      keys: 'Y',
      // The desk's own scheme: the Node shell's address is another at each start.
      run: () => void copyText(location.hash.replace(/^#\//, 'cloudpipelines://'), 'the link'),
    },
    {
      id: 'changes',
      title: 'Who changed it: the definition’s versions',
      group: 'Pipeline',
      keys: 'D',
      run: () => go({ screen: 'audit', page: 'definitions', key: view.row.key, query: '' }),
    },
    {
      id: 'refresh',
      title: 'Ask AWS again now',
      group: 'Pipeline',
      run: () => {
        rpc.pipelines.refresh.mutate({ key: view.row.key }).then(
          () => announce('Asked AWS again'),
          (thrown: unknown) => announce(failureOf(thrown).message),
        )
      },
    },
  ]
  useCommands(commands)
  return new Map(commands.map(command => [command.id, command]))
}

/** What does not depend on the pipeline: the person's own choice, and what IAM does not allow. */
interface Bars {
  readOnly: boolean
  missing: readonly MissingPermission[]
}

function writes(
  view: PipelineView,
  model: GraphModel,
  selected: NodeRef | undefined,
  { readOnly, missing }: Bars,
): Command[] {
  const retry = stageToRetry(model, selected)
  const stop = executionToStop(view)
  const gate = gateToTurn(model, selected)
  const rollback = stagesToRollBack(view, model)
  const override = conditionToOverride(model, selected)
  const approval = approvalToDecide(model, selected)
  const { name } = view.row.key
  /** The first of what speaks against it: the person, the pipeline as it is, IAM. */
  const whyNot = <T>(possible: Possible<T>, action: string, resource: (target: T) => string) => {
    if (readOnly) return 'You have set this account read-only'
    return possible.ok ? missingText(missing, action, resource(possible.target)) : because(possible)
  }
  const decide = (decision: 'Approved' | 'Rejected') => () => {
    if (!approval.ok) return
    const { stage, view: action } = approval.target
    select({ kind: 'action', stage, action: action.name })
    openDialog({ kind: 'decide', stage, action: action.name, decision })
  }
  return [
    {
      id: 'start',
      title: 'Start an execution',
      group: 'Pipeline',
      disabledBecause: readOnly
        ? 'You have set this account read-only'
        : missingText(missing, 'StartPipelineExecution', name),
      run: () => openDialog({ kind: 'start' }),
    },
    {
      id: 'retry',
      title: 'Retry the failed stage',
      group: 'Pipeline',
      keys: 'R',
      disabledBecause: whyNot(retry, 'RetryStageExecution', stage => `${name}/${stage.name}`),
      run: () => retry.ok && openDialog({ kind: 'retry', stage: retry.target.name }),
    },
    {
      id: 'stop',
      title: 'Stop the execution',
      group: 'Pipeline',
      keys: 'S',
      disabledBecause: whyNot(stop, 'StopPipelineExecution', () => name),
      run: () => stop.ok && openDialog({ kind: 'stop', executionId: stop.target.id }),
    },
    {
      id: 'rollback',
      title: 'Plan a rollback',
      group: 'Pipeline',
      keys: 'B',
      disabledBecause: whyNot(
        rollback,
        'RollbackStage',
        stages => `${name}/${likelyRollback(model, stages, selected) ?? ''}`,
      ),
      run: () => openDialog({ kind: 'rollback', stage: undefined }),
    },
    {
      id: 'transition',
      title: 'Open or close the selected transition',
      group: 'Pipeline',
      keys: 'T',
      disabledBecause: whyNot(
        gate,
        gate.ok && gate.target.transition.open ? 'DisableStageTransition' : 'EnableStageTransition',
        stage => `${name}/${stage.name}`,
      ),
      run: () => gate.ok && openDialog({ kind: 'transition', stage: gate.target.name }),
    },
    {
      id: 'override',
      title: 'Override the failed condition',
      group: 'Pipeline',
      keys: 'O',
      disabledBecause: whyNot(override, 'OverrideStageCondition', ({ stage }) => `${name}/${stage}`),
      run: () => override.ok && openDialog({ kind: 'override', ...override.target }),
    },
    {
      id: 'approve',
      title: 'Approve what waits…',
      group: 'Pipeline',
      keys: 'A',
      disabledBecause: whyNot(
        approval,
        'PutApprovalResult',
        ({ stage, view: action }) => `${name}/${stage}/${action.name}`,
      ),
      run: decide('Approved'),
    },
    {
      id: 'reject',
      title: 'Reject what waits…',
      group: 'Pipeline',
      keys: 'X',
      disabledBecause: whyNot(
        approval,
        'PutApprovalResult',
        ({ stage, view: action }) => `${name}/${stage}/${action.name}`,
      ),
      run: decide('Rejected'),
    },
  ]
}

interface Standing {
  twin: 'graph' | 'table'
  timeline: boolean
  follow: boolean
  inspector: boolean
}

function looks(model: GraphModel, selected: NodeRef | undefined, places: Places, standing: Standing): Command[] {
  const { graph } = places
  const { twin, timeline, follow, inspector } = standing
  const failure = nextFailure(model, selected)
  const onTable = twin === 'table' ? 'only the graph has it' : undefined
  return [
    {
      id: 'fit',
      title: 'Fit the graph into the window',
      group: 'Graph',
      keys: 'F',
      disabledBecause: onTable,
      run: () => graph.current?.fit?.(),
    },
    {
      id: 'follow',
      title: follow ? 'Stop following what runs' : 'Follow what runs',
      group: 'Graph',
      keys: '.',
      disabledBecause: onTable,
      run: () => setFollow(!follow),
    },
    {
      id: 'next-failure',
      title: 'Go to the next failure',
      group: 'Graph',
      keys: 'Shift+F',
      disabledBecause: failure ? undefined : 'nothing failed here',
      run: () => failure && graph.current?.focus(failure),
    },
    {
      id: 'twin',
      title: twin === 'graph' ? 'Show the stages as a table' : 'Show the stages as a graph',
      group: 'Graph',
      keys: 'V',
      run: () => arrange({ twin: twin === 'graph' ? 'table' : 'graph' }),
    },
    {
      id: 'timeline',
      title: timeline ? 'Hide the timeline' : 'Show the timeline',
      group: 'Graph',
      keys: 'W',
      run: () => arrange({ timeline: !timeline }),
    },
    {
      id: 'inspector',
      title: inspector ? 'Hide the inspector' : 'Show the inspector',
      group: 'Inspector',
      keys: 'I',
      run: () => arrange({ inspector: !inspector }),
    },
    {
      id: 'log',
      title: 'Show the log of the selected action',
      group: 'Inspector',
      keys: 'L',
      disabledBecause: selected?.kind === 'action' ? undefined : 'select an action first',
      run: () => {
        arrange({ inspector: true })
        showTab('log')
        focusInspector(places.inspector)
      },
    },
    {
      id: 'back',
      title: selected ? 'Select nothing' : 'Back to the fleet',
      group: 'Graph',
      keys: 'Escape',
      keyOnly: true,
      run: () => (selected ? select(undefined) : go({ screen: 'fleet', filter: '' })),
    },
  ]
}
