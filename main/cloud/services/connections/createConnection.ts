import { randomUUID } from 'node:crypto'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { type Connections, type Tag, tagMap } from './lends.ts'

interface Input {
  ConnectionName: string
  ProviderType?: string
  Tags?: Tag[]
  HostArn?: string
}

const providers = ['Bitbucket', 'GitHub', 'GitHubEnterpriseServer', 'GitLab', 'GitLabSelfManaged', 'AzureDevOps']

export const createConnection: Operation<Connections, Input, object> = {
  run({ store, prefix }, { ConnectionName: name, ProviderType: provider, Tags = [], HostArn }, { account, region }) {
    const invalid = (value: string, member: string, constraint: string) =>
      new AwsError(
        'ValidationException',
        `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
      )
    if (name.length > 32) throw invalid(name, 'connectionName', 'Member must have length less than or equal to 32')
    if (HostArn !== undefined) throw new AwsError('ValidationException', 'Hosts are not offered by the local cloud.')
    if (provider === undefined || !providers.includes(provider))
      throw invalid(provider ?? '', 'providerType', `Member must satisfy enum value set: [${providers.join(', ')}]`)
    const arn = `arn:aws:${prefix}:${region}:${account}:connection/${randomUUID()}`
    store.put({ arn, account, region, name, provider, tags: tagMap(Tags) })
    return { ConnectionArn: arn, ...(Tags.length > 0 && { Tags }) }
  },
}
