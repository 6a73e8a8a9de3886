import type { Millis } from '../../../base/clock.ts'
import type { Caller } from '../../server/operation.ts'

/** An access key that the cloud knows, with whom it stands for. */
export interface Credential {
  accessKeyId: string
  secretAccessKey: string
  /** Temporary credentials only: what `x-amz-security-token` must say. */
  sessionToken?: string
  expiresAt?: Millis
  caller: Caller
}

interface AssumeOptions {
  /** Condition keys of this request, e.g. `sts:ExternalId`. */
  context?: Readonly<Record<string, string>>
  /** Where it is asked for; only its record goes by it. */
  region?: string
  /** Only to find out whether it may be: nothing is done under the role, and nothing recorded. */
  trial?: true
}

/** Who exists in the cloud's accounts, and who may become whom. */
export interface Identities {
  credential(accessKeyId: string): Credential | undefined
  /**
   * The identity that a service has while it works for a customer, e.g. CodePipeline under a pipeline's service role,
   * or that role under an action's `roleArn`. Checks the role's trust policy, and the caller's own policy where the
   * caller is no service. Throws AccessDenied with AWS's sentence.
   */
  assume(roleArn: string, by: Caller | { service: string }, sessionName: string, options?: AssumeOptions): Caller
}
