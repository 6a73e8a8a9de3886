import { useState } from 'react'
import type { RollbackCandidate } from '../../../../preload/contract/operations.ts'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { Select } from '../../../components/Select.tsx'
import { StateGlyph } from '../../../components/StateGlyph.tsx'
import { When } from '../../../components/When.tsx'
import { shortId } from '../../../format/ids.ts'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import css from './dialogs.module.css'
import { OperationDialog } from './OperationDialog.tsx'

export interface RollbackPlannerProps {
  view: PipelineView
  /** The stages that AWS could roll back. */
  stages: readonly string[]
  first: string
  onClose: () => void
}

/** Which past execution a stage can go back to; each one that it can't says exactly why. Then the confirmation. */
export function RollbackPlanner({ view, stages, first, onClose }: RollbackPlannerProps) {
  const [stage, setStage] = useState(first)
  const [target, setTarget] = useState<RollbackCandidate>()
  const [confirming, setConfirming] = useState(false)
  const { key } = view.row
  const asked = useAsked(stage, `${stage} ${view.row.execution?.id}`, () =>
    rpc.operations.rollbackCandidates.query({ key, stage }),
  )
  if (confirming && target) {
    return (
      <OperationDialog
        view={view}
        title={`Roll ${stage} back`}
        request={{ kind: 'rollback', key, stage, targetExecutionId: target.executionId }}
        executionId={target.executionId}
        verb={`Roll back to ${shortId(target.executionId)}`}
        danger
        onClose={onClose}
      >
        <Button onClick={() => setConfirming(false)}>← Choose another execution</Button>
      </OperationDialog>
    )
  }
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title="Roll back"
      description="AWS replays a past execution’s revisions and artifacts in this stage, as a new execution."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabledBecause={target ? undefined : 'Choose an execution to go back to'}
            onClick={() => setConfirming(true)}
          >
            Continue…
          </Button>
        </>
      }
    >
      <div className={css.form}>
        <div className={css.field}>
          <span>Stage</span>
          <Select
            name="Stage"
            value={stage}
            options={stages.map(name => ({ value: name, label: name }))}
            onChange={name => {
              setStage(name)
              setTarget(undefined)
            }}
          />
        </div>
        {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
        {!asked.value && asked.state === 'asking' && <p className="dim">Looking at past executions…</p>}
        {asked.value?.length === 0 && <EmptyState title="No execution has been through this stage yet" />}
        {asked.value && <Candidates candidates={asked.value} chosen={target} onChoose={setTarget} />}
      </div>
    </Dialog>
  )
}

interface CandidatesProps {
  candidates: readonly RollbackCandidate[]
  chosen: RollbackCandidate | undefined
  onChoose: (candidate: RollbackCandidate) => void
}

function Candidates({ candidates, chosen, onChoose }: CandidatesProps) {
  return (
    <fieldset className={css.choices}>
      <legend className="unseen">Execution to go back to</legend>
      {candidates.map(candidate => {
        const [revision] = candidate.revisions
        return (
          <label key={candidate.executionId} className={css.candidate} data-off={!candidate.eligible || undefined}>
            <input
              type="radio"
              name="rollback-target"
              disabled={!candidate.eligible}
              checked={chosen?.executionId === candidate.executionId}
              onChange={() => onChoose(candidate)}
            />
            <StateGlyph state={candidate.eligible ? 'succeeded' : 'notRun'} decorative />
            <span className="mono">{shortId(candidate.executionId)}</span>
            <span className={css.candidateText}>
              {revision && (
                <>
                  <span className="mono dim">{shortId(revision.id)}</span> {revision.summary}
                </>
              )}
              {candidate.current && <b> · in the stage now</b>}
              {candidate.why !== undefined && <span className={css.why}>Not eligible: {candidate.why}</span>}
            </span>
            <When at={candidate.startedAt} className="dim" />
          </label>
        )
      })}
    </fieldset>
  )
}
