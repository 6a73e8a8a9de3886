import { LambdaClient } from '@aws-sdk/client-lambda'
import { ZipFile } from 'yazl'
import { createAdmits } from '../../server/admits.ts'
import { createSealedTokens } from '../../state/sealedTokens.ts'
import { startEndpoint, type TestUser, tooling } from '../endpoint.testing.ts'
import { systemSecrets } from '../iam/names.ts'
import { createLogs } from '../logs/index.ts'
import { s3Protocol } from '../s3/protocol.ts'
import { createS3 } from '../s3/s3.ts'
import { accessOf } from '../sts/issueCredentials.ts'
import { createLambda } from './index.ts'
import { lambdaProtocol } from './protocol.ts'

/** A deployment package of these files. */
export async function zipOf(files: Readonly<Record<string, string>>): Promise<Uint8Array> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const parts: Uint8Array[] = []
  for await (const part of zip.outputStream) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

/** A cloud with Lambda, S3 and Logs; functions really run. */
export async function startLambda() {
  let lambda: ReturnType<typeof createLambda> | undefined
  let addRole: (name: string, policy: object) => string = () => ''
  let endpoint = ''
  const cloud = await startEndpoint(async world => {
    const { store, clock, database } = world
    const s3 = await createS3(world)
    const logs = createLogs(world)
    addRole = (name, policy) => {
      const arn = `arn:aws:iam::${tooling}:role/${name}`
      store.addRole({
        account: tooling,
        name,
        id: systemSecrets.uniqueId('AROA'),
        path: '/',
        created: clock.now(),
        trust: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        }),
        description: null,
        maxSession: 3600,
      })
      store.putInline({ account: tooling, kind: 'role', name }, 'only', JSON.stringify(policy))
      return arn
    }
    lambda = createLambda({
      ...world,
      admits: createAdmits(clock),
      tokens: createSealedTokens(database),
      objects: s3.objects,
      logs: logs.writer,
      access: (role, seconds) => ({ endpoint, ...accessOf({ store, clock, secrets: systemSecrets }, role, seconds) }),
      log: { warn: () => {} },
      onError: error => {
        throw error
      },
    })
    await lambda.start()
    return { services: [s3.service, logs.service, lambda.service], rest: [s3Protocol, lambdaProtocol] }
  })
  endpoint = cloud.endpoint
  if (!lambda) throw new Error('Lambda was not made')
  const made = lambda
  const clientOf = ({ credentials }: TestUser) =>
    new LambdaClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
  return {
    ...cloud,
    functions: made.functions,
    addRole,
    clientOf,
    async stop() {
      await made.stop()
      await cloud.stop()
    },
  }
}
