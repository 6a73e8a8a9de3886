import { ActionFailure, type ActionJob } from './provider.ts'

/** A value of the action's configuration that it cannot do without. */
export function required(job: ActionJob, key: string): string {
  const value = job.attempt.resolvedConfiguration[key]
  if (value === undefined || value === '') {
    throw new ActionFailure('ConfigurationError', `The action configuration is missing the required key ${key}.`)
  }
  return value
}

/** A yes-or-no value; absent means no. */
export const flag = (job: ActionJob, key: string) => job.attempt.resolvedConfiguration[key]?.toLowerCase() === 'true'
