import type { Finding } from '../../../../preload/contract/auditReview.ts'
import { Button } from '../../../components/Button.tsx'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { FailureNotice } from '../../../components/FailureNotice.tsx'
import { rpc } from '../../../rpc/rpc.ts'
import { useAsked } from '../../../rpc/useAsked.ts'
import { rowId } from '../../../stores/fleet.ts'
import audit from '../audit.module.css'
import css from './duties.module.css'

/** The IAM that enforces what the desk only finds, to be copied, and what no policy can do. */
export function EnforcementDialog({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const { key, stage, action } = finding
  const question = `enforcement ${rowId(key)} ${stage} ${action}`
  const asked = useAsked(question, question, () => rpc.audit.enforcement.query({ key, stage, action }))
  return (
    <Dialog
      open
      onClose={onClose}
      title={`IAM for ${key.name} › ${stage} › ${action}`}
      description="The desk applies none of it: copy what fits, and put it where your roles are defined."
      width="wide"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {asked.state === 'failed' && <FailureNotice failure={asked.failure} />}
      {asked.value === undefined && asked.state === 'asking' && <output>Writing the policies…</output>}
      {asked.value && (
        <>
          {asked.value.policies.map(policy => (
            <section key={policy.title} className={css.policy}>
              <header>
                <h3>{policy.title}</h3>
                <CopyButton text={policy.document} what={`“${policy.title}”`} label="Copy" />
              </header>
              <p>{policy.does}</p>
              <p className="dim">{policy.where}</p>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
              <pre className={audit.code} tabIndex={0} aria-label={policy.title}>
                {policy.document}
              </pre>
            </section>
          ))}
          {asked.value.limits.length > 0 && (
            <section className={css.policy}>
              <h3>What no policy can do</h3>
              <ul className={css.limits}>
                {asked.value.limits.map(limit => (
                  <li key={limit}>{limit}</li>
                ))}
              </ul>
            </section>
          )}
        </>
      )}
    </Dialog>
  )
}
