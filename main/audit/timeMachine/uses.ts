import type { Declaration } from '../../../preload/contract/declaration.ts'
import { subjectOfProject, subjectOfRole } from '../ledger/eventClaim.ts'

/** Something outside a pipeline that it uses: where, and by which subject events are about it. */
export interface Use {
  account: string
  subject: string
}

/** A role, where its ARN says in which account it is. */
export function roleUse(arn: string): Use[] {
  const account = arn.split(':')[4]
  return account ? [{ account, subject: subjectOfRole(arn.slice(arn.lastIndexOf('/') + 1)) }] : []
}

/** Roles, build projects and connections that a definition uses. The roles of its builds it does not tell. */
export function usesOf(declaration: Declaration, at: { account: string; region: string }): Use[] {
  const actions = declaration.stages.flatMap(stage => stage.actions)
  const roles = [declaration.roleArn, ...actions.flatMap(({ roleArn }) => roleArn ?? [])]
  return [
    ...roles.flatMap(roleUse),
    ...actions.flatMap(({ actionTypeId, configuration = {}, region = at.region, roleArn }) => {
      const account = roleArn?.split(':')[4] ?? at.account
      const { ProjectName: project, ConnectionArn: connection } = configuration
      return [
        ...(actionTypeId.provider === 'CodeBuild' && project !== undefined
          ? [{ account, subject: subjectOfProject(region, project) }]
          : []),
        ...(connection !== undefined ? [{ account, subject: `connection/${connection}` }] : []),
      ]
    }),
  ]
}

/** Which pipelines use what, in any version that is known: who changed a role matters for all that ever ran with it. */
export interface Uses {
  of(account: string, subject: string): string[]
  /** Names of the build projects there that any pipeline uses. */
  projects(at: { account: string; region: string }): string[]
  /** Names of an account's roles that any pipeline uses. */
  roles(account: string): string[]
  /** Gives what nobody was known to use before, or this pipeline was not known to. */
  add(pipeline: string, uses: readonly Use[]): Use[]
}

export function createUses(): Uses {
  const pipelines = new Map<string, Set<string>>()
  const idOf = ({ account, subject }: Use) => `${account} ${subject}`
  const under = (account: string, subject: string) => {
    const prefix = idOf({ account, subject })
    return [...pipelines.keys()].flatMap(id => (id.startsWith(prefix) ? id.slice(prefix.length) : []))
  }
  return {
    of: (account, subject) => [...(pipelines.get(idOf({ account, subject })) ?? [])].sort(),
    projects: ({ account, region }) => under(account, subjectOfProject(region, '')),
    roles: account => under(account, subjectOfRole('')),
    add: (pipeline, uses) =>
      uses.filter(use => {
        const known = pipelines.get(idOf(use)) ?? new Set<string>()
        if (known.has(pipeline)) return false
        pipelines.set(idOf(use), known.add(pipeline))
        return true
      }),
  }
}
