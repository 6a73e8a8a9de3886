import { SSOClient } from '@aws-sdk/client-sso'
import { SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { Ask } from './ask.ts'
import { awsFailure } from './awsFailure.ts'
import type { CallBudget } from './callBudget.ts'

/** An access portal of IAM Identity Center. It is asked with tokens, not with an account's credentials. */
export interface Portal {
  /** The start URL's host: its name in the call meter. */
  name: string
  region: string
  /** Where it answers, if not at AWS's own addresses. */
  endpoints: { sso?: string | undefined; oidc?: string | undefined }
}

const makers = { sso: SSOClient, oidc: SSOOIDCClient }
type Makers = typeof makers
type Service = keyof Makers

export interface PortalOperation<S extends Service, O> {
  service: S
  /** As the API names it, e.g. `ListAccounts`. */
  name: string
  /** What is asked, as text and without a secret: equal questions are asked once. Absent for writes. */
  same?: string
  send: (client: InstanceType<Makers[S]>) => Promise<O>
}

/** The way to a portal: budgeted as every call, and fails as a `Failure`. */
export interface PortalDoor {
  ask<S extends Service, O>(portal: Portal, operation: PortalOperation<S, O>, ask: Ask): Promise<O>
  stop(): void
}

export function createPortalDoor(budget: CallBudget): PortalDoor {
  const made = new Map<string, unknown>()
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 20_000 })
  const clientOf = <S extends Service>(service: S, { region, endpoints }: Portal): InstanceType<Makers[S]> => {
    const endpoint = endpoints[service]
    const key = JSON.stringify([service, region, endpoint])
    const known = made.get(key)
    if (known) return known as InstanceType<Makers[S]>
    const client = new makers[service]({ region, requestHandler, maxAttempts: 1, ...(endpoint && { endpoint }) })
    made.set(key, client)
    return client as InstanceType<Makers[S]>
  }
  return {
    ask(portal, { service, name, same, send }, ask) {
      const api = service === 'oidc' ? `sso-oidc:${name}` : `sso:${name}`
      const at = { account: portal.name, region: portal.region }
      const call = async () => {
        try {
          return await send(clientOf(service, portal))
        } catch (error) {
          throw awsFailure(worded(error), api, { region: portal.region })
        }
      }
      return budget.run({ at, api, send: call, ...(same !== undefined && { same }) }, ask)
    },
    stop() {
      made.clear()
      requestHandler.destroy()
    },
  }
}

/** OAuth's errors say what they mean in `error_description`, and leave the message to be guessed. */
function worded(error: unknown): unknown {
  if (!(error instanceof Error) || !('error_description' in error)) return error
  const { error_description: description } = error
  if (typeof description === 'string' && description !== '') error.message = description
  return error
}
