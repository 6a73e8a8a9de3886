import type { Millis } from '../../base/clock.ts'

/**
 * Who calls: an IAM user, an assumed role, an account's root, an AWS service on its own behalf, or nobody known
 * (an unsigned request, which only a resource's own policy can let in).
 */
export interface Caller {
  kind: 'user' | 'assumedRole' | 'root' | 'service' | 'anonymous'
  /** The caller's own account (not necessarily the one whose resources are asked for). */
  account: string
  /** As GetCallerIdentity gives it: `arn:aws:sts::…:assumed-role/Role/session`, `arn:aws:iam::…:user/ann`. */
  arn: string
  /** As GetCallerIdentity gives it: `AROA…:session`, `AIDA…`. */
  userId: string
  /** The IAM user or role whose policies decide. */
  principalArn: string
  accessKeyId?: string
  /** When the session began, where one did. */
  since?: Millis
  /** JSON text of what the session was narrowed to when its role was assumed. */
  sessionPolicy?: string
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
  resources?(input: I, call: Call, service: S): readonly string[]
  /**
   * False for calls that need no IAM permission at all (sts:GetCallerIdentity), and for those that ask by themselves
   * because the resource's own policy has a say (S3).
   */
  authorized?: false
  run(service: S, input: I, call: Call): O | Promise<O>
}

/** A service's table: the API name of each operation and its one file. */
export interface Service<S = unknown> {
  /** IAM's and the ARN's prefix: `codepipeline`, `codebuild`, `logs`, `s3`… */
  name: string
  lends: S
  /** Condition keys of a call that IAM alone does not know, for one of its resources: those of tags. */
  conditionKeys?(lends: S, input: object, resource: string, call: Call): Readonly<Record<string, ConditionValue>>
  operations: Readonly<Record<string, Operation<S, object, object>>>
}

/** A condition key's value, or all of those that it has. */
export type ConditionValue = string | readonly string[]

/** What the resource itself brings to the decision. */
export interface Guard {
  /** The account that owns the resource; S3's ARNs do not name it. Without it, the account in the ARN. */
  owner?: string
  /** The policy attached to the resource, as JSON text. */
  policy?: string
  /** Condition keys that only the service knows, e.g. `s3:prefix`. */
  context?: Readonly<Record<string, ConditionValue>>
}

/**
 * Throws AWS's AccessDenied where the caller may not. Within the owner's account either the caller's identity policies
 * or the resource's own policy must allow; across accounts both must; an explicit deny in either wins; an anonymous
 * caller has the resource's policy only.
 */
export type Authorize = (caller: Caller, action: string, resource: string, guard?: Guard) => void
