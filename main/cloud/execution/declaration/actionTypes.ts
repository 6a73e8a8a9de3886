import type { ActionTypeId } from '@aws-sdk/client-codepipeline'

/** What an action of a type must and may be given (fact sheet, section 4). */
export interface ActionTypeRules {
  required: readonly string[]
  /** `any` where AWS's own list is too long to hold here. */
  optional: readonly string[] | 'any'
  inputs: readonly [min: number, max: number]
  outputs: readonly [min: number, max: number]
  /** Only in pipelines of type V2. */
  v2?: true
  /** The property by which a custom type's workers choose among its jobs. */
  queryable?: string
}

type Row = [
  required: string,
  optional: string,
  inputs: readonly [number, number],
  outputs: readonly [number, number],
  v2?: 'V2',
]

const none = [0, 0] as const
const one = [1, 1] as const
const build = [1, 5] as const
const upTo1 = [0, 1] as const
const upTo5 = [0, 5] as const
const upTo10 = [0, 10] as const

/** By `Owner/Category/Provider`; all are of version 1. A word with several shapes stands once for each category. */
const table: Record<string, Row> = {
  'AWS/Source/S3': ['S3Bucket S3ObjectKey', 'PollForSourceChanges AllowOverrideForS3ObjectKey', none, one],
  'AWS/Source/CodeCommit': ['RepositoryName BranchName', 'PollForSourceChanges OutputArtifactFormat', none, one],
  'AWS/Source/CodeStarSourceConnection': [
    'ConnectionArn FullRepositoryId BranchName',
    'OutputArtifactFormat DetectChanges',
    none,
    one,
  ],
  'ThirdParty/Source/GitHub': ['Owner Repo Branch OAuthToken', 'PollForSourceChanges', none, one],
  'AWS/Source/ECR': ['RepositoryName', 'ImageTag', none, one],
  'AWS/Build/CodeBuild': [
    'ProjectName',
    'PrimarySource BatchEnabled CombineArtifacts EnvironmentVariables',
    build,
    upTo5,
  ],
  'AWS/Test/CodeBuild': [
    'ProjectName',
    'PrimarySource BatchEnabled CombineArtifacts EnvironmentVariables',
    build,
    upTo5,
  ],
  'AWS/Build/ECRBuildAndPublish': ['ECRRepositoryName', 'DockerFilePath ImageTags RegistryType', one, none, 'V2'],
  'AWS/Test/DeviceFarm': ['AppType ProjectId App DevicePoolArn TestType', 'any', one, none],
  'AWS/Compute/Commands': ['', 'EnvironmentType ComputeType VpcId Subnets SecurityGroupIds', [1, 10], upTo1, 'V2'],
  'AWS/Deploy/S3': ['BucketName Extract', 'ObjectKey KMSEncryptionKeyARN CannedACL CacheControl', one, none],
  'AWS/Deploy/CodeDeploy': ['ApplicationName DeploymentGroupName', '', one, none],
  'AWS/Deploy/CodeDeployToECS': [
    'ApplicationName DeploymentGroupName TaskDefinitionTemplateArtifact AppSpecTemplateArtifact',
    `TaskDefinitionTemplatePath AppSpecTemplatePath ${[1, 2, 3, 4].map(n => `Image${n}ArtifactName Image${n}ContainerName`).join(' ')}`,
    build,
    none,
  ],
  'AWS/Deploy/ECS': ['ClusterName ServiceName', 'FileName DeploymentTimeout', one, none],
  'AWS/Deploy/CloudFormation': [
    'ActionMode StackName',
    'Capabilities ChangeSetName RoleArn TemplatePath TemplateConfiguration ParameterOverrides OutputFileName',
    upTo10,
    upTo1,
  ],
  // UNCONFIRMED: how many artifacts the two take.
  'AWS/Deploy/CloudFormationStackSet': ['StackSetName TemplatePath', 'any', [1, 10], none],
  'AWS/Deploy/CloudFormationStackInstances': ['StackSetName', 'any', upTo10, none],
  'AWS/Deploy/ElasticBeanstalk': ['ApplicationName EnvironmentName', '', one, none],
  'AWS/Deploy/ServiceCatalog': ['ProductId', 'any', one, none],
  'AWS/Deploy/AppConfig': [
    'Application Environment ConfigurationProfile InputArtifactConfigurationPath',
    'DeploymentStrategy',
    one,
    none,
  ],
  'AWS/Deploy/OpsWorks': ['Stack App', 'Layer', one, none],
  'AWS/Deploy/EC2': [
    'InstanceTagKey InstanceType',
    'InstanceTagValue TargetDirectory PostScript PreScript DeploySpec MaxBatch MaxError TargetGroupNameList',
    one,
    none,
    'V2',
  ],
  'AWS/Deploy/EKS': ['ClusterName', 'any', one, none, 'V2'],
  'AWS/Deploy/Lambda': ['FunctionName', 'FunctionAlias PublishedTargetVersion DeployStrategy Alarms', one, none, 'V2'],
  'AWS/Invoke/Lambda': ['FunctionName', 'UserParameters', upTo5, upTo5],
  'AWS/Invoke/StepFunctions': ['StateMachineArn', 'ExecutionNamePrefix InputType Input', upTo1, upTo1],
  'AWS/Invoke/InspectorScan': [
    'InspectorRunMode',
    'ECRRepositoryName ImageTag CriticalThreshold HighThreshold MediumThreshold LowThreshold',
    upTo1,
    upTo1,
  ],
  'AWS/Invoke/CodePipeline': ['PipelineName', 'SourceRevisions Variables', none, none, 'V2'],
  'ThirdParty/Invoke/Snyk': ['', 'any', one, one],
  'AWS/Approval/Manual': ['', 'NotificationArn CustomData ExternalEntityLink', none, none],
}

const words = (text: string) => text.split(' ').filter(Boolean)

const rules = new Map(
  Object.entries(table).map(([key, [required, optional, inputs, outputs, v2]]): [string, ActionTypeRules] => [
    key,
    {
      required: words(required),
      optional: optional === 'any' ? 'any' : words(optional),
      inputs,
      outputs,
      ...(v2 ? { v2: true } : {}),
    },
  ]),
)

/** The rules of an action type of AWS or of a partner; undefined where there is none such. */
export function actionTypeOf({ owner, category, provider, version }: ActionTypeId): ActionTypeRules | undefined {
  return version === '1' ? rules.get(`${owner}/${category}/${provider}`) : undefined
}

/** Every action type that there is, by `Owner/Category/Provider`. */
export const everyActionType: ReadonlyMap<string, ActionTypeRules> = rules
