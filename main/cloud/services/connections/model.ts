/**
 * The part of the API's model that is here, in the form of the SDK clients' runtime schemas: there is no client of this
 * service among the cloud's own. Operation: 9; structure: 3, its required members first; list: 1; error: -3.
 */
const namespace = 'com.amazonaws.codestarconnections'
type Reference = () => readonly unknown[]

const structure = (name: string, members: Readonly<Record<string, 0 | 1 | Reference>>, required: number) =>
  [3, namespace, name, 0, Object.keys(members), Object.values(members), required] as const
const list = (name: string, item: Reference): Reference => {
  const made = [1, namespace, name, 0, item] as const
  return () => made
}
const operation = (name: string, input: Reference, output: Reference) => [9, namespace, name, 0, input, output] as const
const error = (name: string) => [-3, namespace, name, { error: 'client', httpError: 400 }, ['Message'], [0]] as const

const tag = structure('Tag', { Key: 0, Value: 0 }, 2)
const tags = list('TagList', () => tag)
const connection = structure(
  'Connection',
  { ConnectionName: 0, ConnectionArn: 0, ProviderType: 0, OwnerAccountId: 0, ConnectionStatus: 0, HostArn: 0 },
  0,
)
const connections = list('ConnectionList', () => connection)
const strings = list('TagKeyList', () => text)
const text: readonly unknown[] = [0, namespace, 'TagKey', 0, 0]

const named = structure('ConnectionInput', { ConnectionArn: 0 }, 1)
const resource = structure('ResourceInput', { ResourceArn: 0 }, 1)
const nothing = structure('Empty', {}, 0)

const createInput = structure(
  'CreateConnectionInput',
  { ConnectionName: 0, ProviderType: 0, Tags: tags, HostArn: 0 },
  1,
)
const createOutput = structure('CreateConnectionOutput', { ConnectionArn: 0, Tags: tags }, 1)
const getOutput = structure('GetConnectionOutput', { Connection: () => connection }, 0)
const listInput = structure(
  'ListConnectionsInput',
  { ProviderTypeFilter: 0, HostArnFilter: 0, MaxResults: 1, NextToken: 0 },
  0,
)
const listOutput = structure('ListConnectionsOutput', { Connections: connections, NextToken: 0 }, 0)
const tagsOutput = structure('ListTagsForResourceOutput', { Tags: tags }, 0)
const tagInput = structure('TagResourceInput', { ResourceArn: 0, Tags: tags }, 2)
const untagInput = structure('UntagResourceInput', { ResourceArn: 0, TagKeys: strings }, 2)

export const CreateConnection$ = operation(
  'CreateConnection',
  () => createInput,
  () => createOutput,
)
export const GetConnection$ = operation(
  'GetConnection',
  () => named,
  () => getOutput,
)
export const ListConnections$ = operation(
  'ListConnections',
  () => listInput,
  () => listOutput,
)
export const DeleteConnection$ = operation(
  'DeleteConnection',
  () => named,
  () => nothing,
)
export const ListTagsForResource$ = operation(
  'ListTagsForResource',
  () => resource,
  () => tagsOutput,
)
export const TagResource$ = operation(
  'TagResource',
  () => tagInput,
  () => nothing,
)
export const UntagResource$ = operation(
  'UntagResource',
  () => untagInput,
  () => nothing,
)
export const ResourceNotFoundException$ = error('ResourceNotFoundException')
export const LimitExceededException$ = error('LimitExceededException')
