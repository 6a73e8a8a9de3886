import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import type { Clock } from '../../base/clock.ts'
import { systemClock } from '../../base/clock.ts'
import type { CloudEvent } from '../events.ts'
import type { ActionJob, Outcome, PipelineRef, Provider, Providers } from '../providers/provider.ts'
import { misconfigured, type RuleProviders } from '../providers/rules/ruleProvider.ts'
import { variableCheck } from '../providers/rules/variableCheck.ts'
import { describeChange } from '../services/codepipeline/announcements.ts'
import { createDefinitions } from '../services/codepipeline/definitions.ts'
import type { CloudDatabase } from '../state/database.ts'
import { planOf } from './plan.ts'
import { createRunner, type Runner } from './runner.ts'
import { migrations } from './schema.ts'

/** Two stages: a source, then a build and an approval side by side, then a deployment. */
export const twoStages: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/Pipeline',
  artifactStore: { type: 'S3', location: 'artifacts' },
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'Checkout',
          actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' },
          outputArtifacts: [{ name: 'Source' }],
        },
      ],
    },
    {
      name: 'Release',
      actions: [
        {
          name: 'Build',
          actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
          inputArtifacts: [{ name: 'Source' }],
        },
        {
          name: 'Approve',
          actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' },
          runOrder: 2,
        },
        {
          name: 'Deploy',
          actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
          inputArtifacts: [{ name: 'Source' }],
          runOrder: 3,
        },
      ],
    },
  ],
}

/** The same with no approval in it. */
export const withoutApproval: PipelineDeclaration = {
  ...twoStages,
  stages: twoStages.stages?.map(stage => ({
    ...stage,
    actions: stage.actions?.filter(({ name }) => name !== 'Approve'),
  })),
}

/** Providers that do nothing outside, and tell what they were asked. */
export function standIns(act: (job: ActionJob, how: 'start' | 'resume') => Promise<Outcome> | Outcome = succeed) {
  const asked: { how: 'start' | 'resume'; action: string; id: string }[] = []
  const ask = (how: 'start' | 'resume') => async (job: ActionJob) => {
    asked.push({ how, action: job.action.name, id: job.attempt.id })
    return act(job, how)
  }
  const provider: Provider = { start: ask('start'), resume: ask('resume') }
  const manual: Provider = { start: () => Promise.resolve({ kind: 'pending' }) }
  const providers: Providers = { for: ({ type }) => (type.category === 'Approval' ? manual : provider) }
  return { providers, asked }
}

/** Ends well, with whatever artifacts the action declares. */
export function succeed(job: ActionJob): Outcome {
  const artifacts = job.action.outputArtifacts.map(name => ({
    name,
    bucket: 'artifacts',
    key: `${name}/${job.attempt.id}`,
  }))
  const revision = { actionName: job.action.name, revisionId: 'r1' }
  return {
    kind: 'succeeded',
    result: { artifacts, variables: {}, ...(job.action.type.category === 'Source' && { revision }) },
  }
}

export interface TestRunner {
  runner: Runner
  definitions: ReturnType<typeof createDefinitions>
  published: CloudEvent[]
  errors: unknown[]
  pipeline(declaration: PipelineDeclaration): PipelineRef
  startExecution(pipeline: PipelineRef, id: string): void
}

/** VariableCheck, which needs nothing of the rest of the cloud. */
const rules: RuleProviders = {
  for: ({ provider }) =>
    provider === 'VariableCheck'
      ? variableCheck
      : { check: () => Promise.resolve(misconfigured(`No ${provider} in this test.`)) },
}

/** A runner over a database, as one process would have it. */
export function runnerOver(database: CloudDatabase, providers: Providers, clock: Clock = systemClock): TestRunner {
  database.migrate('codepipeline', migrations)
  const definitions = createDefinitions(database)
  const published: CloudEvent[] = []
  const errors: unknown[] = []
  const runner = createRunner({
    database,
    clock,
    providers,
    rules,
    find: definitions.byId,
    describe: describeChange,
    publish: event => published.push(event),
    onError: error => errors.push(error),
  })
  return {
    runner,
    definitions,
    published,
    errors,
    pipeline(declaration) {
      const pipeline = definitions.create('111122223333', 'us-east-1', declaration, 'arn:aws:iam::111122223333:root', 0)
      runner.dispatch(pipeline, { kind: 'definitionChanged', plan: planOf(declaration, 1) })
      return pipeline
    },
    startExecution: (pipeline, executionId) =>
      runner.dispatch(pipeline, {
        kind: 'executionStarted',
        executionId,
        trigger: { type: 'StartPipelineExecution', detail: 'arn:aws:iam::111122223333:user/ann' },
        variables: {},
        overrides: [],
      }),
  }
}
