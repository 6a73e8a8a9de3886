import type { EntryKind } from '../../../preload/contract/audit.ts'

/**
 * The calls that the ledger asks CloudTrail for, by event source. One name a question, because LookupEvents takes one
 * attribute and by source alone the desk's own reads would drown everything (fact sheet, 8). Left out are the calls by
 * which job workers look for work: they change nothing that anybody decided.
 */
const names: Readonly<Record<string, Readonly<Record<string, EntryKind>>>> = {
  'codepipeline.amazonaws.com': {
    CreatePipeline: 'definition',
    UpdatePipeline: 'definition',
    DeletePipeline: 'definition',
    StartPipelineExecution: 'execution',
    StopPipelineExecution: 'execution',
    RetryStageExecution: 'execution',
    RollbackStage: 'execution',
    OverrideStageCondition: 'execution',
    PutApprovalResult: 'approval',
    EnableStageTransition: 'transition',
    DisableStageTransition: 'transition',
    PutActionRevision: 'integration',
    PutJobSuccessResult: 'integration',
    PutJobFailureResult: 'integration',
    PutWebhook: 'integration',
    DeleteWebhook: 'integration',
    RegisterWebhookWithThirdParty: 'integration',
    DeregisterWebhookWithThirdParty: 'integration',
    CreateCustomActionType: 'integration',
    DeleteCustomActionType: 'integration',
    UpdateActionType: 'integration',
    TagResource: 'integration',
    UntagResource: 'integration',
  },
  'codebuild.amazonaws.com': {
    CreateProject: 'project',
    UpdateProject: 'project',
    DeleteProject: 'project',
    StopBuild: 'project',
  },
  'iam.amazonaws.com': {
    CreateRole: 'role',
    DeleteRole: 'role',
    PutRolePolicy: 'role',
    DeleteRolePolicy: 'role',
    AttachRolePolicy: 'role',
    DetachRolePolicy: 'role',
    UpdateAssumeRolePolicy: 'role',
    PutRolePermissionsBoundary: 'role',
    DeleteRolePermissionsBoundary: 'role',
    CreatePolicyVersion: 'role',
    SetDefaultPolicyVersion: 'role',
  },
  'codeconnections.amazonaws.com': { CreateConnection: 'connection', DeleteConnection: 'connection' },
  'codestar-connections.amazonaws.com': { CreateConnection: 'connection', DeleteConnection: 'connection' },
}

/** What kind of entry an event makes; undefined for one that the ledger does not take. */
export function kindOf(source: string, name: string): EntryKind | undefined {
  const ofSource = Object.hasOwn(names, source) ? names[source] : undefined
  return ofSource && Object.hasOwn(ofSource, name) ? ofSource[name] : undefined
}

/** IAM is global: its events are in one region of each partition only (IAM user guide, "Logging with CloudTrail"). */
const iamRegion = (region: string) =>
  region.startsWith('cn-') ? 'cn-north-1' : region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1'

/** The event names to ask for in a region, each once. */
export function namesIn(region: string): string[] {
  const wanted = Object.entries(names).flatMap(([source, calls]) =>
    source === 'iam.amazonaws.com' && region !== iamRegion(region) ? [] : Object.keys(calls),
  )
  return [...new Set(wanted)]
}

/** The region in which an account's IAM events are, though none of its pipelines may run there. */
export const globalRegion = iamRegion
