import { z } from 'zod'
import {
  Account,
  AccountId,
  AccountsSnapshot,
  Added,
  Band,
  Environment,
  NewAccount,
  OrganizationAccount,
  PortalListing,
  Profile,
  RegionName,
  SignInFlow,
  SsoSession,
} from '../../preload/contract/accounts.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Accounts } from './accounts.ts'

const AccountName = z.string().trim().min(1).max(60)
const Regions = z.array(RegionName).min(1).max(40)
const SsoId = z.object({ id: z.string().min(1).max(300) })

/** https, or a page that this machine serves itself. */
const PortalUrl = z.url().refine(text => {
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.0\.0\.1|localhost|.*\.localhost)$/.test(hostname))
}, 'Must begin with https://')

/** Sign-ins to IAM Identity Center: `accounts.sso.*`. */
function ssoRouter({ sso }: Accounts) {
  return router({
    add: procedure
      .input(
        z.object({
          name: z
            .string()
            .trim()
            .regex(/^[\w. -]{1,60}$/, 'Letters, digits, blanks and . _ - only'),
          startUrl: PortalUrl,
          region: RegionName,
          endpoint: PortalUrl.optional(),
        }),
      )
      .output(SsoSession)
      .mutation(({ input }) => sso.add(input)),
    remove: procedure
      .input(SsoId)
      .output(z.object({ removed: z.boolean() }))
      .mutation(({ input }) => sso.remove(input.id)),
    signIn: procedure
      .input(SsoId.extend({ flow: SignInFlow }))
      .output(SsoSession)
      .mutation(({ input }) => sso.signIn(input.id, input.flow)),
    cancel: procedure
      .input(SsoId)
      .output(SsoSession)
      .mutation(({ input }) => sso.cancel(input.id)),
    signOut: procedure
      .input(SsoId)
      .output(SsoSession)
      .mutation(({ input }) => sso.signOut(input.id)),
    share: procedure
      .input(SsoId.extend({ withCli: z.boolean() }))
      .output(SsoSession)
      .mutation(({ input }) => sso.share(input.id, input.withCli)),
    listing: procedure
      .input(SsoId)
      .output(streamOf(PortalListing))
      .subscription(({ input, signal }) => sso.listing(input.id, signal)),
  })
}

export function accountsRouter(accounts: Accounts) {
  return router({
    watch: procedure.output(streamOf(AccountsSnapshot)).subscription(({ signal }) => accounts.watch(signal)),
    profiles: procedure.output(z.array(Profile)).query(() => accounts.profiles()),
    add: procedure
      .input(
        z.object({
          profile: z.string().min(1).max(200),
          name: AccountName,
          environment: Environment,
          regions: Regions,
        }),
      )
      .output(Account)
      .mutation(({ input: { profile, ...said } }) =>
        accounts.add({ ...said, readOnly: false, source: { kind: 'profile', profile } }),
      ),
    addMany: procedure
      .input(z.object({ accounts: z.array(NewAccount).min(1).max(1000) }))
      .output(z.array(Added))
      .mutation(({ input }) => accounts.addMany(input.accounts)),
    update: procedure
      .input(
        z.object({
          id: AccountId,
          name: AccountName.optional(),
          environment: Environment.optional(),
          readOnly: z.boolean().optional(),
          regions: Regions.optional(),
          band: Band.nullable().optional(),
        }),
      )
      .output(Account)
      .mutation(({ input }) => accounts.update(input)),
    remove: procedure
      .input(z.object({ id: AccountId }))
      .output(z.object({ removed: z.boolean() }))
      .mutation(({ input }) => accounts.remove(input.id)),
    reconnect: procedure
      .input(z.object({ id: AccountId }))
      .output(Account)
      .mutation(({ input }) => accounts.reconnect(input.id)),
    organization: procedure
      .input(z.object({ id: AccountId }))
      .output(z.array(OrganizationAccount))
      .query(({ input }) => accounts.organization(input.id)),
    answerMfa: procedure
      .input(
        z.object({
          id: z.uuid(),
          code: z
            .string()
            .regex(/^\d{6}$/, 'Six digits')
            .optional(),
        }),
      )
      .output(z.object({ answered: z.boolean() }))
      .mutation(({ input }) => accounts.answerMfa(input.id, input.code)),
    sso: ssoRouter(accounts),
  })
}
