import type { DeskRole } from '../iam/seed.ts'
import { emailOf } from '../organizations/email.ts'
import type { Identity } from './lends.ts'
import { hashPassword, newPassword } from './passwords.ts'
import { onlyAdministrator, type Person, permissionSets, samplePeople } from './people.ts'
import { provision } from './provision.ts'
import type { SignInUser } from './signInFile.ts'

export interface IdentitySeed {
  accounts: readonly { id: string; environment: string }[]
  samples: boolean
  /** By user name. Whoever has none gets a new one. */
  passwords: ReadonlyMap<string, string>
}

/** Makes the permission sets with their roles, and the people of a new cloud; what is there already stays. */
export async function seedIdentity(identity: Identity, seed: IdentitySeed): Promise<SignInUser[]> {
  const { directory } = identity
  const sets = Object.keys(permissionSets) as DeskRole[]
  for (const name of sets) {
    directory.addPermissionSet({ name, ...permissionSets[name] })
    for (const { id } of seed.accounts) provision(identity, id, name)
  }
  const users: SignInUser[] = []
  // One after the other: each hash takes 32 MiB while it is made.
  for (const person of seed.samples ? samplePeople : onlyAdministrator)
    users.push(await seedPerson(identity, person, seed))
  return users
}

async function seedPerson({ directory }: Identity, person: Person, seed: IdentitySeed): Promise<SignInUser> {
  const { name, displayName, everywhere, production = [] } = person
  const email = emailOf(name)
  const password = seed.passwords.get(name) ?? newPassword()
  if (!directory.user(name)) directory.addUser({ name, displayName, email, password: await hashPassword(password) })
  else if (!seed.passwords.has(name)) directory.setPassword(name, await hashPassword(password))
  for (const { id: account, environment } of seed.accounts) {
    const sets = environment === 'production' ? [...everywhere, ...production] : everywhere
    for (const permissionSet of sets) directory.assign({ user: name, account, permissionSet })
  }
  return { userName: name, displayName, email, password }
}
