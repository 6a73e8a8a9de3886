import { join } from 'node:path'
import type { Clock } from '../../../base/clock.ts'
import { probeSandbox, type Sandbox } from '../../machine/sandbox.ts'
import type { Admits } from '../../server/admits.ts'
import type { Authorize, Caller, Service } from '../../server/operation.ts'
import type { CloudDatabase } from '../../state/database.ts'
import type { SealedTokens } from '../../state/sealedTokens.ts'
import type { CloudAccess } from '../codebuild/runner/environment.ts'
import type { Identities } from '../iam/identities.ts'
import type { LogWriter } from '../logs/writer.ts'
import type { Objects } from '../s3/objects.ts'
import { addPermission } from './addPermission.ts'
import { createCodeStore } from './codeStore.ts'
import { createFunction } from './createFunction.ts'
import { deleteFunction } from './deleteFunction.ts'
import { createFunctionStore } from './functionStore.ts'
import { getFunction } from './getFunction.ts'
import { getFunctionConfiguration } from './getFunctionConfiguration.ts'
import { getPolicy } from './getPolicy.ts'
import { createFunctions, type Functions } from './inProcess.ts'
import { createInvocations } from './invocations.ts'
import { invoke } from './invoke.ts'
import type { Lambda } from './lends.ts'
import { listFunctions } from './listFunctions.ts'
import { listTags } from './listTags.ts'
import { removePermission } from './removePermission.ts'
import { type Installation, installRuntimes } from './runtime/installation.ts'
import { createInvoker } from './runtime/invoker.ts'
import { migrateLambda } from './schema.ts'
import { tagResource } from './tagResource.ts'
import { untagResource } from './untagResource.ts'
import { updateFunctionCode } from './updateFunctionCode.ts'
import { updateFunctionConfiguration } from './updateFunctionConfiguration.ts'

const operations = {
  AddPermission: addPermission,
  CreateFunction: createFunction,
  DeleteFunction: deleteFunction,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  GetPolicy: getPolicy,
  Invoke: invoke,
  ListFunctions: listFunctions,
  ListTags: listTags,
  RemovePermission: removePermission,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
}

export interface LambdaOptions {
  database: CloudDatabase
  clock: Clock
  identities: Identities
  authorize: Authorize
  admits: Admits
  tokens: SealedTokens
  objects: Objects
  logs: LogWriter
  /** The cloud's data directory; what belongs to functions lies in `lambda` below it. */
  data: string
  access: (role: Caller, seconds: number) => CloudAccess
  log: { warn(detail: object, message: string): void }
  onError: (error: unknown, what: string) => void
  /** How functions are walled off, where it is not found out by trying. */
  sandbox?: Sandbox
}

/** Lambda, and how the cloud's other services invoke its functions. They run between `start` and `stop`. */
export function createLambda(options: LambdaOptions): {
  service: Service<Lambda>
  functions: Functions
  start(): Promise<void>
  stop(): Promise<void>
} {
  const { database, clock, identities, authorize, tokens, objects, data } = options
  migrateLambda(database)
  const directory = join(data, 'lambda')
  const functions = createFunctionStore(database)
  const code = createCodeStore({ directory: join(directory, 'code'), objects })
  let installation: Installation | undefined
  const invoker = createInvoker({
    ...options,
    code,
    scratch: join(directory, 'scratch'),
    installation() {
      if (!installation) throw new Error('Lambda has not been started')
      return installation
    },
  })
  const invocations = createInvocations({ ...options, functions, invoker })
  return {
    service: {
      name: 'lambda',
      lends: { functions, code, invocations, identities, authorize, tokens, clock },
      operations,
    },
    functions: createFunctions({ ...options, functions, invocations }),
    async start() {
      const sandbox = options.sandbox ?? (await probeSandbox('machine'))
      if (sandbox.kind === 'none')
        options.log.warn({ reason: sandbox.reason }, 'functions are not isolated from this machine')
      code.prune(functions.packages())
      installation = installRuntimes(join(directory, 'runtime'), sandbox)
      invocations.start()
    },
    stop: () => invocations.stop(),
  }
}
