import type { Account } from '../../preload/contract/accounts.ts'
import type { FailureShape } from '../../preload/contract/base.ts'
import type { Request } from '../../preload/contract/operations.ts'
import { Failure, type Place } from '../base/failure.ts'
import type { Permission } from './needed.ts'

/** Where a request acts, as far as it names it. */
export function placeOf({ key, ...request }: Request): Place {
  return {
    account: key.account,
    region: key.region,
    pipeline: key.name,
    ...('stage' in request && { stage: request.stage }),
    ...('action' in request && { action: request.action }),
  }
}

/** Production wants the pipeline's name typed; nothing else slows a person down. */
export const mustTypeName = (account: Pick<Account, 'environment'>): boolean => account.environment === 'production'

/** Why this account does not let anybody do this now, or undefined. */
export function accountRefusal(request: Request, account: Account | undefined): Failure | undefined {
  const place = placeOf(request)
  if (!account) {
    return new Failure({
      code: 'AccountUnknown',
      message: `Account ${request.key.account} is not among yours.`,
      place,
      next: 'Add the account first.',
    })
  }
  if (account.readOnly) {
    return new Failure({
      code: 'ReadOnly',
      message: `${account.name} is set read-only on this desk.`,
      place,
      next: 'Allow writes in the account’s settings, if you are sure.',
    })
  }
  const { session } = account
  switch (session.state) {
    case 'valid':
      return undefined
    case 'connecting':
      return new Failure({
        code: 'NotConnected',
        message: `${account.name} is being connected.`,
        place,
        next: 'Try again in a moment.',
      })
    case 'expired':
    case 'unusable':
      return new Failure({
        code: session.failure.code,
        message: session.failure.message,
        place,
        next: session.failure.next ?? 'Choose Try again at the account.',
      })
  }
}

/** That IAM does not allow it: asked beforehand, or learned when AWS refused it before. */
export const permissionRefusal = (request: Request, { action, resource }: Permission): FailureShape => ({
  code: 'PermissionMissing',
  message: `IAM does not allow you ${action} on ${resource}.`,
  place: placeOf(request),
  next: 'Hand the policy below to whoever manages the account’s permissions.',
})

/** The typed name, where the account wants it. */
export function nameRefusal(request: Request, account: Account): Failure | undefined {
  if (!mustTypeName(account) || request.typedName === request.key.name) return undefined
  return new Failure({
    code: 'NameNotTyped',
    message: `${account.name} is a production account: type the pipeline’s name, ${request.key.name}, to confirm.`,
    place: placeOf(request),
    next: 'Type the name exactly as it is written.',
  })
}
