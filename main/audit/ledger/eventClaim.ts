import type { EntryKind } from '../../../preload/contract/audit.ts'
import { present } from '../../aws/fromSdk/parts.ts'
import type { Claim } from './claim.ts'
import { kindOf } from './eventNames.ts'
import type { TrailEvent } from './trailEvent.ts'
import { whoOf } from './who.ts'

/** What a CloudTrail event says happened. `account` is the chain it is recorded in. */
export function claimOfEvent(source: Claim['source'], account: string, event: TrailEvent): Claim {
  const kind = kindOf(event.eventSource, event.eventName) ?? 'role'
  const asked = event.requestParameters ?? {}
  const answered = event.responseElements ?? {}
  const pipeline = kind === 'role' || kind === 'project' || kind === 'connection' ? undefined : pipelineOf(event, asked)
  const version = numberIn(answered, 'pipeline', 'version')
  return {
    source,
    at: new Date(event.eventTime).toISOString(),
    account,
    region: event.awsRegion,
    kind,
    name: event.eventName,
    pipelines: pipeline === undefined ? [] : [pipeline],
    who: whoOf(event),
    words: words(event.eventName, asked, pipeline ?? '', version),
    ownId: `event/${event.eventID}`,
    ...present({
      stage: textIn(asked, 'stageName'),
      action: textIn(asked, 'actionName'),
      executionId:
        textIn(asked, 'pipelineExecutionId') ??
        textIn(answered, 'pipelineExecutionId') ??
        textIn(answered, 'executionId'),
      comment: textIn(asked, 'reason') ?? textIn(asked, 'result', 'summary'),
      requestId: event.requestID,
      accessKey: event.userIdentity?.type === 'AssumedRole' ? event.userIdentity.accessKeyId : undefined,
      subject: subjectOf(kind, event, asked),
    }),
    ...(version !== undefined && { version }),
    ...(event.errorCode !== undefined && { refused: { code: event.errorCode, message: event.errorMessage ?? '' } }),
  }
}

/** The definition that a CreatePipeline or UpdatePipeline made, as AWS answered it. */
export function declarationIn(event: TrailEvent): unknown {
  if (event.eventSource !== 'codepipeline.amazonaws.com' || event.errorCode !== undefined) return undefined
  const made = event.eventName === 'CreatePipeline' || event.eventName === 'UpdatePipeline'
  return made ? (event.responseElements?.pipeline ?? event.requestParameters?.pipeline) : undefined
}

type Members = Readonly<Record<string, unknown>>

function pipelineOf({ eventName }: TrailEvent, asked: Members): string | undefined {
  if (/Webhook|ActionType|PutJob/.test(eventName)) return textIn(asked, 'webhook', 'targetPipeline')
  const arn = textIn(asked, 'resourceArn')
  if (arn !== undefined) return /:codepipeline:[^:]*:\d+:([^:/]+)$/.exec(arn)?.[1]
  return textIn(asked, 'pipelineName') ?? textIn(asked, 'pipeline', 'name') ?? textIn(asked, 'name')
}

/** What a call outside CodePipeline is about, as pipelines refer to it. */
function subjectOf(kind: EntryKind, event: TrailEvent, asked: Members): string | undefined {
  switch (kind) {
    case 'role':
      if (event.eventSource === 'sts.amazonaws.com') return subjectOfSession(issuedKey(event) ?? '')
      if (event.eventName.endsWith('PolicyVersion')) return subjectOfPolicy(textIn(asked, 'policyArn') ?? '')
      return subjectOfRole(textIn(asked, 'roleName') ?? '')
    case 'project':
      return subjectOfProject(event.awsRegion, projectIn(asked))
    case 'connection':
      return `connection/${textIn(asked, 'connectionArn') ?? textIn(event.responseElements ?? {}, 'connectionArn') ?? ''}`
    default:
      return undefined
  }
}
/** The key of the session that an AssumeRole began. */
export const issuedKey = ({ responseElements }: TrailEvent): string | undefined =>
  textIn(responseElements ?? {}, 'credentials', 'accessKeyId')

/** Rows about a session tell who is behind it; no entry shows them. */
export const subjectOfSession = (accessKey: string) => `session/${accessKey}`
/** A policy that roles share. */
export const subjectOfPolicy = (arn: string) => `policy/${arn}`
export const subjectOfRole = (name: string) => `role/${name}`
export const subjectOfProject = (region: string, name: string) => `project/${region}/${name}`

