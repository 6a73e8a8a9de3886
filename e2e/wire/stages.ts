import type { ActionCategory, StageDeclaration } from '@aws-sdk/client-codepipeline'

/** Stages that several tests' pipelines begin with, as a person would declare them. */

export const awsType = (category: ActionCategory, provider: string) =>
  ({ category, owner: 'AWS', provider, version: '1' }) as const

/** The branch `main` of the repository `shop`. `told`: an event or a person starts the pipeline, it does not ask. */
export const checkout = (how: 'asks' | 'told'): StageDeclaration => ({
  name: 'Source',
  actions: [
    {
      name: 'Checkout',
      actionTypeId: awsType('Source', 'CodeCommit'),
      configuration: {
        RepositoryName: 'shop',
        BranchName: 'main',
        ...(how === 'told' && { PollForSourceChanges: 'false' }),
      },
      outputArtifacts: [{ name: 'Source' }],
    },
  ],
})

/** The project `shop` builds the site. */
export const buildSite: StageDeclaration = {
  name: 'Build',
  actions: [
    {
      name: 'Build',
      actionTypeId: awsType('Build', 'CodeBuild'),
      configuration: { ProjectName: 'shop' },
      inputArtifacts: [{ name: 'Source' }],
      outputArtifacts: [{ name: 'Site' }],
      namespace: 'Build',
    },
  ],
}
