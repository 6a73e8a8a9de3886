import { pino } from 'pino'
import { systemClock } from '../base/clock.ts'
import { messageOf } from '../base/failure.ts'
import { BadArguments, readArguments } from './arguments.ts'
import { type Cloud, createCloud } from './cloud.ts'
import { showFaults } from './faults.ts'
import { DirectoryRefused } from './state/directory.ts'

/** Reads the command line, opens the cloud, says one line when it is ready. */
async function serve(argv: readonly string[], env: NodeJS.ProcessEnv, ownResources: string): Promise<void> {
  const { json, followParent, resources = ownResources, ...settings } = readArguments(argv, env)
  const cloud = await createCloud({
    ...settings,
    resources,
    clock: systemClock,
    log: pino(
      { base: null, serializers: { error: pino.stdSerializers.err } },
      pino.destination({ dest: 2, sync: true }),
    ),
  })
  endWith(cloud, followParent)
  const { endpoint, region, accounts, identityCenter } = cloud
  const { configFile, credentialsFile, gitCredentialsFile, controlFile } = cloud
  if (json) {
    const files = { configFile, credentialsFile, gitCredentialsFile, controlFile }
    process.stdout.write(`${JSON.stringify({ endpoint, region, accounts, identityCenter, ...files })}\n`)
    return
  }
  say(`The local cloud listens on ${endpoint}. Profiles: ${accounts.map(({ profile }) => profile).join(', ')}.`)
  const people = identityCenter.users.map(({ userName }) => userName).join(', ')
  say(
    `Sign in at ${identityCenter.startUrl} as ${people}; passwords in aws/identity-center.json of its data directory.`,
  )
  say('To use it with the AWS CLI:')
  process.stdout.write(`export AWS_CONFIG_FILE=${shellWord(configFile)}\n`)
  process.stdout.write(`export AWS_SHARED_CREDENTIALS_FILE=${shellWord(credentialsFile)}\n`)
}

/** How long an orderly end may take, in ms. The desk sends SIGKILL after eight seconds. */
const patience = 7_000

/** Stops once, whoever asks first: a signal, or a parent that is gone. */
function endWith(cloud: Cloud, followParent: boolean) {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    // State is durable at every moment: being cut off loses nothing, hanging for ever would.
    setTimeout(() => {
      say(`The local cloud did not stop within ${patience} ms and was cut off.`)
      process.exit(1)
    }, patience).unref()
    cloud.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        say(`could not stop cleanly: ${stackOf(error)}`)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (!followParent) return
  process.once('disconnect', stop)
  process.stdin.once('end', stop).once('error', stop).resume()
}

const say = (line: string) => process.stderr.write(`${line}\n`)
const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error))
const shellWord = (text: string) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/**
 * `faults …` asks a running cloud and ends; anything else runs a cloud until it is told to end. Where that cannot be,
 * says why in one sentence.
 */
export async function run(argv: readonly string[], env: NodeJS.ProcessEnv, resources: string): Promise<void> {
  try {
    await (argv[0] === 'faults' ? showFaults(argv.slice(1), env) : serve(argv, env, resources))
  } catch (error) {
    const known = error instanceof BadArguments || error instanceof DirectoryRefused
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    say(known ? error.message : inUse ? `${messageOf(error)}: choose another with --port.` : stackOf(error))
    process.exitCode = 1
  }
}
