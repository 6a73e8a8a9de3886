import { createAws } from '../../aws/aws.ts'
import { systemClock } from '../../base/clock.ts'
import { openStore } from '../../store/store.ts'
import { createLedger } from '../ledger/ledger.ts'
import { readLane } from './readLane.ts'

/**
 * The reading part of a desk as a process of its own, to be killed: reads the names that it is given, one after the
 * other, and says each page. Arguments: database, endpoint, account, key id, secret key, names.
 */
const [file = '', endpoint = '', account = '', accessKeyId = '', secretAccessKey = '', names = ''] =
  process.argv.slice(2)
const store = openStore(file, Date.now())
const aws = createAws({ clock: systemClock, random: Math.random })
aws.admit(account, {
  credentials: async () => ({ accessKeyId, secretAccessKey }),
  endpoint,
  website: () => '',
})
const ledger = createLedger(store.ledger, systemClock, {
  concerns: (_account, subject) => (subject.startsWith('role/') ? ['site'] : []),
  who: () => undefined,
  more: () => undefined,
})
ledger.onRecorded(recorded => process.stdout.write(`recorded ${recorded.length}\n`))
/** The desk's timers keep no process alive by themselves. */
const alive = setInterval(() => {}, 1_000)
for (const name of names.split(',')) {
  const reading = { trail: aws.cloudTrail, ledger, store: store.ledger, clock: systemClock, onGap: () => {} }
  await readLane(reading, { account, region: 'us-east-1' }, name, { priority: 'idle' })
  process.stdout.write(`read ${name}\n`)
}
process.stdout.write('done\n')
clearInterval(alive)
aws.stop()
store.close()
