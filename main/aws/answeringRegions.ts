import { Failure } from '../base/failure.ts'
import type { At } from './ask.ts'
import { isUnknownKey } from './awsFailure.ts'

/**
 * In a region that the account has not enabled AWS does not know its keys. Where the same account was answered in
 * another region, and never in this one, that is the region's trouble and not the session's.
 */
export function answeringRegions() {
  const regions = new Map<string, Set<string>>()
  return {
    answered({ account, region }: At): void {
      const known = regions.get(account)
      if (known) known.add(region)
      else regions.set(account, new Set([region]))
    },
    judged(failure: Failure, { account, region }: At): Failure {
      const known = regions.get(account)
      if (!isUnknownKey(failure) || !known || known.has(region)) return failure
      return new Failure({
        code: 'RegionDisabled',
        message: `AWS does not know the account's keys in ${region}, as it does in ${[...known].join(' and ')}: ${failure.message}`,
        place: failure.place,
        next: `Enable ${region} for the account, or take it off the account's regions.`,
        ...(failure.requestId !== undefined && { requestId: failure.requestId }),
        cause: failure,
      })
    },
  }
}
