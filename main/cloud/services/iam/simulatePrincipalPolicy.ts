import type { EvaluationResult, SimulatePolicyResponse, SimulatePrincipalPolicyRequest } from '@aws-sdk/client-iam'
import { type Decision, evaluate } from '../../../iam/evaluate.ts'
import { requestOf } from '../../server/authorize.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Caller, Operation } from '../../server/operation.ts'
import type { IamLends } from './index.ts'
import { noSuchEntity, parseIamArn } from './names.ts'
import { page } from './page.ts'

/** What the cloud would decide, by the same evaluation that decides every call. */
export const simulatePrincipalPolicy: Operation<IamLends, SimulatePrincipalPolicyRequest, SimulatePolicyResponse> = {
  resources: ({ PolicySourceArn }) => [PolicySourceArn ?? '*'],
  run({ store, identities, clock }, input, { account }) {
    const { PolicySourceArn: principalArn = '', ActionNames = [], ResourceArns = ['*'], Marker, MaxItems } = input
    const caller = principalOf(principalArn)
    if (caller.account !== account) {
      throw new AwsError(
        'InvalidInputException',
        `Invalid Entity Arn: ${principalArn} does not clearly define entity type and name.`,
      )
    }
    const exists =
      caller.kind === 'user' ? store.user(account, nameIn(principalArn)) : store.role(account, nameIn(principalArn))
    if (!exists) throw noSuchEntity(caller.kind === 'user' ? 'user' : 'role', nameIn(principalArn))
    const context = Object.fromEntries(
      (input.ContextEntries ?? []).map(entry => [entry.ContextKeyName ?? '', entry.ContextKeyValues ?? []]),
    )
    const results = ActionNames.flatMap(action =>
      ResourceArns.map((resource): EvaluationResult => {
        const request = requestOf(caller, action, resource, { owner: account, context }, clock)
        const decision = evaluate(request, { identity: identities.policiesOf(caller) })
        return {
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decisionName(decision),
          MatchedStatements: decision.matched.map(({ source }) => {
            return { SourcePolicyId: source.name, SourcePolicyType: policyType(source.name, caller) }
          }),
          MissingContextValues: [],
        }
      }),
    )
    const { items, ...rest } = page(results, { Marker, MaxItems })
    return { EvaluationResults: items, ...rest }
  },
}

function principalOf(arn: string): Caller {
  const user = parseIamArn(arn, 'user')
  const named = user ?? parseIamArn(arn, 'role')
  if (!named) {
    throw new AwsError(
      'InvalidInputException',
      `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
    )
  }
  return { kind: user ? 'user' : 'assumedRole', account: named.account, arn, userId: '', principalArn: arn }
}

const nameIn = (arn: string) => arn.split('/').at(-1) ?? ''

function decisionName({ kind }: Decision) {
  return kind === 'allow' ? 'allowed' : kind
}

function policyType(name: string, caller: Caller) {
  if (name.startsWith('arn:aws:iam::aws:')) return 'aws-managed' as const
  if (name.startsWith('arn:')) return 'user-managed' as const
  return caller.kind === 'user' ? ('user' as const) : ('role' as const)
}
