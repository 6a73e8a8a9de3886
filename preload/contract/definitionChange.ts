import { z } from 'zod'

/** Kinds of parts that a definition is made of and that have a name or a place of their own. */
export const DefinitionPart = z.enum(['stage', 'action', 'variable', 'trigger', 'artifactStore'])
export type DefinitionPart = z.infer<typeof DefinitionPart>

const conditionKind = z.enum(['beforeEntry', 'onSuccess', 'onFailure'])
/** Any JSON value of a declaration. */
const Value = z.json()

/**
 * One step from a definition to another. Steps hold in their order: each names things as they are called, and counts
 * positions (from 0) as they stand, after the steps before it. `stage` and `action` say where it is drawn.
 */
export const DefinitionChange = z.discriminatedUnion('kind', [
  /** `stage` is absent but for an action. A trigger is named by its source action, an artifact store by its region (`''`: the only one). */
  z.object({
    kind: z.literal('added'),
    part: DefinitionPart,
    stage: z.string().optional(),
    name: z.string(),
    at: z.number().int(),
    value: Value,
  }),
  z.object({
    kind: z.literal('removed'),
    part: DefinitionPart,
    stage: z.string().optional(),
    name: z.string(),
    at: z.number().int(),
    value: Value,
  }),
  /** The same thing under another name. `name` is what it was called. */
  z.object({
    kind: z.literal('renamed'),
    part: z.enum(['stage', 'action']),
    stage: z.string().optional(),
    name: z.string(),
    to: z.string(),
  }),
  /** Another position among its like; of an action also another stage. */
  z.object({
    kind: z.literal('moved'),
    part: DefinitionPart,
    stage: z.string().optional(),
    toStage: z.string().optional(),
    name: z.string(),
    from: z.number().int(),
    to: z.number().int(),
  }),
  /**
   * A member of the pipeline (neither `stage` nor `action`), a stage, an action, or another part. `member` is its name
   * in the declaration, for configuration with the key: `['configuration', 'BranchName']`.
   */
  z.object({
    kind: z.literal('changed'),
    part: z.enum(['pipeline', ...DefinitionPart.options]),
    stage: z.string().optional(),
    name: z.string().optional(),
    member: z.array(z.string()).min(1),
    before: Value.optional(),
    after: Value.optional(),
  }),
  /** A stage's conditions or what it does on failure, as a whole. Absent `before`: added; absent `after`: dropped. */
  z.object({
    kind: z.literal('condition'),
    stage: z.string(),
    condition: conditionKind,
    before: Value.optional(),
    after: Value.optional(),
  }),
])
export type DefinitionChange = z.infer<typeof DefinitionChange>

/** What an alarm is about. */
export const AlarmKind = z.enum([
  'approvalRemoved',
  'approvalRenamed',
  'conditionDropped',
  'roleChanged',
  'roleWidened',
  'sourceChanged',
  'branchChanged',
  'encryptionKeyRemoved',
  'pollingOn',
])
export type AlarmKind = z.infer<typeof AlarmKind>

/** A change with the sentence that says it, where it is drawn, and the alarm that it raises. */
export const ToldChange = z.object({
  change: DefinitionChange,
  words: z.string(),
  /** In the newer definition, or in the older one where it was removed. */
  stage: z.string().optional(),
  action: z.string().optional(),
  alarm: AlarmKind.optional(),
})
export type ToldChange = z.infer<typeof ToldChange>