/** A project by its name or ARN, or that of a build (`project:id`). */
const projectIn = (asked: Members): string =>
  (textIn(asked, 'name') ?? textIn(asked, 'id') ?? '').replace(/^arn:.*:(project|build)\//, '').replace(/:.*$/, '')

function words(name: string, asked: Members, pipeline: string, version: number | undefined): string {
  const text = (...path: string[]) => textIn(asked, ...path) ?? '?'
  const stage = textIn(asked, 'stageName') ?? '?'
  const role = textIn(asked, 'roleName') ?? '?'
  switch (name) {
    case 'CreatePipeline':
      return `Created ${pipeline}`
    case 'UpdatePipeline':
      return `Updated ${pipeline}${version === undefined ? '' : ` to version ${version}`}`
    case 'DeletePipeline':
      return `Deleted ${pipeline}`
    case 'StartPipelineExecution':
      return `Started ${pipeline}`
    case 'StopPipelineExecution':
      return `Stopped an execution of ${pipeline}${asked.abandon === true ? ' and abandoned what ran' : ''}`
    case 'RetryStageExecution':
      return `Retried stage ${stage} of ${pipeline}`
    case 'RollbackStage':
      return `Rolled back stage ${stage} of ${pipeline}`
    case 'OverrideStageCondition':
      return `Overrode the condition ${text('conditionType')} of stage ${stage} of ${pipeline}`
    case 'PutApprovalResult':
      return `${text('result', 'status')} ${text('actionName')} in stage ${stage} of ${pipeline}`
    case 'EnableStageTransition':
      return `Opened the transition into stage ${stage} of ${pipeline}`
    case 'DisableStageTransition':
      return `Closed the transition into stage ${stage} of ${pipeline}`
    case 'PutActionRevision':
      return `Told ${pipeline} of a new revision`
    case 'AttachRolePolicy':
      return `Attached ${shortArn(text('policyArn'))} to role ${role}`
    case 'DetachRolePolicy':
      return `Detached ${shortArn(text('policyArn'))} from role ${role}`
    case 'PutRolePolicy':
      return `Put policy ${text('policyName')} on role ${role}`
    case 'DeleteRolePolicy':
      return `Deleted policy ${text('policyName')} of role ${role}`
    case 'UpdateAssumeRolePolicy':
      return `Changed who may assume role ${role}`
    case 'PutRolePermissionsBoundary':
      return `Set the permissions boundary of role ${role}`
    case 'DeleteRolePermissionsBoundary':
      return `Deleted the permissions boundary of role ${role}`
    case 'CreateRole':
      return `Created role ${role}`
    case 'DeleteRole':
      return `Deleted role ${role}`
    case 'CreatePolicyVersion':
      return `Made a version of policy ${shortArn(text('policyArn'))}${asked.setAsDefault === true ? ' and put it into force' : ''}`
    case 'SetDefaultPolicyVersion':
      return `Put version ${text('versionId')} of policy ${shortArn(text('policyArn'))} into force`
    case 'StopBuild':
      return `Stopped a build of project ${projectIn(asked)}`
    case 'CreateProject':
      return `Created build project ${text('name')}`
    case 'UpdateProject':
      return `Changed build project ${text('name')}`
    case 'DeleteProject':
      return `Deleted build project ${text('name')}`
    case 'CreateConnection':
      return `Created connection ${text('connectionName')}`
    case 'DeleteConnection':
      return `Deleted a connection`
    case 'TagResource':
      return `Tagged ${pipeline}`
    case 'UntagResource':
      return `Removed tags of ${pipeline}`
    default:
      return `${name}${pipeline === '' ? '' : ` on ${pipeline}`}`
  }
}

const shortArn = (arn: string) => arn.slice(arn.lastIndexOf('/') + 1)

function valueIn(members: Members, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Object.entries(value).find(([key]) => key === name)?.[1]
        : undefined,
    members,
  )
}
/** The text at a path; undefined for an empty one. */
export function textIn(members: Members, ...path: string[]): string | undefined {
  const value = valueIn(members, path)
  return typeof value === 'string' && value !== '' ? value : undefined
}
function numberIn(members: Members, ...path: string[]): number | undefined {
  const value = valueIn(members, path)
  return typeof value === 'number' ? value : undefined
}
