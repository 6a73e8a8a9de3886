import { GetRoleCommand, ListAttachedRolePoliciesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import type { Ask, At } from './ask.ts'
import type { Door } from './door.ts'

/** What a principal's policies say of one action on one resource. */
export interface Simulated {
  action: string
  resource: string
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
}

/** What IAM is asked. */
export interface Iam {
  /** A role's ARN with its path, which the ARN of a session lacks. */
  roleArn(account: string, name: string, ask: Ask): Promise<string | undefined>
  /** ARNs of the managed policies that are attached to a role. */
  attachedPolicies(account: string, role: string, ask: Ask): Promise<string[]>
  /** Each action on each resource, by the principal's own policies (SimulatePrincipalPolicy). */
  simulate(
    account: string,
    principal: string,
    actions: readonly string[],
    resources: readonly string[],
    ask: Ask,
  ): Promise<Simulated[]>
}

/** A global service: it answers in us-east-1. */
const at = (account: string): At => ({ account, region: 'us-east-1' })

/** Every page of an answer, in their order. */
async function allPages<P extends { IsTruncated?: boolean | undefined; Marker?: string | undefined }>(
  ask: (marker: string | undefined) => Promise<P>,
): Promise<P[]> {
  const pages: P[] = []
  let marker: string | undefined
  do {
    const page = await ask(marker)
    pages.push(page)
    marker = page.IsTruncated ? page.Marker : undefined
  } while (marker !== undefined)
  return pages
}

export function iam(door: Door): Iam {
  return {
    async roleArn(account, RoleName, ask) {
      const output = await door(
        at(account),
        {
          service: 'iam',
          name: 'GetRole',
          same: RoleName,
          send: client => client.send(new GetRoleCommand({ RoleName })),
        },
        ask,
      )
      return output.Role?.Arn
    },
    async attachedPolicies(account, RoleName, ask) {
      const pages = await allPages(Marker =>
        door(
          at(account),
          {
            service: 'iam',
            name: 'ListAttachedRolePolicies',
            same: JSON.stringify([RoleName, Marker]),
            send: client => client.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
          },
          ask,
        ),
      )
      return pages.flatMap(({ AttachedPolicies = [] }) => AttachedPolicies.flatMap(({ PolicyArn }) => PolicyArn ?? []))
    },
    async simulate(account, PolicySourceArn, actions, resources, ask) {
      const pages = await allPages(Marker =>
        door(
          at(account),
          {
            service: 'iam',
            name: 'SimulatePrincipalPolicy',
            same: JSON.stringify([PolicySourceArn, actions, resources, Marker]),
            send: client =>
              client.send(
                new SimulatePrincipalPolicyCommand({
                  PolicySourceArn,
                  ActionNames: [...actions],
                  ResourceArns: [...resources],
                  Marker,
                }),
              ),
          },
          ask,
        ),
      )
      return pages.flatMap(({ EvaluationResults = [] }) =>
        EvaluationResults.flatMap((result): Simulated[] => {
          const { EvalActionName: action, EvalResourceName, EvalDecision: decision, MissingContextValues = [] } = result
          // A condition on what only the real call knows, such as a tag: whether it is allowed is not told.
          if (decision === 'implicitDeny' && MissingContextValues.length > 0) return []
          return action === undefined || decision === undefined
            ? []
            : [{ action, resource: EvalResourceName ?? '*', decision }]
        }),
      )
    },
  }
}
