import type { ActionCategory, ActionOwner, ActionType } from '@aws-sdk/client-codepipeline'

/**
 * The action types that AWS and its partners offer (fact sheet, section 4): `*` marks a required key, `!` a secret one.
 * That a type is listed does not mean that the local cloud can run it; its provider says so when it can't.
 */
type Line = readonly [
  category: ActionCategory,
  owner: ActionOwner,
  provider: string,
  inputs: readonly [number, number],
  outputs: readonly [number, number],
  keys: string,
]

const codeBuildKeys = 'ProjectName* PrimarySource BatchEnabled CombineArtifacts EnvironmentVariables'
const lines: readonly Line[] = [
  ['Source', 'AWS', 'S3', [0, 0], [1, 1], 'S3Bucket* S3ObjectKey* PollForSourceChanges AllowOverrideForS3ObjectKey'],
  [
    'Source',
    'AWS',
    'CodeCommit',
    [0, 0],
    [1, 1],
    'RepositoryName* BranchName* PollForSourceChanges OutputArtifactFormat',
  ],
  [
    'Source',
    'AWS',
    'CodeStarSourceConnection',
    [0, 0],
    [1, 1],
    'ConnectionArn* FullRepositoryId* BranchName* OutputArtifactFormat DetectChanges',
  ],
  ['Source', 'AWS', 'ECR', [0, 0], [1, 1], 'RepositoryName* ImageTag'],
  ['Source', 'ThirdParty', 'GitHub', [0, 0], [1, 1], 'Owner* Repo* Branch* OAuthToken*! PollForSourceChanges'],
  ['Build', 'AWS', 'CodeBuild', [1, 5], [0, 5], codeBuildKeys],
  ['Build', 'AWS', 'ECRBuildAndPublish', [1, 1], [0, 1], 'ECRRepositoryName* DockerFilePath ImageTags RegistryType'],
  ['Test', 'AWS', 'CodeBuild', [1, 5], [0, 5], codeBuildKeys],
  ['Test', 'AWS', 'DeviceFarm', [1, 1], [0, 0], 'AppType* ProjectId* App* DevicePoolArn* TestType*'],
  ['Compute', 'AWS', 'Commands', [1, 10], [0, 1], 'EnvironmentType ComputeType VpcId Subnets SecurityGroupIds'],
  ['Deploy', 'AWS', 'S3', [1, 1], [0, 0], 'BucketName* Extract* ObjectKey KMSEncryptionKeyARN CannedACL CacheControl'],
  ['Deploy', 'AWS', 'CodeDeploy', [1, 1], [0, 0], 'ApplicationName* DeploymentGroupName*'],
  [
    'Deploy',
    'AWS',
    'CodeDeployToECS',
    [1, 5],
    [0, 0],
    'ApplicationName* DeploymentGroupName* TaskDefinitionTemplateArtifact* AppSpecTemplateArtifact* TaskDefinitionTemplatePath AppSpecTemplatePath',
  ],
  ['Deploy', 'AWS', 'ECS', [1, 1], [0, 0], 'ClusterName* ServiceName* FileName DeploymentTimeout'],
  [
    'Deploy',
    'AWS',
    'CloudFormation',
    [0, 10],
    [0, 1],
    'ActionMode* StackName* Capabilities ChangeSetName RoleArn TemplatePath TemplateConfiguration ParameterOverrides OutputFileName',
  ],
  ['Deploy', 'AWS', 'CloudFormationStackSet', [1, 10], [0, 1], 'StackSetName* TemplatePath* Description Parameters'],
  ['Deploy', 'AWS', 'CloudFormationStackInstances', [0, 10], [0, 1], 'StackSetName* DeploymentTargets Regions'],
  ['Deploy', 'AWS', 'ElasticBeanstalk', [1, 1], [0, 0], 'ApplicationName* EnvironmentName*'],
  [
    'Deploy',
    'AWS',
    'ServiceCatalog',
    [1, 1],
    [0, 0],
    'TemplateFilePath ProductVersionName ProductType ProductId* ProductVersionDescription ConfigurationFilePath',
  ],
  [
    'Deploy',
    'AWS',
    'AppConfig',
    [1, 1],
    [0, 0],
    'Application* Environment* ConfigurationProfile* InputArtifactConfigurationPath* DeploymentStrategy',
  ],
  ['Deploy', 'AWS', 'EC2', [1, 1], [0, 0], 'InstanceTagKey* InstanceType* InstanceTagValue TargetDirectory'],
  ['Deploy', 'AWS', 'EKS', [1, 1], [0, 0], 'ClusterName* HelmReleaseName HelmChartLocation ManifestFiles Namespace'],
  [
    'Deploy',
    'AWS',
    'Lambda',
    [1, 1],
    [0, 0],
    'FunctionName* FunctionAlias PublishedTargetVersion DeployStrategy Alarms',
  ],
  ['Invoke', 'AWS', 'Lambda', [0, 5], [0, 5], 'FunctionName* UserParameters'],
  ['Invoke', 'AWS', 'StepFunctions', [0, 1], [0, 1], 'StateMachineArn* ExecutionNamePrefix InputType Input'],
  ['Invoke', 'AWS', 'InspectorScan', [0, 1], [0, 1], 'InspectorRunMode* ECRRepositoryName ImageTag'],
  ['Invoke', 'AWS', 'CodePipeline', [0, 0], [0, 0], 'PipelineName* SourceRevisions Variables'],
  ['Invoke', 'ThirdParty', 'Snyk', [1, 1], [1, 1], ''],
  ['Approval', 'AWS', 'Manual', [0, 0], [0, 0], 'NotificationArn CustomData ExternalEntityLink'],
]

/** As ListActionTypes gives them. */
export const actionTypes: readonly ActionType[] = lines.map(
  ([category, owner, provider, [inMin, inMax], [outMin, outMax], keys]) => ({
    id: { category, owner, provider, version: '1' },
    settings: {},
    actionConfigurationProperties: keys
      .split(' ')
      .filter(key => key !== '')
      .map(key => ({
        name: key.replace(/[*!]+$/, ''),
        required: key.includes('*'),
        key: key.includes('*') && !key.includes('!'),
        secret: key.includes('!'),
      })),
    inputArtifactDetails: { minimumCount: inMin, maximumCount: inMax },
    outputArtifactDetails: { minimumCount: outMin, maximumCount: outMax },
  }),
)

const secrets = new Map(
  actionTypes.map(({ id, actionConfigurationProperties = [] }) => [
    `${id?.category}/${id?.owner}/${id?.provider}`,
    new Set(actionConfigurationProperties.flatMap(({ secret, name }) => (secret && name ? [name] : []))),
  ]),
)
const none: ReadonlySet<string> = new Set()

/** The keys of an action's configuration that no read may show. */
export const secretKeys = (type: {
  category?: string | undefined
  owner?: string | undefined
  provider?: string | undefined
}): ReadonlySet<string> => secrets.get(`${type.category}/${type.owner}/${type.provider}`) ?? none
