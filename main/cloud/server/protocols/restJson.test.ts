import {
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-lambda'
import { GetRoleCredentialsCommand, ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso'
import { CreateTokenCommand, RegisterClientCommand, SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEndpoint, type TestUser, tooling } from '../../services/endpoint.testing.ts'
import { AwsError } from '../awsError.ts'
import type { Call, Caller, Service } from '../operation.ts'
import { createRestJsonService } from './restJsonService.ts'

const calls: { operation: string; input: object; call: Call }[] = []
const hear = (operation: string, answer: (input: Record<string, unknown>) => object) => ({
  authorized: false as const,
  run(_service: unknown, input: object, call: Call) {
    calls.push({ operation, input, call })
    return answer({ ...input })
  },
})
const ann: Caller = { kind: 'user', account: tooling, arn: 'arn', userId: 'ann', principalArn: 'arn' }

const tables: Service[] = [
  {
    name: 'lambda',
    lends: undefined,
    operations: {
      Invoke: hear('Invoke', input => ({ StatusCode: 202, LogResult: 'bG9n', Payload: input.Payload })),
      ListTags: hear('ListTags', input => ({ Tags: { of: String(input.Resource) } })),
      UntagResource: hear('UntagResource', () => ({})),
      GetFunction: hear('GetFunction', () => {
        throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
          members: { retryAfterSeconds: '7', Type: 'User', Reason: 'CallerRateLimitExceeded' },
        })
      }),
    },
  },
  {
    name: 'sso-oidc',
    lends: undefined,
    operations: {
      RegisterClient: hear('RegisterClient', () => ({ clientId: 'c', clientSecretExpiresAt: 4 })),
      CreateToken: hear('CreateToken', () => {
        throw new AwsError('AuthorizationPendingException', 'unused', { members: { error: 'authorization_pending' } })
      }),
    },
  },
  { name: 'sso', lends: undefined, operations: { ListAccounts: hear('ListAccounts', () => ({ accountList: [] })) } },
]

describe('restJson', () => {
  let cloud: Awaited<ReturnType<typeof startEndpoint>>
  let key: TestUser['credentials']
  beforeAll(async () => {
    cloud = await startEndpoint(() => ({
      services: tables,
      rest: [
        createRestJsonService({
          service: 'lambda',
          authentication: { kind: 'sigV4', signingName: 'lambda' },
          client: () => import('@aws-sdk/client-lambda'),
        }),
        createRestJsonService({
          service: 'sso',
          authentication: {
            kind: 'bearer',
            header: 'x-amz-sso_bearer_token',
            caller(token) {
              if (token === 'good') return ann
              throw new AwsError('UnauthorizedException', 'Session token not found or invalid')
            },
          },
          client: () => import('@aws-sdk/client-sso'),
        }),
        createRestJsonService({
          service: 'sso-oidc',
          authentication: { kind: 'none' },
          client: () => import('@aws-sdk/client-sso-oidc'),
        }),
      ],
    }))
    key = cloud.addUser(tooling, 'ann').credentials
  })
  afterAll(() => cloud.stop())

  const client = <C>(of: new (config: object) => C, more: object = {}) =>
    new of({ endpoint: cloud.endpoint, region: 'us-east-1', maxAttempts: 1, ...more })
  const lambda = () => client(LambdaClient, { credentials: key })
  const heard = () => calls.splice(0).map(({ operation, input }) => ({ operation, input }))

  it('reads labels, headers and a payload, and answers with a status, headers and a payload', async () => {
    const output = await lambda().send(
      new InvokeCommand({ FunctionName: 'a b', LogType: 'Tail', Qualifier: '1', Payload: Buffer.from('{"x":1}') }),
    )
    expect(output).toMatchObject({ StatusCode: 202, LogResult: 'bG9n' })
    expect(output.Payload?.transformToString()).toBe('{"x":1}')
    expect(output.$metadata.httpStatusCode).toBe(202)
    const [{ input } = { input: {} }] = heard()
    expect(input).toMatchObject({ FunctionName: 'a b', LogType: 'Tail', Qualifier: '1' })
  })

  it('reads an ARN in the path and a list in the query', async () => {
    const arn = `arn:aws:lambda:us-east-1:${tooling}:function:f`
    expect(await lambda().send(new ListTagsCommand({ Resource: arn }))).toMatchObject({ Tags: { of: arn } })
    await lambda().send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a', 'b,c'] }))
    expect(heard()[1]).toEqual({ operation: 'UntagResource', input: { Resource: arn, TagKeys: ['a', 'b,c'] } })
  })

  it('writes an error with the members and headers of its model', async () => {
    await expect(lambda().send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      Reason: 'CallerRateLimitExceeded',
      retryAfterSeconds: '7',
      $metadata: { httpStatusCode: 429 },
    })
    heard()
  })

  it('refuses an unsigned request to a service of signatures with 403, and an unknown key too', async () => {
    const unsigned = await fetch(`${cloud.endpoint}/2015-03-31/functions/f`)
    expect(unsigned.status).toBe(403)
    expect(unsigned.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException')
    const stranger = client(LambdaClient, { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } })
    await expect(stranger.send(new GetFunctionCommand({ FunctionName: 'f' }))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      $metadata: { httpStatusCode: 403 },
    })
    expect(heard()).toEqual([])
  })

  it('lets a service without signatures be asked by anybody', async () => {
    const output = await client(SSOOIDCClient).send(
      new RegisterClientCommand({ clientName: 'desk', clientType: 'public' }),
    )
    expect(output).toMatchObject({ clientId: 'c', clientSecretExpiresAt: 4 })
    expect(heard()).toEqual([{ operation: 'RegisterClient', input: { clientName: 'desk', clientType: 'public' } }])
  })

  it('says of an error without a message only what its model has', async () => {
    const asking = client(SSOOIDCClient).send(
      new CreateTokenCommand({ clientId: 'c', clientSecret: 's', grantType: 'g' }),
    )
    await expect(asking).rejects.toMatchObject({
      name: 'AuthorizationPendingException',
      error: 'authorization_pending',
    })
    heard()
  })

  it('finds the caller by the token in a header', async () => {
    const portal = client(SSOClient)
    await portal.send(new ListAccountsCommand({ accessToken: 'good', maxResults: 5 }))
    expect(calls.splice(0)).toMatchObject([
      {
        operation: 'ListAccounts',
        input: { accessToken: 'good', maxResults: 5 },
        call: { account: tooling, caller: ann },
      },
    ])
    await expect(portal.send(new ListAccountsCommand({ accessToken: 'bad' }))).rejects.toMatchObject({
      name: 'UnauthorizedException',
      $metadata: { httpStatusCode: 401 },
    })
  })

  it('refuses an operation that the service does not have here', async () => {
    const asking = client(SSOClient).send(
      new GetRoleCredentialsCommand({ accessToken: 'good', roleName: 'r', accountId: '1' }),
    )
    await expect(asking).rejects.toMatchObject({ name: 'UnknownOperationException' })
  })
})
