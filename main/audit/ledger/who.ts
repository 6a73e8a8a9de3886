import type { Who } from '../../../preload/contract/audit.ts'
import type { Identity, TrailEvent } from './trailEvent.ts'

/** Who made a call, as far as its event says ("CloudTrail userIdentity element", user guide). */
export function whoOf({ userIdentity, sourceIPAddress, userAgent }: TrailEvent): Who {
  const identity: Identity = userIdentity ?? {
    type: undefined,
    principalId: undefined,
    arn: undefined,
    accountId: undefined,
    accessKeyId: undefined,
    userName: undefined,
    invokedBy: undefined,
    identityProvider: undefined,
    sessionContext: undefined,
  }
  const { type, arn, userName, invokedBy } = identity
  const about = arn === undefined ? {} : { arn }
  switch (type) {
    case 'IAMUser':
      return person(userName ?? lastOf(arn), 'IAM user', true, about)
    case 'Root':
      return person(`root of ${identity.accountId ?? 'the account'}`, 'root user', true, about)
    case 'IdentityCenterUser':
      return person(userName ?? identity.principalId, 'Identity Center user', true, about)
    case 'AWSService':
      return { kind: 'automation', name: invokedBy ?? 'an AWS service', how: 'AWS service', ...about }
    case 'WebIdentityUser':
    case 'SAMLUser':
      return type === 'SAMLUser'
        ? person(userName, 'SAML sign-in', true, about)
        : {
            kind: 'automation',
            name: userName ?? lastOf(identity.principalId),
            how: `web identity of ${identity.identityProvider ?? 'a provider'}`,
            ...about,
          }
    case 'AssumedRole':
      return ofRole(identity, [invokedBy, sourceIPAddress, userAgent].find(isService))
    default:
      return {
        kind: 'unknown',
        name: (userName ?? lastOf(arn)) || 'unknown',
        how: type ?? 'no identity in the event',
        ...about,
      }
  }
}

/** Who an ARN is, as CodePipeline's `lastUpdatedBy` or the desk's own session names them. */
export function whoOfArn(arn: string): Who {
  if (isService(arn)) return { kind: 'automation', name: arn, how: 'AWS service' }
  const [, , service, , account, resource = ''] = arn.split(':')
  if (service === 'iam' && resource === 'root') return person(`root of ${account}`, 'root user', true, { arn })
  if (service === 'iam' && resource.startsWith('user/')) return person(lastOf(arn), 'IAM user', true, { arn })
  if (service === 'sts' && resource.startsWith('assumed-role/')) {
    const [, role = '', session = ''] = resource.split('/')
    return ofSession(role, session, arn, undefined)
  }
  return {
    kind: 'unknown',
    name: lastOf(arn) || 'unknown',
    how: 'named by CodePipeline',
    ...(arn.startsWith('arn:') && { arn }),
  }
}

/**
 * Somebody whose session a recorded AssumeRole began. A session name that says who it is stays the name; one that a
 * program made up gives way to whoever assumed the role.
 */
export function throughAssumer(who: Who, role: string, assumer: Who): Who {
  const how = `role ${role}, assumed by ${assumer.how} ${assumer.name}`
  if (who.kind === 'person') return { ...who, how, certain: who.certain || who.name === assumer.name }
  return { ...assumer, how, ...(who.arn !== undefined && { arn: who.arn }) }
}

/** Whether another event may say more of who it was. */
export const isOpen = (who: Who): boolean => who.kind === 'unknown' || (who.kind === 'person' && !who.certain)

function ofRole({ arn = '', sessionContext }: Identity, service: string | undefined): Who {
  const issuer = sessionContext?.sessionIssuer
  const role = issuer?.userName ?? arn.split('/').at(-2) ?? ''
  if (sessionContext?.sourceIdentity !== undefined)
    return person(sessionContext.sourceIdentity, `source identity, in role ${role}`, true, { arn })
  if (issuer?.arn?.includes(':role/aws-service-role/') === true)
    return { kind: 'automation', name: role, how: 'service-linked role', arn }
  return ofSession(role, lastOf(arn), arn, service)
}

function ofSession(role: string, session: string, arn: string, service: string | undefined): Who {
  if (role.startsWith('AWSReservedSSO_')) {
    const set = role.slice('AWSReservedSSO_'.length).replace(/_[0-9a-f]{16}$/, '')
    return person(session, `SSO session, permission set ${set}`, true, { arn })
  }
  if (service !== undefined) return { kind: 'automation', name: service, how: `in role ${role}`, arn }
  if (madeUp.test(session) || session === '')
    return { kind: 'unknown', name: role, how: `role session ${session}`, arn }
  if (machine.test(session)) return { kind: 'automation', name: session.toLowerCase(), how: `in role ${role}`, arn }
  return person(session, `session name in role ${role}`, false, { arn })
}

/** Session names that SDKs and tools make up: they say nothing of who it was. */
const madeUp = /^(botocore-session|aws-(sdk|go-sdk|cli|java)[\w-]*|boto3|session|[0-9]{10,}|[0-9a-f-]{32,36})/i
/** Session names by which services and CI systems are known. */
const machine =
  /^(AWSCodeBuild|AWSCloudFormation|codebuild|codepipeline|GitHubActions|GitLab|gitlab-|jenkins|circleci|buildkite|terraform|cdk-|i-[0-9a-f]{8,17}$)/i

const isService = (text: string | undefined): boolean =>
  text !== undefined && /^[\w-]+(\.[\w-]+)*\.amazonaws\.com(\.cn)?$/.test(text) && text !== 'signin.amazonaws.com'

function person(name: string | undefined, how: string, certain: boolean, about: { arn?: string }): Who {
  return { kind: 'person', name: (name || 'unknown').toLowerCase(), how, certain, ...about }
}

const lastOf = (arn: string | undefined) => (arn ?? '').slice((arn ?? '').lastIndexOf('/') + 1)
