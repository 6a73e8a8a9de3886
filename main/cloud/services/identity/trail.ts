import { randomUUID } from 'node:crypto'
import type { CreateTokenRequest, CreateTokenResponse } from '@aws-sdk/client-sso-oidc'
import type { Clock } from '../../../base/clock.ts'
import { derivedUuid } from '../../execution/ids.ts'
import type { RecordCall } from '../../server/dispatch.ts'
import type { Call, Caller } from '../../server/operation.ts'
import { newRequestId } from '../../server/requestId.ts'
import { type Identity, instanceOf, startUrl } from './lends.ts'
import { hashOf } from './secrets.ts'
import type { Bearer } from './store/grants.ts'

/** Where somebody's browser is, and what it is. */
interface From {
  sourceIp: string
  userAgent: string
}

/** A role that somebody was given credentials of. */
export interface TakenRole {
  session: Pick<Caller, 'account' | 'arn' | 'userId' | 'principalArn'>
  accessKeyId: string
  expires: number
  seconds: number
}

/** Where Identity Center's events are: it is in one region, whoever asks from wherever. */
const home = 'us-east-1'
const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS'
/** A person is nobody to IAM: the event says itself who it is. */
const nobody: Caller = { kind: 'anonymous', account: '', arn: '', userId: '', principalArn: '' }

/**
 * Tells CloudTrail of sign-ins and of what the portal was asked ("Logging IAM Identity Center API calls", user guide),
 * in the management account. Whoever brought no valid token is no person that any account knows: no event is of them.
 */
export function createSignInTrail(options: Pick<Identity, 'accounts' | 'endpoint' | 'clock'> & { record: RecordCall }) {
  const { accounts, clock, record } = options
  const [{ id: management }] = accounts
  const store = `d-${instanceOf(options).slice(0, 10)}`
  const personOf = (user: string, session?: string) => ({
    type: 'IdentityCenterUser',
    accountId: management,
    onBehalfOf: {
      userId: derivedUuid(`${store} ${user}`, 0),
      identityStoreArn: `arn:aws:identitystore::${management}:identitystore/${store}`,
    },
    ...(session !== undefined && { credentialId: hashOf(`credential ${session}`) }),
  })
  const here = (from: From): Call => callIn(management, from, clock)

  return {
    /** Somebody gave a password. `user` is undefined for a name that nobody has, `session` for a wrong password. */
    async attempted(from: From, user: string | undefined, session: string | undefined): Promise<void> {
      const identity = user === undefined ? { type: 'Unknown', accountId: management } : personOf(user, session)
      const workflow = { AuthWorkflowID: randomUUID(), CredentialType: 'PASSWORD' }
      const tell = (name: string, outcome: string, additional: object) =>
        record(
          here(from),
          'signin',
          name,
          {},
          { kind: 'succeeded', output: {} },
          {
            readOnly: false,
            identity,
            additional: { ...workflow, ...additional },
            serviceEvent: { [name]: outcome },
          },
        )
      // What nobody is called may be a password in the wrong field.
      await tell('CredentialChallenge', 'Success', { UserName: user ?? hidden })
      await tell('CredentialVerification', session === undefined ? 'Failure' : 'Success', {})
      if (session !== undefined) await tell('UserAuthentication', 'Success', { LoginTo: startUrl(options) })
    },
    /** A client was given tokens for what a person had allowed. The code that it brought is worth nothing any more. */
    gaveTokens: (call: Call, { user, session }: Bearer, input: CreateTokenRequest, output: CreateTokenResponse) =>
      record(
        here(call),
        'sso-oidc',
        'CreateToken',
        { ...input },
        { kind: 'succeeded', output },
        {
          identity: personOf(user, session),
        },
      ),
    /** Does what the portal was asked for by somebody, and tells of it. */
    async asked<T>(
      call: Call,
      { user, session }: Bearer,
      operation: string,
      serviceEvent: Readonly<Record<string, string>>,
      work: () => T | Promise<T>,
    ): Promise<T> {
      const besides = { identity: personOf(user, session), serviceEvent }
      const tell = (outcome: Parameters<RecordCall>[4]) => record(here(call), 'sso', operation, {}, outcome, besides)
      let output: T
      try {
        output = await work()
      } catch (error) {
        await tell({ kind: 'failed', error })
        throw error
      }
      await tell({ kind: 'succeeded', output: {} })
      return output
    },
    /** The role's own account sees that a person took it: to IAM that is a SAML sign-in. */
    tookRole({ user }: Bearer, { session, accessKeyId, expires, seconds }: TakenRole): Promise<void> {
      const { account, principalArn: roleArn } = session
      const provider = `arn:aws:iam::${account}:saml-provider/AWSSSO_DO_NOT_DELETE`
      const service = 'sso.amazonaws.com'
      return record(
        callIn(account, { sourceIp: service, userAgent: service }, clock),
        'sts',
        'AssumeRoleWithSAML',
        { RoleArn: roleArn, RoleSessionName: user, PrincipalArn: provider, DurationSeconds: seconds },
        {
          kind: 'succeeded',
          output: {
            Credentials: { AccessKeyId: accessKeyId, SessionToken: hidden, Expiration: new Date(expires) },
            AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
            Subject: user,
            SubjectType: 'persistent',
            Audience: 'https://signin.aws.amazon.com/saml',
          },
        },
        { identity: { type: 'SAMLUser', principalId: `${store}:${user}`, userName: user, identityProvider: store } },
      )
    },
  }
}

export type SignInTrail = ReturnType<typeof createSignInTrail>

const callIn = (account: string, { sourceIp, userAgent }: From, clock: Pick<Clock, 'now'>): Call => ({
  account,
  region: home,
  caller: nobody,
  requestId: newRequestId(),
  at: clock.now(),
  sourceIp,
  userAgent,
  signal: new AbortController().signal,
})
