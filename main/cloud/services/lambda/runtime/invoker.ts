import { hash, randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { Clock } from '../../../../base/clock.ts'
import { messageOf } from '../../../../base/failure.ts'
import { AwsError } from '../../../server/awsError.ts'
import type { Authorize, Caller } from '../../../server/operation.ts'
import type { CloudAccess } from '../../codebuild/runner/environment.ts'
import type { Identities } from '../../iam/identities.ts'
import type { LogWriter } from '../../logs/writer.ts'
import type { CodeStore } from '../codeStore.ts'
import { logGroupOf, type StoredFunction } from '../model.ts'
import { functionArn, latest } from '../names.ts'
import { lambdaPrincipal } from '../role.ts'
import { environmentOf } from './environment.ts'
import { functionLog } from './functionLog.ts'
import { type Installation, taskRoot } from './installation.ts'
import { createPlaces } from './places.ts'
import { type HandlerEnd, runHandler } from './runHandler.ts'

/** What came of an invocation. */
export interface InvocationResult {
  /** JSON text: what the handler answered, or how it failed. */
  payload: string
  failed: boolean
  /** The end of its log. */
  tail: string
}

export interface InvokerOptions {
  clock: Clock
  identities: Identities
  authorize: Authorize
  code: CodeStore
  logs: LogWriter
  /** Temporary credentials of a function's role. */
  access: (role: Caller, seconds: number) => CloudAccess
  scratch: string
  installation: () => Installation
}

/** Runs functions. */
export interface Invoker {
  /** `event` is JSON text. Never throws for what the function did: that is its result. */
  invoke(stored: StoredFunction, event: string, requestId: string, clientContext?: string): Promise<InvocationResult>
  /** Ends what runs. */
  stop(): Promise<void>
}

/** AWS's limit on a synchronous answer. */
const longestAnswer = 6 * 1024 * 1024

export function createInvoker(options: InvokerOptions): Invoker {
  const { clock, identities, code } = options
  const leaving = new AbortController()
  const places = createPlaces(availableParallelism() * 4)
  const running = new Set<Promise<unknown>>()
  /** One stream for all invocations of one revision in this process, as one execution environment would have. */
  const environments = randomUUID()

  const logOf = (stored: StoredFunction, role: Caller, stream: string) => {
    const { account, region } = stored
    const group = logGroupOf(stored)
    const arn = `arn:aws:logs:${region}:${account}:log-group:${group}:log-stream:${stream}`
    try {
      for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) options.authorize(role, action, arn)
    } catch (error) {
      if (error instanceof AwsError) return functionLog(clock, undefined)
      throw error
    }
    const writer = options.logs.open(account, region, group, stream)
    return functionLog(clock, events => writer.append(events))
  }

  const run: Invoker['invoke'] = async (stored, event, requestId, clientContext) => {
    const { settings, name, revision } = stored
    const role = identities.assume(settings.Role, { service: lambdaPrincipal }, name, { region: stored.region })
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')
    const logStream = `${day}/[${latest}]${hash('md5', `${environments}/${revision}`, 'hex')}`
    const log = logOf(stored, role, logStream)
    const installation = options.installation()
    const walled = installation.sandbox.kind !== 'none'
    const here = walled ? taskRoot : code.directory(stored.code)
    const environment = environmentOf({
      stored,
      access: options.access(role, Math.max(900, settings.Timeout + 60)),
      logStream,
      taskRoot: here,
      runtimeRoot: walled ? '/var/runtime' : here,
      nodePath: installation.nodePath,
    })
    const context = {
      functionName: name,
      functionVersion: latest,
      invokedFunctionArn: functionArn(stored),
      memoryLimitInMB: String(settings.MemorySize),
      awsRequestId: requestId,
      logGroupName: logGroupOf(stored),
      logStreamName: logStream,
      ...(clientContext !== undefined && { clientContext: parsedContext(clientContext) }),
    }
    if (!walled) log.say('This function is not isolated from this machine: bubblewrap is not at hand.')
    log.say(`INIT_START Runtime Version: this machine's own, where ${settings.Runtime} is asked for`)
    log.say(`START RequestId: ${requestId} Version: ${latest}`)
    const begun = clock.now()
    const timeout = settings.Timeout * 1000
    const end = await runHandler({
      installation,
      clock,
      scratch: options.scratch,
      code: code.directory(stored.code),
      runtime: settings.Runtime,
      memoryMegabytes: settings.MemorySize,
      timeout,
      asked: { handler: settings.Handler, environment, event: JSON.parse(event), context, deadline: begun + timeout },
      onBytes: bytes => log.output(bytes),
      signal: leaving.signal,
    })
    const took = clock.now() - begun
    const { payload, failed, said } = resultOf(end, requestId, settings.Timeout)
    if (said) log.say(said)
    log.say(`END RequestId: ${requestId}`)
    const used = 'memory' in end ? Math.ceil(end.memory / 1024 / 1024) : settings.MemorySize
    log.say(
      `REPORT RequestId: ${requestId}\tDuration: ${took.toFixed(2)} ms\tBilled Duration: ${Math.ceil(took)} ms\tMemory Size: ${settings.MemorySize} MB\tMax Memory Used: ${used} MB\t`,
    )
    return { payload, failed, tail: log.close() }
  }

  return {
    async invoke(...asked) {
      const work = places.within(leaving.signal, () => run(...asked))
      running.add(work)
      try {
        return await work
      } finally {
        running.delete(work)
      }
    },
    async stop() {
      leaving.abort(new Error('The cloud stops'))
      await Promise.allSettled(running)
    },
  }
}

interface Told {
  payload: string
  failed: boolean
  /** What the log has of it. */
  said?: string
}

function resultOf(end: HandlerEnd, requestId: string, seconds: number): Told {
  const failure = (errorType: string, errorMessage: string) => ({
    payload: JSON.stringify({ errorType, errorMessage }),
    failed: true,
  })
  switch (end.kind) {
    case 'answered': {
      const payload = JSON.stringify(end.result ?? null)
      if (Buffer.byteLength(payload) <= longestAnswer) return { payload, failed: false }
      const message = `Response payload size exceeded maximum allowed payload size (${longestAnswer} bytes).`
      return failure('Function.ResponseSizeTooLarge', message)
    }
    case 'threw':
      return { payload: JSON.stringify(end.error), failed: true }
    case 'exited': {
      const sentence = `RequestId: ${requestId} Error: ${end.how}`
      return { ...failure('Runtime.ExitError', sentence), said: `${sentence}\rRuntime.ExitError` }
    }
    case 'timedOut': {
      const sentence = `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`
      return {
        ...failure('Sandbox.Timedout', sentence),
        said: `${requestId} Task timed out after ${seconds.toFixed(2)} seconds`,
      }
    }
  }
}

/** The client's context comes as Base64 of JSON. */
function parsedContext(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString('utf8'))
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse client context: ${messageOf(error)}`)
  }
}
