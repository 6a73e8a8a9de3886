import { AwsError } from '../../server/awsError.ts'

export const invalidParameter = (message: string) => new AwsError('InvalidParameterValueException', message)
export const invalidCombination = (message: string) => new AwsError('InvalidParameterCombinationException', message)
export const missingParameter = (message: string) => new AwsError('MissingRequiredParameterException', message)
export const validation = (message: string) => new AwsError('ValidationException', message)

/** Seconds that a period may have: 1, 5, 10, 20, 30, or whole minutes. */
export function checkPeriod(period: number | undefined, name = 'Period'): number {
  if (period !== undefined && ([1, 5, 10, 20, 30].includes(period) || (period >= 60 && period % 60 === 0)))
    return period
  throw invalidParameter(`The parameter ${name} must be 1, 5, 10, 20, 30 or a multiple of 60.`)
}
