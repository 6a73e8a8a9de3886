import type { At } from './ask.ts'

/** CodeBuild's build ids: `project:uuid`. */
const buildId = /^[\w-]{2,}:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const isBuildId = (id: string | undefined): boolean => buildId.test(id ?? '')

/** Where an action's own service is asked: a role of another account acts there, and what it makes belongs to it. */
export function placeOfAction(
  { account, region }: At,
  action: { roleArn?: string | undefined; region?: string | undefined },
): At {
  const acting = /^arn:[^:]+:iam::(\d{12}):role\//.exec(action.roleArn ?? '')?.[1]
  return { account: acting ?? account, region: action.region ?? region }
}
