import type { Account, AccountSource } from '../../preload/contract/accounts.ts'
import type { Aws } from '../aws/aws.ts'
import type { Access, Credentials } from '../aws/clients.ts'
import { assertNever } from '../base/assertNever.ts'
import type { Clock } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'
import { renewedAccess } from './access.ts'
import { type RenewedCredentials, renewed } from './credentials.ts'
import type { Mfa } from './mfa.ts'
import { profileProvider } from './profileCredentials.ts'
import { readShared, type SharedFiles } from './profiles.ts'
import { ssoNameOf } from './sso/discover.ts'
import type { SsoSessions } from './sso/ssoSessions.ts'

/** A way to become an account: what `aws` is lent, and the credentials behind it. */
export interface Way {
  access: Access
  credentials: RenewedCredentials
}

export interface Ways {
  /** Never rejects for where the way leads: what is wrong with it is said when its credentials are wanted. */
  to(account: Pick<Account, 'id' | 'source'>): Promise<Way>
  /** Throws where a hub would be entered by way of the account itself. */
  check(account: Pick<Account, 'id' | 'source'>): void
  /** Becomes the profile and asks AWS which account that is; the way has been gone, so that no code is asked for twice. */
  whose(profile: string, region: string): Promise<{ id: string; way: Way }>
}

export interface WaysOptions {
  aws: Aws
  clock: Clock
  files: SharedFiles
  sso: Pick<SsoSessions, 'roleCredentials' | 'endpointOf'>
  mfa: Mfa
  accountOf: (id: string) => Account | undefined
}

/** Names the desk's calls in the CloudTrail of accounts that are entered by a hub. */
const sessionName = 'cloudpipelines'

export function createWays({ aws, clock, files, sso, mfa, accountOf }: WaysOptions): Ways {
  const wayBy = (provider: () => Promise<Credentials>, endpoint: string | undefined): Way => {
    const credentials = renewed(provider, clock)
    return { credentials, access: renewedAccess(credentials, endpoint) }
  }
  /** The hubs that an account is entered by, where they lead back to one that was passed. */
  const circle = ({ id, source }: Pick<Account, 'id' | 'source'>): Failure | undefined => {
    const passed = [id]
    for (let at: AccountSource | undefined = source; at?.kind === 'hub'; at = accountOf(at.hub)?.source) {
      const back = passed.includes(at.hub)
      passed.push(at.hub)
      if (!back) continue
      const names = passed.map(each => accountOf(each)?.name ?? each)
      return unreachable(id, `The hub must not be entered by way of the account itself: ${names.join(' from ')}.`)
    }
    return undefined
  }
  const byProfile = async (profile: string): Promise<Way> => {
    const { profiles, sections } = await readShared(files)
    const signIn = ssoNameOf(sections[profile] ?? {})
    const named = profiles.find(({ name }) => name === profile)?.endpoint
    const provider = profileProvider(profile, {
      files,
      ssoCredentials: (session, account, role) => sso.roleCredentials(session, account, role),
      mfaCode: (name, serial) => mfa.code(name, serial),
    })
    return wayBy(provider, named ?? (signIn === undefined ? undefined : sso.endpointOf(signIn)))
  }
  /** An account is where the one is that it is reached by. */
  const endpointOf = async (id: string): Promise<string | undefined> => {
    const account = accountOf(id)
    if (!account) return undefined
    return account.source.kind === 'localCloud' ? aws.endpointOf(id) : (await to(account)).access.endpoint
  }
  const to = async ({ id, source }: Pick<Account, 'id' | 'source'>): Promise<Way> => {
    switch (source.kind) {
      case 'profile':
        return byProfile(source.profile)
      case 'sso':
        return wayBy(() => sso.roleCredentials(source.session, id, source.role), sso.endpointOf(source.session))
      case 'hub': {
        const { hub, roleArn, externalId } = source
        const wrong = circle({ id, source })
        if (wrong) return wayBy(() => Promise.reject(wrong), undefined)
        const region = accountOf(hub)?.regions[0] ?? 'us-east-1'
        const role = { roleArn, sessionName, externalId }
        return wayBy(
          () => aws.sts.assumeRole({ account: hub, region }, role, { priority: 'open' }),
          await endpointOf(hub),
        )
      }
      case 'localCloud':
        throw unreachable(id, 'The local cloud gives its own accounts.')
      default:
        return assertNever(source, 'source')
    }
  }

  return {
    to,
    check(account) {
      const wrong = circle(account)
      if (wrong) throw wrong
    },
    async whose(profile, region) {
      // Whose the credentials are only AWS can tell; until then the profile stands for the account.
      const guest = `profile ${profile}`
      const way = await byProfile(profile)
      aws.admit(guest, way.access)
      const { account: id } = await aws.sts
        .callerIdentity({ account: guest, region }, { priority: 'person' })
        .finally(() => aws.dismiss(guest))
      return { id, way }
    },
  }
}

const unreachable = (account: string, message: string) =>
  new Failure({ code: 'NoWay', message, place: { account }, next: 'Enter one of them another way.' })
