import { Cron } from 'croner'
import type { Millis } from '../../../../base/clock.ts'
import { messageOf } from '../../../../base/failure.ts'
import { quartzToCroner } from './quartz.ts'
import { zoneOf } from './timeZone.ts'

/** A cron expression or time zone that says nothing. */
export class InvalidWindow extends Error {
  override name = 'InvalidWindow'
}

/**
 * When a deployment window is open at the earliest, no sooner than the second that `from` is in: in the past by less
 * than a second where it is open right now. Undefined where it never is again. Throws {@link InvalidWindow}. Pure.
 */
export function nextWindow(cron: string, zone: string | undefined, from: Millis): Millis | undefined {
  const second = Math.floor(from / 1000) * 1000
  try {
    const window = new Cron(quartzToCroner(cron), {
      paused: true,
      mode: '6-or-7-parts',
      alternativeWeekdays: true,
      ...zoneOf(zone),
    })
    return window.nextRun(new Date(second - 1))?.getTime()
  } catch (thrown) {
    throw new InvalidWindow(`The deployment window ${cron} is not valid: ${messageOf(thrown)}`, { cause: thrown })
  }
}
