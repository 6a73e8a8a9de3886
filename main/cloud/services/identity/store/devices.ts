import type { Clock, Millis } from '../../../../base/clock.ts'
import type { CloudDatabase } from '../../../state/database.ts'
import { deviceLifetime, remembrance } from '../lifetimes.ts'
import { hashOf, newSecret, newUserCode } from '../secrets.ts'

/** A program on a machine without a browser (or so it says), and what a person answered it elsewhere. */
export interface Device {
  /** The hash of the device code. */
  code: string
  userCode: string
  client: string
  expires: Millis
  /** Between two polls, at least. */
  pause: Millis
  polled: Millis | null
  answer: 'pending' | 'allowed' | 'denied' | 'redeemed'
  session: string | null
}

const firstPause: Millis = 1_000
/** RFC 8628, section 3.5: who is told to slow down adds five seconds, for good. */
const slower: Millis = 5_000

/** The device flow's codes (RFC 8628). */
export function createDevices(db: CloudDatabase, clock: Pick<Clock, 'now'>) {
  return {
    begin(client: string) {
      const now = clock.now()
      db.run('DELETE FROM identity_device WHERE expires <= ?', now - remembrance)
      const deviceCode = newSecret()
      const userCode = newUserCode()
      const row = [hashOf(deviceCode), userCode, client, now + deviceLifetime, firstPause] as const
      db.run('INSERT INTO identity_device (code, userCode, client, expires, pause) VALUES (?, ?, ?, ?, ?)', ...row)
      return { deviceCode, userCode, expiresIn: deviceLifetime, interval: firstPause }
    },
    find: (deviceCode: string) => db.get<Device>('SELECT * FROM identity_device WHERE code = ?', hashOf(deviceCode)),
    /** The one that waits for a person's answer under this code. */
    waiting: (userCode: string) =>
      db.get<Device>(
        `SELECT * FROM identity_device WHERE userCode = ? AND answer = 'pending' AND expires > ?`,
        userCode,
        clock.now(),
      ),
    /** Notes a poll; false where it came too soon, which makes the next ones wait longer. */
    poll({ code, polled, pause }: Device): boolean {
      const now = clock.now()
      // Clients count whole seconds, and their timers are not the cloud's.
      const inTime = polled === null || now - polled >= pause - 200
      const next = inTime ? pause : pause + slower
      db.run('UPDATE identity_device SET polled = ?, pause = ? WHERE code = ?', now, next, code)
      return inTime
    },
    allow: ({ code }: Device, session: string) =>
      db.run(`UPDATE identity_device SET answer = 'allowed', session = ? WHERE code = ?`, session, code),
    deny: ({ code }: Device) => db.run(`UPDATE identity_device SET answer = 'denied' WHERE code = ?`, code),
    redeem: ({ code }: Device) => db.run(`UPDATE identity_device SET answer = 'redeemed' WHERE code = ?`, code),
  }
}

export type Devices = ReturnType<typeof createDevices>
