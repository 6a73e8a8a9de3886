import type { Definition, ExecutionSummary, PipelineKey } from '../../preload/contract/pipelines.ts'
import type { ActionFact, StoredBuild } from '../store/history.ts'
import type { PipelinePast } from './past.ts'

export const key: PipelineKey = { account: '111122223333', region: 'us-east-1', name: 'shop' }
export const minute = 60_000
export const hour = 60 * minute
export const dayMs = 24 * hour
/** Monday, 2 March 2026, 00:00 UTC. */
export const monday = Date.UTC(2026, 2, 2)
export const iso = (at: number) => new Date(at).toISOString()

const action = (name: string, category: string, provider: string, configuration: Record<string, string> = {}) => ({
  name,
  category,
  owner: 'AWS',
  provider,
  version: '1',
  runOrder: category === 'Deploy' ? 2 : 1,
  configuration,
  inputArtifacts: [],
  outputArtifacts: [],
})

/** Source → Build → Prod with an approval before its deployment. */
export const definition = (version = 1): Definition => ({
  version,
  type: 'V2',
  mode: 'SUPERSEDED',
  roleArn: 'arn:aws:iam::111122223333:role/shop',
  artifactBuckets: ['artifacts'],
  stages: [
    { name: 'Source', actions: [action('Git', 'Source', 'CodeCommit')], conditions: [] },
    {
      name: 'Build',
      actions: [action('Compile', 'Build', 'CodeBuild', { ProjectName: 'shop', Version: String(version) })],
      conditions: [],
    },
    {
      name: 'Prod',
      actions: [action('Approve', 'Approval', 'Manual'), action('Deploy', 'Deploy', 'CloudFormation')],
      conditions: [],
    },
  ],
  variables: [],
})

const places: Record<string, { stage: string; category: string; provider: string }> = {
  Git: { stage: 'Source', category: 'Source', provider: 'CodeCommit' },
  Compile: { stage: 'Build', category: 'Build', provider: 'CodeBuild' },
  Approve: { stage: 'Prod', category: 'Approval', provider: 'Manual' },
  Deploy: { stage: 'Prod', category: 'Deploy', provider: 'CloudFormation' },
}

/** One attempt: which action, from when to when (ms after its execution's start), and how it ended. */
export type Told = [action: string, from: number, to: number, state?: ActionFact['state']]

export interface Story {
  id: string
  at: number
  revision?: string
  state?: ExecutionSummary['state']
  type?: ExecutionSummary['type']
  version?: number
  sample?: boolean
  trigger?: string
  attempts: Told[]
}

/** A past as a small table of what was executed. */
export function pastOf(
  stories: readonly Story[],
  more: { commits?: Record<string, number>; builds?: StoredBuild[]; versions?: number } = {},
): PipelinePast {
  const executions = stories.map((story): ExecutionSummary => {
    const { id, at, revision, state = 'succeeded', type = 'STANDARD', sample = false, attempts } = story
    return {
      id,
      state,
      status: state,
      type,
      startedAt: iso(at),
      updatedAt: iso(at + Math.max(...attempts.map(([, , to]) => to))),
      revisions: revision === undefined ? [] : [{ actionName: 'Git', id: revision }],
      trigger: { type: story.trigger ?? 'CloudWatchEvent' },
      sample,
    }
  })
  const facts = stories.flatMap(({ id, at, version = 1, sample = false, attempts }) =>
    attempts.map(([name, from, to, state = 'succeeded'], index): ActionFact => {
      const { stage = '', category, provider } = places[name] ?? {}
      return {
        id: `${id}-${index}`,
        executionId: id,
        stage,
        action: name,
        startedAt: at + from,
        updatedAt: at + to,
        state,
        sample,
        version,
        category,
        owner: 'AWS',
        provider,
        externalId: name === 'Compile' ? `shop:${id}-${index}` : undefined,
        errorCode: state === 'failed' ? 'JobFailed' : undefined,
        roleArn: undefined,
        region: undefined,
        inputs: category === 'Source' || category === 'Approval' ? 0 : 1,
        outputs: category === 'Source' || category === 'Build' ? 1 : 0,
      }
    }),
  )
  return {
    key,
    definition: definition(more.versions ?? 1),
    definitionOf: definition,
    environmentOf: () => 'unknown',
    executions,
    actions: Map.groupBy(facts, ({ executionId }) => executionId),
    commits: new Map(Object.entries(more.commits ?? {})),
    builds: new Map((more.builds ?? []).map(build => [build.id, build])),
  }
}
