import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { messageOf } from '../base/failure.ts'
import type { AccountSeed } from './cloud.ts'
import { roleProfilesOf } from './profiles.ts'
import { type Rule, ruleTexts } from './server/faults/rules.ts'
import type { Lifetimes } from './services/identity/lifetimes.ts'

/** What the command line of the local cloud says. */
export interface Arguments {
  data: string
  port: number
  json: boolean
  samples: boolean
  reset: boolean
  followParent: boolean
  resources: string | undefined
  accounts: readonly [AccountSeed, ...AccountSeed[]]
  /** Limits to calls and faults that are on from the start. */
  faults: readonly Rule[]
  /** Lifetimes of sign-ins that are not the usual ones. */
  signIn: Partial<Lifetimes>
}

/** What is wrong with the command line, in a sentence. */
export class BadArguments extends Error {}

/** As AWS documents example ids. */
const exampleAccounts: readonly [AccountSeed, ...AccountSeed[]] = [
  { id: '111122223333', name: 'tooling', environment: 'development' },
  { id: '444455556666', name: 'staging', environment: 'staging' },
  { id: '777788889999', name: 'production', environment: 'production' },
]

const account = z
  .string()
  .regex(/^\d{12}:[\w.-]{1,64}$/, 'must be ID:NAME: twelve digits, a colon, and a name of letters, digits, - and _')
  .transform((text): AccountSeed => {
    const [id = '', name = ''] = text.split(':')
    return { id, name, environment: environmentOf(name) }
  })

const duration = z
  .string()
  .regex(/^\d{1,6}[smh]$/, 'must be a time such as 60s, 15m or 8h')
  .transform(
    text => Number(text.slice(0, -1)) * { s: 1_000, m: 60_000, h: 3_600_000 }[text.slice(-1) as 's' | 'm' | 'h'],
  )
  .optional()

const usage =
  'Options: --data DIR, --port N, --json, --empty, --account ID:NAME (repeatable), --reset, --throttle RULE and --fault RULE (repeatable), --sso-token-lifetime, --sso-session-lifetime and --sso-role-lifetime TIME'

const schema = ruleTexts.extend({
  data: z.string().min(1, 'needs a directory').optional(),
  port: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a number from 0 to 65535')
    .transform(Number)
    .refine(port => port <= 65_535, 'must be a number from 0 to 65535')
    .default(0),
  json: z.boolean().default(false),
  empty: z.boolean().default(false),
  reset: z.boolean().default(false),
  'follow-parent': z.boolean().default(false),
  resources: z.string().min(1).optional(),
  'sso-token-lifetime': duration,
  'sso-session-lifetime': duration,
  'sso-role-lifetime': duration,
  account: z
    .array(account)
    .default([])
    .refine(all => new Set(all.map(one => one.id)).size === all.length, 'names an id twice')
    .refine(all => new Set(all.map(one => one.name)).size === all.length, 'gives a name twice')
    .refine(
      all => !all.some(one => all.some(other => roleProfilesOf(other.name).includes(one.name))),
      'gives a name that is the profile of another account’s role',
    ),
})

/** Reads the command line. Throws {@link BadArguments}. */
export function readArguments(argv: readonly string[], env: NodeJS.ProcessEnv, home = homedir()): Arguments {
  let values: Record<string, unknown>
  try {
    values = parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        json: { type: 'boolean' },
        empty: { type: 'boolean' },
        reset: { type: 'boolean' },
        'follow-parent': { type: 'boolean' },
        resources: { type: 'string' },
        account: { type: 'string', multiple: true },
        throttle: { type: 'string', multiple: true },
        fault: { type: 'string', multiple: true },
        'sso-token-lifetime': { type: 'string' },
        'sso-session-lifetime': { type: 'string' },
        'sso-role-lifetime': { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new BadArguments(`${messageOf(error)}\n${usage}`)
  }
  const parsed = schema.safeParse({ ...values })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new BadArguments(`--${String(issue?.path[0] ?? '')} ${issue?.message ?? 'is not valid'}.`)
  }
  const { account: accounts, data, port, json, empty, reset, resources, throttle, fault } = parsed.data
  const { 'sso-token-lifetime': accessToken, 'sso-session-lifetime': session, 'sso-role-lifetime': role } = parsed.data
  const [first, ...rest] = accounts
  return {
    data: data ?? defaultData(env, home),
    port,
    json,
    samples: !empty,
    reset,
    followParent: parsed.data['follow-parent'],
    resources,
    accounts: first ? [first, ...rest] : exampleAccounts,
    faults: [...throttle, ...fault],
    signIn: {
      ...(accessToken !== undefined && { accessToken }),
      ...(session !== undefined && { session }),
      ...(role !== undefined && { role }),
    },
  }
}

/** Where a cloud keeps its data unless it is told otherwise. */
export function defaultData(env: NodeJS.ProcessEnv, home = homedir()): string {
  return join(env.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'cloudpipelines', 'cloud')
}

/** Guessed from the name; the desk lets its owner say otherwise. */
function environmentOf(name: string): AccountSeed['environment'] {
  if (/prod|live/i.test(name)) return 'production'
  if (/stag|pre|test|qa/i.test(name)) return 'staging'
  return 'development'
}
