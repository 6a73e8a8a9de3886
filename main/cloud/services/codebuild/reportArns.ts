import type { Call } from '../../server/operation.ts'

/** The report group that a report's ARN lies in, which is what permissions are about. */
export const reportGroupOf = (reportArn: string) =>
  reportArn.replace(/:report\//, ':report-group/').replace(/(:report-group\/[^:]*):.*$/, '$1')

/** Whether an ARN names something of the account and region that was called. */
export const ownReport = (call: Call, arn: string) =>
  arn.startsWith(`arn:aws:codebuild:${call.region}:${call.account}:`)
