import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { writePrivately } from '../../state/writePrivately.ts'

/** Of the `sso-session` in the cloud's config file. */
export const sessionName = 'local'

/** How people sign in to a cloud, as its ready line and `aws/identity-center.json` say it. */
export interface IdentityCenter {
  startUrl: string
  /** The start URL as the config file has it, for the AWS CLI. */
  issuerUrl: string
  region: string
  sessionName: string
  users: readonly SignInUser[]
}

export interface SignInUser {
  userName: string
  displayName: string
  email: string
  password: string
}

const kept = z.object({ users: z.array(z.object({ userName: z.string(), password: z.string() })) })

/** The passwords that the file of an earlier start holds: the database has their hashes only. */
export function keptPasswords(file: string): ReadonlyMap<string, string> {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Lost or spoilt: whoever has no password there gets a new one.
    return new Map()
  }
  const parsed = kept.safeParse(content)
  return new Map(parsed.data?.users.map(({ userName, password }) => [userName, password]))
}

export function writeSignInFile(file: string, identityCenter: IdentityCenter): void {
  writePrivately(file, `${JSON.stringify(identityCenter, undefined, 2)}\n`)
}
