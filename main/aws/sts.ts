import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** What STS is asked. */
export interface Sts {
  /** Who the credentials are: needs no permission, so it tells whether they serve. */
  callerIdentity(at: At, ask: Ask): Promise<{ account: string; arn: string }>
}

export function sts(door: Door): Sts {
  return {
    async callerIdentity(at, ask) {
      const output = await door(
        at,
        {
          service: 'sts',
          name: 'GetCallerIdentity',
          same: '',
          send: client => client.send(new GetCallerIdentityCommand({})),
        },
        ask,
      )
      return { account: output.Account ?? '', arn: output.Arn ?? '' }
    },
  }
}
