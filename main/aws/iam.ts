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
      const found: string[] = []
      let page: string | undefined
      do {
        const Marker = page
        const output = await door(
          at(account),
          {
            service: 'iam',
            name: 'ListAttachedRolePolicies',
            same: JSON.stringify([RoleName, Marker]),
            send: client => client.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
          },
          ask,
        )
        found.push(...(output.AttachedPolicies ?? []).flatMap(({ PolicyArn }) => PolicyArn ?? []))
        page = output.IsTruncated ? output.Marker : undefined
      } while (page !== undefined)
      return found
    },
    async simulate(account, PolicySourceArn, actions, resources, ask) {
      const found: Simulated[] = []
      let page: string | undefined
      do {
        const Marker = page
        const output = await door(
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
        )
        for (const result of output.EvaluationResults ?? []) {
          const { EvalActionName, EvalResourceName, EvalDecision, MissingContextValues = [] } = result
          // A condition on what only the real call knows, such as a tag: whether it is allowed is not told.
          if (EvalDecision === 'implicitDeny' && MissingContextValues.length > 0) continue
          if (EvalActionName !== undefined && EvalDecision !== undefined)
            found.push({ action: EvalActionName, resource: EvalResourceName ?? '*', decision: EvalDecision })
        }
        page = output.IsTruncated ? output.Marker : undefined
      } while (page !== undefined)
      return found
    },
  }
}
