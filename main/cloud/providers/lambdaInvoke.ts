import { messageOf } from '../../base/failure.ts'
import type { ActionTypeId } from '../execution/model.ts'
import type { Caller } from '../server/operation.ts'
import { type Artifacts, isDenial, isError } from './artifacts.ts'
import { ActionFailure, type ActionJob, type Provider } from './provider.ts'
import { required } from './settings.ts'

export const lambdaInvokeType: ActionTypeId = { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' }

export type Invoking = Omit<ActionJob, 'signal' | 'report'>

/** The jobs that functions are told of, and answer by PutJobSuccessResult and PutJobFailureResult. */
export interface FunctionJobs {
  /** Tells the function of a job for this attempt, unless it was told. Throws what Lambda answers. */
  begin(as: Caller, work: Invoking, functionName: string): void
  /** Nobody waits for what the function makes of an attempt any more. */
  timeOut(work: Pick<Invoking, 'pipeline' | 'attempt'>): void
}

/** Invoke, Lambda: the function is told of a job, and says itself how it ended (fact sheet, section 3.8). */
export function lambdaInvoke(lends: { artifacts: Artifacts; functionJobs: FunctionJobs }): Provider {
  const { artifacts, functionJobs } = lends
  return {
    async start(job) {
      const functionName = required(job, 'FunctionName')
      const as = artifacts.identity(job)
      try {
        functionJobs.begin(as, job, functionName)
      } catch (thrown) {
        throw failureOf(thrown, functionName)
      }
      return { kind: 'pending' }
    },
    async release(job) {
      functionJobs.timeOut(job)
    },
  }
}

/** What Lambda refused, as the action's failure. UNCONFIRMED wording. */
function failureOf(thrown: unknown, name: string): unknown {
  if (isDenial(thrown)) {
    const message = `The service role or action role doesn’t have the permissions required to access the AWS Lambda function named ${name}. Update the IAM role permissions, and then try again. Error: ${messageOf(thrown)}`
    return new ActionFailure('PermissionError', message, { cause: thrown })
  }
  if (!isError(thrown, 'ResourceNotFoundException')) return thrown
  const message = `The AWS Lambda function ${name} cannot be found. Make sure that the function exists and that its name is correct.`
  return new ActionFailure('ConfigurationError', message, { cause: thrown })
}
