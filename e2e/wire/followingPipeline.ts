import type { GitPushFilter, PipelineDeclaration } from '@aws-sdk/client-codepipeline'

/** A pipeline that follows the shop's repository behind a connection, as far as an approval. */
export const followingPipeline = (
  roleArn: string,
  ConnectionArn: string,
  push?: GitPushFilter[],
): PipelineDeclaration => ({
  name: 'following',
  roleArn,
  pipelineType: 'V2',
  executionMode: 'QUEUED',
  artifactStore: { type: 'S3', location: 'artifacts' },
  ...(push && {
    triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Checkout', push } }],
  }),
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Checkout',
          actionTypeId: {
            category: 'Source',
            owner: 'AWS',
            provider: 'CodeStarSourceConnection',
            version: '1',
          },
          configuration: { ConnectionArn, FullRepositoryId: 'hats/shop', BranchName: 'main' },
          outputArtifacts: [{ name: 'Source' }],
        },
      ],
    },
    {
      name: 'Release',
      actions: [
        {
          name: 'Approve',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
        },
      ],
    },
  ],
})
