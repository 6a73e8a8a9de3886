import {
  DescribeAccountCommand,
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListChildrenCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CloudUnderTest, localOnly, refusalOf, startCloudUnderTest } from './cloudUnderTest.ts'

const [tooling, staging, production] = ['111122223333', '444455556666', '777788889999'] as const

describe.skipIf(localOnly('it is about the several accounts of the local cloud'))(
  'the organization of the local cloud',
  () => {
    let cloud: CloudUnderTest
    let management: OrganizationsClient
    beforeAll(async () => {
      cloud = await startCloudUnderTest()
      management = new OrganizationsClient(cloud.settings())
    })
    afterAll(async () => {
      management.destroy()
      await cloud.stop()
    })

    it('lists its accounts page by page, the management account first', async () => {
      const pages: (string | undefined)[][] = []
      for await (const { Accounts = [] } of paginateListAccounts({ client: management, pageSize: 2 }, {}))
        pages.push(Accounts.map(({ Id, Name, Status }) => `${Id} ${Name} ${Status}`))
      expect(pages).toEqual([
        [`${tooling} tooling ACTIVE`, `${staging} staging ACTIVE`],
        [`${production} production ACTIVE`],
      ])
      const made = management.send(new ListAccountsCommand({ NextToken: 'made up' }))
      expect(await refusalOf(made)).toMatchObject({ name: 'InvalidInputException' })
    })

    it('has each account in a unit for its environment, and the way up from everywhere', async () => {
      const { Organization } = await management.send(new DescribeOrganizationCommand({}))
      expect(Organization).toMatchObject({ MasterAccountId: tooling, FeatureSet: 'ALL' })
      const { Roots: [root] = [] } = await management.send(new ListRootsCommand({}))
      const { OrganizationalUnits: units = [] } = await management.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId: root?.Id }),
      )
      expect(units.map(({ Name }) => Name)).toEqual(['Production', 'Staging'])
      const [unit] = units
      expect(unit?.Id).toMatch(/^ou-[0-9a-z]{4}-[0-9a-z]{8}$/)
      const under = await management.send(new ListAccountsForParentCommand({ ParentId: unit?.Id }))
      expect(under.Accounts?.map(({ Id }) => Id)).toEqual([production])
      const children = await management.send(new ListChildrenCommand({ ParentId: root?.Id, ChildType: 'ACCOUNT' }))
      expect(children.Children).toEqual([{ Id: tooling, Type: 'ACCOUNT' }])
      const parents = async (ChildId: string) => (await management.send(new ListParentsCommand({ ChildId }))).Parents
      expect(await parents(production)).toEqual([{ Id: unit?.Id, Type: 'ORGANIZATIONAL_UNIT' }])
      expect(await parents(unit?.Id ?? '')).toEqual([{ Id: root?.Id, Type: 'ROOT' }])
      const described = new DescribeOrganizationalUnitCommand({ OrganizationalUnitId: unit?.Id })
      expect((await management.send(described)).OrganizationalUnit).toEqual(unit)
      const account = await management.send(new DescribeAccountCommand({ AccountId: staging }))
      expect(account.Account).toMatchObject({ Name: 'staging', Email: 'staging@example.com' })
    })

    it('names what is not there', async () => {
      const refused = async (call: Promise<unknown>) => (await refusalOf(call)).name
      expect(await refused(management.send(new DescribeAccountCommand({ AccountId: '000000000000' })))).toBe(
        'AccountNotFoundException',
      )
      expect(await refused(management.send(new ListParentsCommand({ ChildId: '000000000000' })))).toBe(
        'ChildNotFoundException',
      )
      expect(await refused(management.send(new ListAccountsForParentCommand({ ParentId: 'r-none' })))).toBe(
        'ParentNotFoundException',
      )
    })

    it('tells members what they belong to, and no more', async () => {
      const member = new OrganizationsClient(cloud.settings({ account: 'production' }))
      expect((await member.send(new DescribeOrganizationCommand({}))).Organization?.MasterAccountId).toBe(tooling)
      expect(await refusalOf(member.send(new ListAccountsCommand({})))).toMatchObject({ name: 'AccessDeniedException' })
      member.destroy()
    })

    it('lets the management account, and no member, into every member by OrganizationAccountAccessRole', async () => {
      const assume = async (from: string, account: string) => {
        const sts = new STSClient(cloud.settings({ account: from }))
        const RoleArn = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`
        const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'hub' }))
        sts.destroy()
        const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
        return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
      }
      for (const account of [staging, production]) {
        const sts = new STSClient(cloud.settings({ credentials: await assume('tooling', account) }))
        expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(account)
        sts.destroy()
      }
      expect(await refusalOf(assume('staging', production))).toMatchObject({ status: 403 })
    })
  },
)
