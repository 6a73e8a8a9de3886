import { hash } from 'node:crypto'
import type { Account, Organization, OrganizationalUnit, Root } from '@aws-sdk/client-organizations'
import { AwsError } from '../../server/awsError.ts'
import type { Call } from '../../server/operation.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import { administratorName } from '../iam/seed.ts'
import type { IamStore } from '../iam/store.ts'
import { emailOf } from './email.ts'

export interface OrganizationAccount {
  id: string
  name: string
  environment: string
}

/** What Organizations lends its operations. */
export interface OrganizationLends {
  /** The first is the management account. */
  accounts: readonly [OrganizationAccount, ...OrganizationAccount[]]
  /** Knows when each account began. */
  store: Pick<IamStore, 'user'>
  tokens: SealedTokens
}

/** Everything that there is to tell: the tree of one organization. */
export interface OrganizationView {
  organization: Organization
  root: Root & { Id: string }
  units: readonly (OrganizationalUnit & { Id: string })[]
  accounts: readonly (Account & { Id: string })[]
  /** The root or unit that an account or unit is in. */
  parentOf(id: string): string | undefined
}

const idOf = (what: string, length: number) => {
  const digits = BigInt(`0x${hash('sha256', what)}`).toString(36)
  return digits.slice(0, length)
}

export function viewOf({ accounts, store }: OrganizationLends): OrganizationView {
  const [{ id: management, name }] = accounts
  const organizationId = `o-${idOf(`organization ${management}`, 10)}`
  const rootKey = idOf(`root ${management}`, 4)
  const rootId = `r-${rootKey}`
  const arn = (kind: string, id: string) => `arn:aws:organizations::${management}:${kind}/${organizationId}/${id}`
  const unitOf = (environment: string) => `ou-${rootKey}-${idOf(`${management} ${environment}`, 8)}`
  const environments = [...new Set(accounts.slice(1).map(({ environment }) => environment))].toSorted()
  return {
    organization: {
      Id: organizationId,
      Arn: `arn:aws:organizations::${management}:organization/${organizationId}`,
      FeatureSet: 'ALL',
      MasterAccountId: management,
      MasterAccountArn: arn('account', management),
      MasterAccountEmail: emailOf(name),
      AvailablePolicyTypes: [],
    },
    root: { Id: rootId, Arn: arn('root', rootId), Name: 'Root', PolicyTypes: [] },
    units: environments.map(environment => {
      const Id = unitOf(environment)
      return { Id, Arn: arn('ou', Id), Name: environment.charAt(0).toUpperCase() + environment.slice(1) }
    }),
    accounts: accounts.map(({ id, name: accountName }) => ({
      Id: id,
      Arn: arn('account', id),
      Name: accountName,
      Email: emailOf(accountName),
      Status: 'ACTIVE',
      State: 'ACTIVE',
      JoinedMethod: id === management ? 'INVITED' : 'CREATED',
      JoinedTimestamp: new Date(store.user(id, administratorName)?.created ?? 0),
    })),
    parentOf(id) {
      if (id === management || environments.some(environment => unitOf(environment) === id)) return rootId
      const account = accounts.find(one => one.id === id)
      return account && unitOf(account.environment)
    },
  }
}

/** Only the management account reads the organization. Throws AccessDeniedException. */
export function asManagement(lends: OrganizationLends, { account }: Pick<Call, 'account'>): OrganizationView {
  if (account === lends.accounts[0].id) return viewOf(lends)
  throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.")
}

const mostItems = 20

/** Organizations' paging: at most 20 at a time. */
export function paged<T extends { Id: string }>(
  { tokens }: OrganizationLends,
  all: readonly T[],
  input: { NextToken?: string | undefined; MaxResults?: number | undefined },
): { items: T[]; token: { NextToken?: string } } {
  const { NextToken, MaxResults = mostItems } = input
  if (MaxResults < 1 || MaxResults > mostItems)
    throw invalidInput('INVALID_PAGINATION_TOKEN', 'MaxResults is not valid.')
  const after = NextToken === undefined ? undefined : tokens.open(input, NextToken)
  const start = after === undefined ? 0 : all.findIndex(({ Id }) => Id === after) + 1
  if (NextToken !== undefined && start === 0) throw invalidInput('INVALID_NEXT_TOKEN', 'The next token is not valid.')
  const items = all.slice(start, start + MaxResults)
  const last = items.at(-1)
  return { items, token: start + items.length < all.length && last ? { NextToken: tokens.seal(input, last.Id) } : {} }
}

const invalidInput = (Reason: string, message: string) =>
  new AwsError('InvalidInputException', message, { members: { Reason } })

/** The root or the unit of an id. Throws ParentNotFoundException. */
export function parentNamed(view: OrganizationView, id: string | undefined): string {
  if (id !== undefined && (id === view.root.Id || view.units.some(({ Id }) => Id === id))) return id
  throw new AwsError('ParentNotFoundException', "We can't find a root or OU with the ParentId that you specified.")
}
