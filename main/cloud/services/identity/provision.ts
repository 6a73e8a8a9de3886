import { randomBytes } from 'node:crypto'
import { policyArn } from '../iam/names.ts'
import type { DeskRole } from '../iam/seed.ts'
import type { Identity } from './lends.ts'
import { permissionSets } from './people.ts'

/**
 * Makes the role behind a permission set in an account, as Identity Center does: under its reserved path and name,
 * with the policies that the set names in that account. Nobody assumes it but through a sign-in.
 */
export function provision(
  { directory, store, secrets, clock }: Pick<Identity, 'directory' | 'store' | 'secrets' | 'clock'>,
  account: string,
  set: DeskRole,
): void {
  const known = directory.roleFor(account, set)
  if (known !== undefined && store.role(account, known)) return
  const name = known ?? `AWSReservedSSO_${set}_${randomBytes(8).toString('hex')}`
  store.addRole({
    account,
    name,
    path: '/aws-reserved/sso.amazonaws.com/',
    id: secrets.uniqueId('AROA'),
    created: clock.now(),
    trust: JSON.stringify(trustOf(account)),
    description: permissionSets[set].description,
    maxSession: 43_200,
  })
  const policy = policyArn({ account, path: '/', name: `CloudPipelines${set}` })
  store.attach({ account, kind: 'role', name }, policy)
  directory.setRole(account, set, name)
}

const trustOf = (account: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:saml-provider/AWSSSO_DO_NOT_DELETE` },
      Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
      Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
    },
  ],
})
