import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { MissingPermission } from '../../../preload/contract/operations.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import { Button } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { count } from '../../format/ids.ts'
import { askMissing, useMissing } from '../../stores/missing.ts'
import css from './MissingPermissions.module.css'

/** The smallest policy for all of them: one statement for each action. */
function policyOf(missing: readonly MissingPermission[]): string {
  const byAction = Map.groupBy(missing, ({ action }) => action)
  const statements = [...byAction].map(([Action, of]) => ({
    Effect: 'Allow',
    Action,
    Resource: of.map(({ resource }) => resource),
  }))
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
}

/** What IAM does not allow here, and the policy to ask for. Nothing where all is allowed, or nothing is known. */
export function MissingPermissions({ target }: { target: PipelineKey }) {
  const missing = useMissing(state => state.missing)
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  if (missing.length === 0 && !open) return null
  const byAction = [...Map.groupBy(missing, ({ action }) => action)]
  const ask = () => {
    setAsking(true)
    void askMissing(target, true).finally(() => setAsking(false))
  }
  return (
    <>
      <Button
        look="quiet"
        tip="What IAM does not allow you here, and the policy that would"
        onClick={() => setOpen(true)}
      >
        <KeyRound size={13} aria-hidden />
        {count(byAction.length, 'permission')} missing
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        width="wide"
        title={`What IAM does not allow you on ${target.name}`}
        description="As IAM tells it, or as AWS refused it before. Hand the policy to whoever manages the account’s permissions."
        footer={
          <>
            <Button disabledBecause={asking ? 'Asking IAM…' : undefined} onClick={ask}>
              {asking ? 'Asking…' : 'Check again'}
            </Button>
            <CopyButton text={policyOf(missing)} what="the policy for all of it" label="Copy the policy for all" />
          </>
        }
      >
        {byAction.length === 0 ? (
          <p>Everything is allowed now.</p>
        ) : (
          <ul className={css.list}>
            {byAction.map(([action, of]) => (
              <li key={action} className={css.item}>
                <div>
                  <b className="mono">{action}</b>
                  {of.map(({ resource }) => (
                    <div key={resource} className={css.resource}>
                      {resource}
                    </div>
                  ))}
                </div>
                <CopyButton text={policyOf(of)} what={`the policy for ${action}`} />
              </li>
            ))}
          </ul>
        )}
      </Dialog>
    </>
  )
}
