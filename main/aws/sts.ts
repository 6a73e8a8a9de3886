import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import type { Ask, At } from './ask.ts'
import type { Credentials } from './clients.ts'
import type { Door } from './door.ts'

/** Who the credentials are, and what AWS's clock says. */
export interface CallerIdentity {
  account: string
  arn: string
  /** The answer's `Date` header, in whole seconds: ms since the epoch. */
  serverTime?: Millis
}

/** A role to become from an account that the desk has. */
export interface RoleToAssume {
  roleArn: string
  /** Names the desk's calls in CloudTrail. */
  sessionName: string
  externalId?: string | undefined
}

/** What STS is asked. */
export interface Sts {
  /** Who the credentials are: needs no permission, so it tells whether they serve. */
  callerIdentity(at: At, ask: Ask): Promise<CallerIdentity>
  assumeRole(at: At, role: RoleToAssume, ask: Ask): Promise<Credentials>
}

export function sts(door: Door): Sts {
  let questions = 0
  return {
    async callerIdentity(at, ask) {
      const { output, serverTime } = await door(
        at,
        {
          service: 'sts',
          name: 'GetCallerIdentity',
          // May be repeated, but never shared: an answer under way may be about the credentials before these.
          same: String(questions++),
          async send(client) {
            const command = new GetCallerIdentityCommand({})
            let date: string | undefined
            command.middlewareStack.add(
              next => async given => {
                const result = await next(given)
                date = dateOf(result.response)
                return result
              },
              { step: 'deserialize', name: 'readDate' },
            )
            return {
              output: await client.send(command),
              serverTime: date === undefined ? Number.NaN : Date.parse(date),
            }
          },
        },
        ask,
      )
      return {
        account: output.Account ?? '',
        arn: output.Arn ?? '',
        ...(Number.isFinite(serverTime) && { serverTime }),
      }
    },
    async assumeRole(at, { roleArn, sessionName, externalId }, ask) {
      const { Credentials: given } = await door(
        at,
        {
          service: 'sts',
          name: 'AssumeRole',
          same: JSON.stringify([roleArn, externalId]),
          send: client =>
            client.send(
              new AssumeRoleCommand({
                RoleArn: roleArn,
                RoleSessionName: sessionName,
                ...(externalId !== undefined && { ExternalId: externalId }),
              }),
            ),
        },
        ask,
      )
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {}
      if (AccessKeyId && SecretAccessKey && SessionToken && Expiration) {
        return {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretAccessKey,
          sessionToken: SessionToken,
          expiration: Expiration,
        }
      }
      throw new Failure({ code: 'UnexpectedAnswer', message: `STS gave no credentials for ${roleArn}.`, place: at })
    },
  }
}

/** What AWS's clock said where it refused a call, such as one that was signed by a wrong clock. */
export function serverTimeOf(thrown: unknown): Millis | undefined {
  const cause = thrown instanceof Failure ? thrown.cause : undefined
  if (!(cause instanceof Error) || !('$response' in cause)) return undefined
  const at = Date.parse(dateOf(cause.$response) ?? '')
  return Number.isNaN(at) ? undefined : at
}

function dateOf(response: unknown): string | undefined {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return undefined
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return undefined
  return typeof headers.date === 'string' ? headers.date : undefined
}
