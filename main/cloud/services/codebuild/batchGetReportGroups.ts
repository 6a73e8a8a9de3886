import type { BatchGetReportGroupsInput, BatchGetReportGroupsOutput } from '@aws-sdk/client-codebuild'
import type { Operation } from '../../server/operation.ts'
import type { CodeBuild } from './index.ts'
import { checkBatch } from './refusals.ts'
import { ownReport } from './reportArns.ts'

export const batchGetReportGroups: Operation<CodeBuild, BatchGetReportGroupsInput, BatchGetReportGroupsOutput> = {
  resources: input => input.reportGroupArns ?? [],
  run({ reports }, input, call) {
    const arns = checkBatch(input.reportGroupArns, 'reportGroupArns')
    const found = arns.map(arn => (ownReport(call, arn) ? reports.group(arn) : undefined))
    return {
      reportGroups: found.flatMap(group =>
        group
          ? [
              {
                arn: group.arn,
                name: group.name,
                type: 'TEST' as const,
                exportConfig: { exportConfigType: 'NO_EXPORT' as const },
                created: new Date(group.created),
                lastModified: new Date(group.created),
                status: 'ACTIVE' as const,
              },
            ]
          : [],
      ),
      reportGroupsNotFound: arns.filter((_, index) => !found[index]),
    }
  },
}
