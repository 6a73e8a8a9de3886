import type { Enforcement } from '../../../preload/contract/auditReview.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'

const partitionOf = (region: string) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

/** The IAM that keeps apart who edits a pipeline and who approves in it. The desk only finds; this refuses. */
export function enforcementOf({ account, region, name }: PipelineKey, stage: string, action: string): Enforcement {
  const partition = partitionOf(region)
  const pipeline = `arn:${partition}:codepipeline:${region}:${account}:${name}`
  const approval = `${pipeline}/${stage}/${action}`
  const document = (...statements: object[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
  const deny = (sid: string, actions: string[], resource: string | string[], condition?: object) => ({
    Sid: sid,
    Effect: 'Deny',
    Action: actions,
    Resource: resource,
    ...(condition && { Condition: condition }),
  })
  // To delete a pipeline and create it anew is to edit it.
  const edits = ['CreatePipeline', 'UpdatePipeline', 'DeletePipeline'].map(name => `codepipeline:${name}`)
  return {
    policies: [
      {
        title: 'Whoever edits does not approve',
        where: 'On the roles that may change this pipeline’s definition or push to its sources.',
        does: `Refuses every answer to any approval of ${name}: one that they rename stays closed to them.`,
        document: document(deny('EditorsDoNotApprove', ['codepipeline:PutApprovalResult'], `${pipeline}/*`)),
      },
      {
        title: 'Whoever approves does not edit',
        where: 'On the roles that approve.',
        does: `Refuses making, changing and deleting ${name}, and overriding its conditions.`,
        document: document(
          // Not `name*`, which pipelines have whose names begin alike.
          deny('ApproversDoNotEdit', [...edits, 'codepipeline:OverrideStageCondition'], [pipeline, `${pipeline}/*`]),
        ),
      },
      {
        title: 'Only people approve',
        where: 'As a service control policy of the account.',
        does: 'Refuses approvals of everybody but the named roles: set the pattern to your approvers’ role.',
        document: document(
          deny('OnlyApproversApprove', ['codepipeline:PutApprovalResult'], approval, {
            ArnNotLike: {
              'aws:PrincipalArn': [
                `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Approver_*`,
                `arn:${partition}:iam::${account}:role/Approver`,
              ],
            },
          }),
        ),
      },
    ],
    limits: [
      `The last policy names the approval ${action}: after a renaming it holds no longer. The desk raises an alarm then.`,
      'IAM does not know who committed what is approved: keep people who push and people who approve in different roles.',
      'CodePipeline knows no minimum time between a request and its approval.',
      'Who may change roles may change these policies as well: put the last one where account administrators can’t.',
    ],
  }
}
