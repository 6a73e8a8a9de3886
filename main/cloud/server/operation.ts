import type { Millis } from '../../base/clock.ts'

/** Who calls: an IAM user, an assumed role, an account's root, or an AWS service on its own behalf. */
export interface Caller {
  kind: 'user' | 'assumedRole' | 'root' | 'service'
  /** The caller's own account (not necessarily the one whose resources are asked for). */
  account: string
  /** As GetCallerIdentity gives it: `arn:aws:sts::…:assumed-role/Role/session`, `arn:aws:iam::…:user/ann`. */
  arn: string
  /** As GetCallerIdentity gives it: `AROA…:session`, `AIDA…`. */
  userId: string
  /** The IAM user or role whose policies decide. */
  principalArn: string
  accessKeyId?: string
}

/** One call of one operation, however it came in. */
export interface Call {
  /** Whose resources: the caller's account, but for the few operations that name another. */
  account: string
  region: string
  caller: Caller
  requestId: string
  at: Millis
  sourceIp: string
  userAgent: string
  /** Aborted when the client went away or the cloud stops. */
  signal: AbortSignal
}

/**
 * One API operation. `service` is what its service lends to all of its operations (stores, engine).
 * Input and output have the SDK's own shapes (`import type` from the client).
 */
export interface Operation<S, I extends object, O extends object> {
  /** IAM actions where they are not `<service>:<OperationName>`. */
  actions?(input: I): readonly string[]
  /** ARNs that the caller needs the action on; `*` where AWS has no resource level. */
  resources?(input: I, call: Call): readonly string[]
  /** False for calls that need no IAM permission at all (sts:GetCallerIdentity). */
  authorized?: false
  run(service: S, input: I, call: Call): O | Promise<O>
}

/** A service's table: the API name of each operation and its one file. */
export interface Service<S = unknown> {
  /** IAM's and the ARN's prefix: `codepipeline`, `codebuild`, `logs`, `s3`… */
  name: string
  lends: S
  operations: Readonly<Record<string, Operation<S, object, object>>>
}

/**
 * Throws AWS's AccessDenied where the caller may not. Within the caller's account its identity policies decide;
 * across accounts the resource's own policy must allow too.
 */
export type Authorize = (caller: Caller, action: string, resource: string) => void
