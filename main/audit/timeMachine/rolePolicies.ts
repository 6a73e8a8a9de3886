import { isPassing } from '../../aws/awsFailure.ts'
import type { Iam } from '../../aws/iam.ts'
import { failureShape } from '../../base/rpc.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { subjectOfPolicy, subjectOfRole, textIn } from '../ledger/eventClaim.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import type { Use, Uses } from './uses.ts'

/**
 * The shared policies of the roles that pipelines use: who puts another version of one into force changes what all of
 * its roles may do. IAM tells those of now, the events that attached one those of before.
 */
export interface RolePolicies {
  learn(recorded: readonly Recorded[]): void
  /** Asks for the policies of an account's used roles, of each role once: later changes come with their events. */
  lookUp(account: string, signal: AbortSignal): Promise<void>
}

export interface RolePoliciesOptions {
  iam: Pick<Iam, 'attachedPolicies'>
  store: LedgerStore
  ledger: Ledger
  uses: Uses
  /** A policy is known to be used by a pipeline. */
  onUse: (use: Use) => void
}

/** Newest attachments that are learned from at the start. */
const most = 500
/** AWS's own policies have no account, and no event tells when AWS changes one. */
const isOwn = (arn: string) => /^\d{12}$/.test(arn.split(':')[4] ?? '')

export function createRolePolicies({ iam, store, ledger, uses, onUse }: RolePoliciesOptions): RolePolicies {
  const asked = new Set<string>()
  const add = (account: string, pipelines: readonly string[], arn: string | undefined): Use[] =>
    arn !== undefined && isOwn(arn)
      ? pipelines.flatMap(pipeline => uses.add(pipeline, [{ account, subject: subjectOfPolicy(arn) }]))
      : []
  const learned = ({ record, entry }: Pick<Recorded, 'record' | 'entry'>): Use[] =>
    entry?.name === 'AttachRolePolicy' && !entry.refused && 'event' in record
      ? add(entry.account, entry.pipelines, textIn(record.event.requestParameters ?? {}, 'policyArn'))
      : []
  for (const entry of store.entries.search({ names: ['AttachRolePolicy'], refused: false }, undefined, most))
    for (const { record } of ledger.evidence(entry.id)) learned({ record, entry })

  return {
    learn(recorded) {
      for (const use of recorded.flatMap(learned)) onUse(use)
    },
    async lookUp(account, signal) {
      for (const role of uses.roles(account)) {
        const id = `${account} ${role}`
        if (asked.has(id)) continue
        try {
          for (const arn of await iam.attachedPolicies(account, role, { priority: 'hidden', signal }))
            for (const use of add(account, uses.of(account, subjectOfRole(role)), arn)) onUse(use)
        } catch (thrown) {
          // Who may not list policies still learns from events.
          if (isPassing(failureShape(thrown)) || signal.aborted) throw thrown
        }
        asked.add(id)
      }
    },
  }
}
