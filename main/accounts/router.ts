import { z } from 'zod'
import {
  Account,
  AccountId,
  AccountsSnapshot,
  Environment,
  Profile,
  RegionName,
} from '../../preload/contract/accounts.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Accounts } from './accounts.ts'

const AccountName = z.string().trim().min(1).max(60)
const Regions = z.array(RegionName).min(1).max(40)

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
      .mutation(({ input }) => accounts.add(input)),
    update: procedure
      .input(
        z.object({
          id: AccountId,
          name: AccountName.optional(),
          environment: Environment.optional(),
          readOnly: z.boolean().optional(),
          regions: Regions.optional(),
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
  })
}
