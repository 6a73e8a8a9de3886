import type { ActionView, PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Button } from '../../../components/Button.tsx'
import { When } from '../../../components/When.tsx'
import { formatDuration } from '../../../format/duration.ts'
import { useNow } from '../../../stores/now.ts'
import { ReleasedCommits } from '../ReleasedCommits.tsx'
import { openDialog } from '../screenStore.ts'
import { Facts } from './Facts.tsx'
import { Outside } from './Identifier.tsx'
import css from './inspector.module.css'

export interface ApprovalNoticeProps {
  view: PipelineView
  stage: string
  action: ActionView
  approval: NonNullable<ActionView['approval']>
}

/** An approval that waits for a person: what it would release, until when, and the two ways to answer. */
export function ApprovalNotice({ view, stage, action, approval }: ApprovalNoticeProps) {
  const left = useNow(({ now }) => formatDuration(Math.max(0, Date.parse(approval.expiresAt) - now)))
  const decide = (decision: 'Approved' | 'Rejected') =>
    openDialog({ kind: 'decide', stage, action: action.name, decision })
  return (
    <section>
      <h2>Waits for a decision</h2>
      <Facts
        facts={[
          ['Since', <When key="since" at={approval.since} ago />],
          ['Time left', left],
          ['Asked', approval.customData],
          approval.link !== undefined && [
            'To review',
            <Outside key="link" href={approval.link}>
              {approval.link}
            </Outside>,
          ],
        ]}
      />
      <ReleasedCommits view={view} executionId={action.executionId} />
      <div className={css.buttons}>
        <Button look="primary" keys="A" onClick={() => decide('Approved')}>
          Approve…
        </Button>
        <Button look="danger" keys="X" onClick={() => decide('Rejected')}>
          Reject…
        </Button>
      </div>
    </section>
  )
}
