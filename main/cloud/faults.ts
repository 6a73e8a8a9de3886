import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { messageOf } from '../base/failure.ts'
import { BadArguments, defaultData } from './arguments.ts'
import { controlFile, controlPath, faultsReport } from './server/faults/control.ts'
import { ruleTexts } from './server/faults/rules.ts'

const usage = 'Options of faults: --data DIR, --throttle RULE and --fault RULE (repeatable), or --off'

/**
 * `faults [--throttle RULE]… [--fault RULE]…` sets what befalls the calls to a running cloud, `--off` ends it, and
 * without either nothing is changed; prints what is on and how often it fired. Throws {@link BadArguments}.
 */
export async function showFaults(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { data, off, ...rules } = read(argv)
  const checked = ruleTexts.safeParse(rules)
  if (!checked.success) {
    const [issue] = checked.error.issues
    throw new BadArguments(`--${String(issue?.path[0] ?? '')} ${issue?.message ?? 'is not valid'}.`)
  }
  const given = rules.throttle !== undefined || rules.fault !== undefined
  const { throttle, fault } = await ask(data ?? defaultData(env), off || given ? JSON.stringify(rules) : undefined)
  const lines = [...throttle.map(one => ({ ...one, of: 'throttle' })), ...fault.map(one => ({ ...one, of: 'fault' }))]
  if (lines.length === 0) process.stdout.write('No limits and no faults.\n')
  for (const { of, rule, fired } of lines) process.stdout.write(`--${of} ${rule}  fired ${fired} times\n`)
}

function read(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        throttle: { type: 'string', multiple: true },
        fault: { type: 'string', multiple: true },
        off: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    throw new BadArguments(`${messageOf(error)}\n${usage}`)
  }
}

/** Asks the cloud on a directory for its faults; with a body, after setting them. */
async function ask(directory: string, body: string | undefined) {
  const file = join(directory, 'control.json')
  let known: z.infer<typeof controlFile>
  try {
    known = controlFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new BadArguments(`No local cloud has run on ${directory}; start one, or name its directory with --data.`)
  }
  const response = await fetch(`${known.endpoint}${controlPath}`, {
    method: body === undefined ? 'GET' : 'PUT',
    headers: { authorization: `Bearer ${known.token}` },
    ...(body !== undefined && { body }),
  }).catch((error: unknown) => {
    throw new BadArguments(`The local cloud of ${directory} does not answer on ${known.endpoint}: ${messageOf(error)}.`)
  })
  const said: unknown = await response.json()
  const refused = z.object({ message: z.string() }).safeParse(said)
  if (refused.success) throw new BadArguments(refused.data.message)
  return faultsReport.parse(said)
}
