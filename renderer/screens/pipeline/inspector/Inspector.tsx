import { type ReactNode, useMemo } from 'react'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Tabs } from '../../../components/Tabs.tsx'
import { findAction, findStage, type GraphAction, type GraphModel } from '../../../graph/graphModel.ts'
import type { NodeRef } from '../../../graph/nodeRef.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { LogView } from '../log/LogView.tsx'
import { type Log, useLog } from '../log/useLog.ts'
import { type InspectorTab, showTab, useScreen } from '../screenStore.ts'
import { ActionOverview } from './ActionOverview.tsx'
import { Artifacts } from './Artifacts.tsx'
import { ConditionOverview } from './ConditionOverview.tsx'
import { Configuration } from './Configuration.tsx'
import { GateOverview } from './GateOverview.tsx'
import { History } from './History.tsx'
import css from './inspector.module.css'
import { PipelineOverview } from './PipelineOverview.tsx'
import { Role } from './Role.tsx'
import { StageOverview } from './StageOverview.tsx'
import { Variables } from './Variables.tsx'

export interface InspectorProps {
  view: PipelineView
  model: GraphModel
  selected: NodeRef | undefined
}

/** What is selected, in full. */
export function Inspector({ view, model, selected }: InspectorProps): ReactNode {
  const stage = selected && findStage(model, selected.stage)
  if (!selected || !stage) return <PipelineOverview view={view} />
  switch (selected.kind) {
    case 'stage':
    case 'fold':
      return <StageOverview view={view} model={model} stage={stage} />
    case 'gate':
      return <GateOverview view={view} stage={stage} />
    case 'condition':
      return <ConditionOverview stage={stage} kind={selected.condition} />
    case 'action': {
      const action = findAction(model, selected.stage, selected.action)
      return action ? <ActionInspector view={view} action={action} /> : <PipelineOverview view={view} />
    }
  }
}

const noTests: readonly string[] = []

function ActionInspector({ view, action }: { view: PipelineView; action: GraphAction }) {
  const tab = useScreen(state => state.tab)
  const { key } = view.row
  const { actionExecutionId: id, state, updatedAt } = action.view
  const subject = `${key.account}/${key.region}/${key.name}/${action.stage}/${action.view.name}`
  const detail = useAsked(`${subject}/${id}`, id && `${id} ${state} ${updatedAt}`, () =>
    rpc.pipelines.action.query({ key, actionExecutionId: id ?? '' }),
  )
  const history = useAsked(subject, tab === 'history' ? `${id} ${state}` : undefined, () =>
    rpc.pipelines.actionHistory.query({ key, stage: action.stage, action: action.view.name }),
  )
  const hasLog = action.definition?.category !== 'Approval'
  const log = useLog(key, hasLog && (tab === 'overview' || tab === 'log') ? id : undefined)
  const tests = detail.value?.tests ?? action.view.tests
  const failedTests = useMemo(() => tests?.failures.map(({ name }) => name) ?? noTests, [tests])
  const failed = action.view.state === 'failed'
  return (
    <Tabs<InspectorTab>
      filling
      name="Inspector"
      value={tab}
      onChange={showTab}
      items={[
        {
          value: 'overview',
          label: <Label text="Overview" />,
          content: (
            <>
              <ActionOverview view={view} action={action} detail={detail.value} log={log} />
              {detail.state === 'failed' && <FailureNotice failure={detail.failure} />}
            </>
          ),
        },
        {
          value: 'log',
          label: <Label text="Log" />,
          content: (
            <LogView
              key={id}
              log={id === undefined ? notRun : hasLog ? log : noLog}
              failed={failed}
              failedTests={failedTests}
            />
          ),
        },
        {
          value: 'artifacts',
          label: <Label text="Artifacts" />,
          content: <Artifacts view={view} detail={detail.value} />,
        },
        {
          value: 'variables',
          label: <Label text="Variables" />,
          content: <Variables view={view} detail={detail.value} />,
        },
        {
          value: 'configuration',
          label: <Label text="Config" />,
          content: <Configuration definition={action.definition} detail={detail.value} />,
        },
        {
          value: 'role',
          label: <Label text="Role" />,
          content: <Role view={view} definition={action.definition} detail={detail.value} />,
        },
        { value: 'history', label: <Label text="History" />, content: <History asked={history} /> },
      ]}
    />
  )
}

/** Seven tabs have room in the inspector's usual width in the smaller type only. */
const Label = ({ text }: { text: string }) => <span className={css.tabLabel}>{text}</span>

const without = (none: string): Log => ({ lines: [], none, ended: false, failure: undefined })
const notRun = without('This action has not run yet.')
const noLog = without('A manual approval has no log.')
