import { z } from 'zod'
import { FailureShape, Instant } from './base.ts'
import { ExecutionId, Name, PipelineKey } from './pipelines.ts'

/** AWS's limit for an approval's comment (ApprovalSummary). */
export const approvalCommentLimit = 512
/** AWS's limit and alphabet for why a transition is closed (DisabledReason). */
export const DisabledReason = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[a-zA-Z0-9!@ ().*?-]+$/, 'Only letters, digits, spaces and ! @ ( ) . * ? - are allowed by AWS here')

/** What a person asks to do to a pipeline. `typedName` is what was typed to confirm, where the account wants it. */
export const Request = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('decide'),
    key: PipelineKey,
    stage: Name,
    action: Name,
    /** What the person was looking at; a decision about anything else is refused. */
    actionExecutionId: ExecutionId,
    decision: z.enum(['Approved', 'Rejected']),
    comment: z.string().max(approvalCommentLimit),
    typedName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('retry'),
    key: PipelineKey,
    stage: Name,
    executionId: ExecutionId,
    mode: z.enum(['FAILED_ACTIONS', 'ALL_ACTIONS']),
    typedName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('start'),
    key: PipelineKey,
    variables: z.array(z.object({ name: z.string(), value: z.string().min(1).max(1000) })).max(50),
    typedName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('stop'),
    key: PipelineKey,
    executionId: ExecutionId,
    abandon: z.boolean(),
    reason: z.string().max(200),
    typedName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('closeTransition'),
    key: PipelineKey,
    stage: Name,
    reason: DisabledReason,
    typedName: z.string().optional(),
  }),
  z.object({ kind: z.literal('openTransition'), key: PipelineKey, stage: Name, typedName: z.string().optional() }),
  z.object({
    kind: z.literal('rollback'),
    key: PipelineKey,
    stage: Name,
    targetExecutionId: ExecutionId,
    typedName: z.string().optional(),
  }),
  z.object({
    kind: z.literal('overrideCondition'),
    key: PipelineKey,
    stage: Name,
    executionId: ExecutionId,
    /** AWS lets nobody override what happens on failure. */
    condition: z.enum(['beforeEntry', 'onSuccess']),
    typedName: z.string().optional(),
  }),
])
export type Request = z.infer<typeof Request>

/** How a write ended. `unknown`: the desk stopped between sending and hearing; what AWS shows is the truth. */
export const Outcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('requested') }),
  z.object({
    state: z.literal('confirmed'),
    at: Instant,
    executionId: z.string().optional(),
    requestId: z.string().optional(),
  }),
  z.object({ state: z.literal('refused'), at: Instant, failure: FailureShape }),
  z.object({ state: z.literal('unknown'), at: Instant, why: z.string() }),
])
export type Outcome = z.infer<typeof Outcome>

/** One write in the desk's journal: recorded before it is sent, and again with its answer. */
export const OperationRecord = z.object({
  id: z.string(),
  at: Instant,
  /** The caller's ARN. */
  as: z.string(),
  request: Request,
  outcome: Outcome,
})
export type OperationRecord = z.infer<typeof OperationRecord>

/** What IAM does not allow the desk: the action, the resource, and the smallest policy that would allow it (JSON). */
export const MissingPermission = z.object({ action: z.string(), resource: z.string(), policy: z.string() })
export type MissingPermission = z.infer<typeof MissingPermission>

/** What a confirmation says will happen, and whether the pipeline's name must be typed. */
export const Preview = z.object({
  request: Request,
  /** Short sentences: what will happen, in order. */
  effects: z.array(z.string()),
  warnings: z.array(z.string()),
  /** Set where it can't be done: why, and what to do. */
  impossible: FailureShape.optional(),
  /** Where `impossible` is a permission that lacks. */
  missing: MissingPermission.optional(),
  mustTypeName: z.boolean(),
  as: z.string(),
})
export type Preview = z.infer<typeof Preview>

/** One past execution in the rollback planner: eligible, or exactly why not. */
export const RollbackCandidate = z.object({
  executionId: z.string(),
  startedAt: Instant,
  revisions: z.array(z.object({ actionName: z.string(), id: z.string(), summary: z.string().optional() })),
  eligible: z.boolean(),
  why: z.string().optional(),
  current: z.boolean(),
})
export type RollbackCandidate = z.infer<typeof RollbackCandidate>
