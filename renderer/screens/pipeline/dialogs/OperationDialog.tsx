import { type ReactNode, type RefObject, type SubmitEvent, useId, useRef, useState } from 'react'
import type { Request } from '../../../../preload/contract/operations.ts'
import type { PipelineView } from '../../../../preload/contract/pipelines.ts'
import { AccountChip } from '../../../components/AccountChip.tsx'
import { Button } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
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
  const main = useRef<HTMLButtonElement>(null)
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
    // The fields go when AWS confirms, and a focus in one of them would go with it. This button stays: it then closes.
    main.current?.focus()
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
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      width="wide"
      {...(initialFocus && { initialFocus })}
      footer={
        <>
          {!confirmed && <Button onClick={onClose}>Cancel</Button>}
          <Button
            ref={main}
            tip={confirmed ? 'AWS has confirmed it' : 'Sends it to AWS'}
            {...(confirmed ? { onClick: onClose } : { type: 'submit', form, keys: 'Mod+Enter' })}
            look={danger && !confirmed ? 'danger' : 'primary'}
            disabledBecause={confirmed ? undefined : blocked}
          >
            {confirmed ? 'Close' : write.state === 'requested' ? 'Requested…' : verb}
          </Button>
        </>
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
            {preview.impossible && (
              <FailureNotice failure={preview.impossible}>
                {preview.missing && (
                  <CopyButton text={preview.missing.policy} what="the policy that allows it" label="Copy the policy" />
                )}
              </FailureNotice>
            )}
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
