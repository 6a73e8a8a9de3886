import type { DeskRole } from '../iam/seed.ts'

/** Somebody whom a new cloud knows, and what they may be where. */
export interface Person {
  /** Small letters: sign-in does not mind the case. */
  name: string
  displayName: string
  /** The permission sets that they have in every account. */
  everywhere: readonly DeskRole[]
  /** And in those of production. */
  production?: readonly DeskRole[]
}

/** One for each way of working with pipelines. */
export const samplePeople: readonly Person[] = [
  { name: 'maria.lindt', displayName: 'Maria Lindt', everywhere: ['ReleaseManager'], production: ['Auditor'] },
  { name: 'lena.fischer', displayName: 'Lena Fischer', everywhere: ['Operator'] },
  { name: 'noor.visser', displayName: 'Noor Visser', everywhere: ['Auditor'] },
  { name: 'ada.okafor', displayName: 'Ada Okafor', everywhere: ['Admin', 'Auditor'] },
]

/** Who is there in a cloud without samples. */
export const onlyAdministrator: readonly Person[] = [
  {
    name: 'administrator',
    displayName: 'Administrator',
    everywhere: ['Admin', 'Auditor', 'Operator', 'ReleaseManager'],
  },
]

/** What each permission set is for, and how long, in seconds, a session of it lasts. */
export const permissionSets: Readonly<Record<DeskRole, { description: string; seconds: number }>> = {
  ReleaseManager: { description: 'Releases, approves, retries and rolls back', seconds: 4 * 3600 },
  Operator: { description: 'Starts, stops and retries', seconds: 4 * 3600 },
  Auditor: { description: 'Reads everything, changes nothing', seconds: 8 * 3600 },
  Admin: { description: 'Defines pipelines and what they need', seconds: 3600 },
}
