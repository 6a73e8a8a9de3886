import { type ReactNode, type RefObject, type SubmitEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import type { Request } from '../../../../preload/contract/operations.ts'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { AccountChip } from '../../../components/AccountChip.tsx'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { shortId } from '../../../format/ids.ts'
import { useCommands } from '../../../stores/commands.ts'
import { Facts } from '../inspector/Facts.tsx'
import { Arn } from '../inspector/Identifier.tsx'
import css from './dialogs.module.css'
import { isConfirmed, usePreview, useWrite } from './useWrite.ts'
import { WriteOutcome } from './WriteOutcome.tsx'

export interface OperationDialogProps {
  view: PipelineView
  title: string
  /** What will be asked, without the typed name. */
  request: Request
  /** The request as far as its consequences go: without what a person is still typing. */
  previewed?: Request
  /** Why it can't be sent yet. */
  incomplete?: string | undefined
  verb: string
  danger?: boolean
  /** Of which execution, where there is one. */
  executionId?: string | undefined
  initialFocus?: RefObject<HTMLElement | null>
  children?: ReactNode
  onClose: () => void
}

/**
 * The one confirmation: names account, region, pipeline, stage, execution, commits and caller, says what will happen,
 * asks for the pipeline's name where the account wants it, sends, and shows the answer in place. It stays open when
 * AWS refuses, with everything that was typed.
 */
export function OperationDialog(props: OperationDialogProps) {
  const { view, title, request, incomplete, verb, danger = false, executionId, initialFocus, children, onClose } = props
  const form = useId()
  const previewed = usePreview(props.previewed ?? request)
  const { write, perform } = useWrite()
  const [typed, setTyped] = useState('')
  const closing = useRef<HTMLButtonElement>(null)
  const name = request.key.name

  const preview = previewed.state === 'known' ? previewed.preview : undefined
  const confirmed = isConfirmed(write)
  const blocked = blockedBecause()
  function blockedBecause(): string | undefined {
    if (write.state === 'requested') return 'Requested: AWS has not answered yet'
    if (incomplete !== undefined) return incomplete
    if (previewed.state === 'asking') return 'Checking what will happen…'
    if (preview?.impossible) return preview.impossible.message
    if (preview?.mustTypeName && typed !== name) return `Type ${name} to confirm`
    return undefined
  }

  const submit = () => {
    if (blocked !== undefined || confirmed) return
    perform(preview?.mustTypeName ? { ...request, typedName: typed } : request)
  }
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    submit()
  }
  useCommands([
    {
      id: 'send',
      title: verb,
      group: 'Dialog',
      keys: 'Mod+Enter',
      keyOnly: true,
      disabledBecause: blocked,
      run: submit,
    },
  ])
  // At once, before the dialog misses the field that had the focus and takes it itself.
  useLayoutEffect(() => {
    if (!confirmed) return
    // The field that had the focus is gone with this render, and the dialog then takes the focus itself: come after it.
    const frame = requestAnimationFrame(() => closing.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [confirmed])

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width="wide"
      {...(initialFocus && { initialFocus })}
      footer={
        confirmed ? (
          <Button ref={closing} look="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form={form}
              look={danger ? 'danger' : 'primary'}
              keys="Mod+Enter"
              disabledBecause={blocked}
            >
              {write.state === 'requested' ? 'Requested…' : verb}
            </Button>
          </>
        )
      }
    >
      <form id={form} className={css.form} onSubmit={onSubmit}>
        <Where view={view} request={request} executionId={executionId} as={preview?.as} />
        {!confirmed && children}
        {!confirmed && previewed.state === 'failed' && <FailureNotice failure={previewed.failure} />}
        {!confirmed && preview && (
          <>
            {preview.effects.length > 0 && (
              <section>
                <h3>What will happen</h3>
                <ol className={css.effects}>
                  {preview.effects.map(effect => (
                    <li key={effect}>{effect}</li>
                  ))}
                </ol>
              </section>
            )}
            {preview.warnings.map(warning => (
              <p key={warning} className={css.warning}>
                {warning}
              </p>
            ))}
            {preview.impossible && <FailureNotice failure={preview.impossible} />}
            {preview.mustTypeName && (
              <label className={css.field}>
                <span>
                  Type <b className="mono">{name}</b> to confirm
                </span>
                <input
                  className="mono"
                  value={typed}
                  autoComplete="off"
                  spellCheck={false}
                  onChange={event => setTyped(event.target.value)}
                />
              </label>
            )}
          </>
        )}
        <WriteOutcome write={write} />
      </form>
    </Dialog>
  )
}

interface WhereProps {
  view: PipelineView
  request: Request
  executionId: string | undefined
  as: string | undefined
}

/** What it is about, down to the commit, and as whom it is done. */
function Where({ view, request, executionId, as }: WhereProps) {
  const execution = view.executions.find(({ id }) => id === executionId)
  return (
    <div className={css.where}>
      <Facts
        facts={[
          [
            'Account',
            <span key="account">
              <AccountChip name={view.row.accountName} environment={view.row.environment} />{' '}
              <span className="mono dim">{request.key.account}</span>
            </span>,
          ],
          ['Region', request.key.region],
          ['Pipeline', <b key="name">{request.key.name}</b>],
          'stage' in request && ['Stage', 'action' in request ? `${request.stage} › ${request.action}` : request.stage],
          executionId !== undefined && [
            'Execution',
            <span key="id" className="mono">
              {shortId(executionId)}
            </span>,
          ],
          execution !== undefined &&
            execution.revisions.length > 0 && [
              'Commit',
              execution.revisions.map(({ actionName, id, summary, author }) => (
                <span key={actionName} className={css.commit}>
                  <span className="mono">{shortId(id)}</span> {summary} <span className="dim">{author}</span>
                </span>
              )),
            ],
          [
            'As',
            as === undefined ? (
              <span key="as" className="faint">
                …
              </span>
            ) : (
              <Arn key="as" arn={as} what="the caller" />
            ),
          ],
        ]}
      />
    </div>
  )
}
