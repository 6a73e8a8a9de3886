/** A resource of an event, as LookupEvents finds it by type and name. */
export interface EventResource {
  type: string
  name: string
}

/** By service: the input's member that names a resource, and AWS's type for what it names. */
const named: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  codepipeline: { name: 'AWS::CodePipeline::Pipeline', pipelineName: 'AWS::CodePipeline::Pipeline' },
  codebuild: { projectName: 'AWS::CodeBuild::Project', name: 'AWS::CodeBuild::Project' },
  codecommit: { repositoryName: 'AWS::CodeCommit::Repository' },
  s3: { Bucket: 'AWS::S3::Bucket' },
  iam: {
    RoleName: 'AWS::IAM::Role',
    UserName: 'AWS::IAM::User',
    PolicyArn: 'AWS::IAM::Policy',
    AccessKeyId: 'AWS::IAM::AccessKey',
  },
  sts: { RoleArn: 'AWS::IAM::Role' },
  logs: { logGroupName: 'AWS::Logs::LogGroup' },
  cloudwatch: { AlarmName: 'AWS::CloudWatch::Alarm' },
  events: { Rule: 'AWS::Events::Rule' },
  sns: { TopicArn: 'AWS::SNS::Topic' },
  sqs: { QueueUrl: 'AWS::SQS::Queue', QueueName: 'AWS::SQS::Queue' },
}

/** Operations whose `name` names something that is no pipeline. */
const otherNames = /Webhook|ActionType/

export function resourcesOf(service: string, operation: string, input: object): EventResource[] {
  if (service === 'codepipeline' && otherNames.test(operation)) return []
  const members: Record<string, unknown> = { ...input }
  const found = Object.entries(named[service] ?? {}).flatMap(([member, type]) => {
    const name = members[member]
    return typeof name === 'string' && name !== '' ? [{ type, name }] : []
  })
  const { pipeline } = members
  if (service === 'codepipeline' && typeof pipeline === 'object' && pipeline !== null && 'name' in pipeline) {
    found.push({ type: 'AWS::CodePipeline::Pipeline', name: String(pipeline.name) })
  }
  if (service === 'events' && operation.endsWith('Rule') && typeof members.Name === 'string') {
    found.push({ type: 'AWS::Events::Rule', name: members.Name })
  }
  return found
}
