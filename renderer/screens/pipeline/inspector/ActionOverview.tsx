import type { ActionDetail, ActionView, PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Button } from '../../../components/Button.tsx'
import { Took } from '../../../components/Took.tsx'
import { When } from '../../../components/When.tsx'
import { formatDuration } from '../../../format/duration.ts'
import { shortId } from '../../../format/ids.ts'
import type { GraphAction } from '../../../graph/graphModel.ts'
import { providerName } from '../../../graph/providerIcon.tsx'
import { canRetry } from '../facts.ts'
import { LogExcerpt } from '../log/LogExcerpt.tsx'
import type { Log } from '../log/useLog.ts'
import { openDialog, showTab } from '../screenStore.ts'
import { ApprovalNotice } from './ApprovalNotice.tsx'
import { Cause } from './Cause.tsx'
import { Facts } from './Facts.tsx'
import { Arn, Identifier, Outside } from './Identifier.tsx'
import css from './inspector.module.css'
import { StateLine } from './StateLine.tsx'

export interface ActionOverviewProps {
  view: PipelineView
  action: GraphAction
  detail: ActionDetail | undefined
  log: Log
}

/** What one needs to know of an action at a glance, and what can be done about it. */
export function ActionOverview({
  view,
  action: { view: action, definition, stage },
  detail,
  log,
}: ActionOverviewProps) {
  const failedTests = (detail?.tests ?? action.tests)?.failures.map(({ name }) => name) ?? []
  const stageView = view.stages.find(({ name }) => name === stage)
  const role = detail?.roleArn ?? definition?.roleArn
  const going = action.state === 'running' || action.state === 'waiting'
  return (
    <>
      <div className={css.body}>
        <section>
          <h2>
            {action.name}
            {action.attempt !== undefined && ` · attempt ${action.attempt}`}
          </h2>
          <Facts
            facts={[
              ['State', <StateLine key="state" state={action.state} more={action.error?.code} />],
              ['Took', <Times key="took" action={action} going={going} />],
              action.startedAt !== undefined && ['Started', <When key="at" at={action.startedAt} ago />],
              ['Provider', providerName(definition)],
              action.revision && [
                'Revision',
                <span key="revision">
                  <Identifier text={action.revision.id} short={shortId(action.revision.id)} what="the revision" />
                  <span className="dim"> {action.revision.author}</span>
                </span>,
              ],
              action.revision?.summary !== undefined && ['', action.revision.summary],
              action.externalId !== undefined && [
                definition?.provider === 'CodeBuild' ? 'Build' : 'External id',
                <Identifier key="external" text={action.externalId} what="the external id" />,
              ],
              role !== undefined && ['Runs as', <Arn key="role" arn={role} what="the role" />],
              definition?.crossAccount && [
                'In account',
                `${definition.crossAccount.name} (${definition.crossAccount.id})`,
              ],
              definition?.region !== undefined && ['In region', definition.region],
              action.by !== undefined && ['By', <Arn key="by" arn={action.by} what="the caller" />],
              action.state !== 'failed' && action.summary !== undefined && ['Summary', action.summary],
              action.executionId !== undefined && [
                'Execution',
                <Identifier
                  key="execution"
                  text={action.executionId}
                  short={shortId(action.executionId)}
                  what="the execution"
                />,
              ],
            ]}
          />
        </section>
        {action.approval && <ApprovalNotice view={view} stage={stage} action={action} approval={action.approval} />}
        {action.state === 'failed' && <Cause action={action} detail={detail} />}
        <LogExcerpt
          log={log}
          failed={action.state === 'failed'}
          failedTests={failedTests}
          onOpen={() => showTab('log')}
        />
      </div>
      <footer className={css.foot}>
        {stageView && canRetry(stageView) && (
          <Button look="primary" keys="R" onClick={() => openDialog({ kind: 'retry', stage })}>
            Retry stage…
          </Button>
        )}
        {detail?.deployedUrl !== undefined && <Outside href={detail.deployedUrl}>Open the page</Outside>}
        {action.externalUrl !== undefined && <Outside href={action.externalUrl}>Open in AWS</Outside>}
      </footer>
    </>
  )
}

function Times({ action, going }: { action: ActionView; going: boolean }) {
  const usual = [
    action.medianMs !== undefined && `p50 ${formatDuration(action.medianMs)}`,
    action.p90Ms !== undefined && `p90 ${formatDuration(action.p90Ms)}`,
  ].filter(text => text !== false)
  return (
    <>
      <Took ms={action.durationMs} since={going ? action.startedAt : undefined} />
      {usual.length > 0 && <span className="mono dim"> ({usual.join(', ')})</span>}
    </>
  )
}
