import type { Account, Right, Rights } from '../../preload/contract/accounts.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'
import type { Aws } from '../aws/aws.ts'
import type { Denial } from '../aws/door.ts'
import type { Simulated } from '../aws/iam.ts'
import { pipelineArn } from '../aws/pipelineHistory.ts'
import type { Clock, Millis } from '../base/clock.ts'
import { Failure } from '../base/failure.ts'

/** What IAM lets the desk do: asked where IAM tells it, otherwise learned from each refusal. */
export interface RightsService {
  of(account: string): Rights
  /** Asks IAM about a few of the account's pipelines. Never throws: where IAM does not tell, it is learned. */
  probe(account: Account): Promise<void>
  /** Those of `wanted` that IAM does not allow, as far as it tells or was learned. `anew` asks again what is known. */
  missing(account: Account, wanted: readonly Denial[], anew: boolean): Promise<Denial[]>
  /** What was learned of the account may no longer be true. */
  forget(account: string): void
}

/** A pipeline as the desk last saw it. */
export interface SeenPipeline {
  key: PipelineKey
  stages: readonly string[]
}

export interface RightsOptions {
  aws: Pick<Aws, 'iam' | 'onDenial'>
  clock: Clock
  /** A few of them: enough to tell a policy that is for some pipelines from one that is for all. */
  pipelinesOf: (account: string) => readonly SeenPipeline[]
  changed: () => void
}

const kinds = {
  read: ['GetPipeline', 'GetPipelineState', 'ListPipelineExecutions', 'ListActionExecutions'],
  approve: ['PutApprovalResult'],
  operate: [
    'StartPipelineExecution',
    'StopPipelineExecution',
    'RetryStageExecution',
    'RollbackStage',
    'OverrideStageCondition',
    'EnableStageTransition',
    'DisableStageTransition',
  ],
} as const
/** What is allowed on a stage or an action, not on a pipeline (fact sheet, 6). */
const ofStage = new Set([
  'RetryStageExecution',
  'RollbackStage',
  'OverrideStageCondition',
  'EnableStageTransition',
  'DisableStageTransition',
])
const ofAction = new Set(['PutApprovalResult'])

/** A grant that was made meanwhile shows after so long without anybody's asking. */
const lasts: Millis = 15 * 60_000
const unknown: Rights = { read: 'unknown', approve: 'unknown', operate: 'unknown', known: 'no' }
const ask = { priority: 'idle' } as const

export function createRights({ aws, clock, pipelinesOf, changed }: RightsOptions): RightsService {
  const told = new Map<string, Rights>()
  /** By account, then by action and resource: until when it is believed. */
  const denied = new Map<string, Map<string, { denial: Denial; until: Millis }>>()
  /** What IAM allowed, by account and question. */
  const answered = new Map<string, { denials: Denial[]; until: Millis }>()

  const learn = (account: string, denial: Denial) => {
    const known = denied.get(account) ?? new Map()
    denied.set(account, known)
    known.set(`${denial.action} ${denial.resource}`, { denial, until: clock.now() + lasts })
  }
  const learned = (account: string): Denial[] =>
    [...(denied.get(account)?.values() ?? [])].filter(({ until }) => until > clock.now()).map(({ denial }) => denial)

  aws.onDenial((account, denial) => {
    if (!denial.action.startsWith('codepipeline:')) return
    learn(account, denial)
    const before = told.get(account)
    if (before?.known !== 'simulated') told.set(account, fromDenials(learned(account)))
    changed()
  })

  /** Whose policies are asked: a session's role, a user; undefined for root, who may all. */
  const principalOf = async (account: string, as: string): Promise<string | undefined> => {
    const role = /:assumed-role\/([^/]+)\//.exec(as)?.[1]
    if (role !== undefined) return aws.iam.roleArn(account, role, ask)
    return as.includes(':user/') ? as : undefined
  }
  const simulate = async (account: Account, wanted: readonly Denial[]): Promise<Simulated[]> => {
    if (account.session.state !== 'valid') return []
    const principal = await principalOf(account.id, account.session.as)
    if (principal === undefined) return []
    // Each call tells every action on every resource: one for each level, so that no senseless pair is asked.
    const levels = Map.groupBy(wanted, ({ action }) => levelOf(action))
    const answers = await Promise.all(
      [...levels.values()].map(level =>
        aws.iam.simulate(
          account.id,
          principal,
          [...new Set(level.map(({ action }) => action))],
          [...new Set(level.map(({ resource }) => resource))],
          ask,
        ),
      ),
    )
    return answers.flat()
  }

  return {
    of: account => told.get(account) ?? unknown,
    async probe(account) {
      const pipelines = pipelinesOf(account.id)
      try {
        const wanted = (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap(kind =>
          kinds[kind].flatMap(action => pipelines.flatMap(pipeline => resourcesOf(action, pipeline))),
        )
        if (wanted.length === 0) return
        const answers = await simulate(account, wanted)
        if (answers.length > 0) told.set(account.id, fromSimulation(answers))
      } catch {
        // IAM does not tell this caller: what AWS refuses is learned as it comes.
        if (told.get(account.id)?.known !== 'simulated') told.set(account.id, fromDenials(learned(account.id)))
      }
      changed()
    },
    async missing(account, wanted, anew) {
      const question = `${account.id} ${JSON.stringify(wanted)}`
      const known = answered.get(question)
      if (anew) denied.delete(account.id)
      const asked = async (): Promise<Denial[]> => {
        if (known && known.until > clock.now() && !anew) return known.denials
        try {
          const answers = await simulate(account, wanted)
          const denials = answers.filter(({ decision }) => decision !== 'allowed')
          answered.set(question, { denials, until: clock.now() + lasts })
          return denials
        } catch (thrown) {
          if (!(thrown instanceof Failure)) throw thrown
          return []
        }
      }
      const all = [...(await asked()), ...learned(account.id)]
      return wanted.filter(({ action, resource }) =>
        all.some(denial => denial.action === action && denial.resource === resource),
      )
    },
    forget(account) {
      denied.delete(account)
      told.delete(account)
      for (const question of answered.keys()) if (question.startsWith(account)) answered.delete(question)
    },
  }
}

const levelOf = (action: string): 'pipeline' | 'stage' | 'action' => {
  const name = action.replace(/^.*:/, '')
  return ofAction.has(name) ? 'action' : ofStage.has(name) ? 'stage' : 'pipeline'
}

function resourcesOf(name: string, { key, stages }: SeenPipeline): Denial[] {
  const arn = pipelineArn(key)
  const action = `codepipeline:${name}`
  switch (levelOf(action)) {
    case 'pipeline':
      return [{ action, resource: arn }]
    case 'stage':
      return stages.slice(0, 3).map(stage => ({ action, resource: `${arn}/${stage}` }))
    case 'action':
      // Which of them approve is not known here: a policy for all of a stage's actions admits this, too.
      return stages.slice(0, 3).map(stage => ({ action, resource: `${arn}/${stage}/*` }))
  }
}

/** Pure: all allowed, some, or none. */
export function fromSimulation(answers: readonly Simulated[]): Rights {
  const right = (names: readonly string[]): Right => {
    const of = answers.filter(({ action }) => names.includes(action.replace(/^codepipeline:/, '')))
    const allowed = of.filter(({ decision }) => decision === 'allowed').length
    return of.length === 0 ? 'unknown' : allowed === of.length ? 'yes' : allowed === 0 ? 'no' : 'limited'
  }
  return { read: right(kinds.read), approve: right(kinds.approve), operate: right(kinds.operate), known: 'simulated' }
}

/** Pure: one refusal tells that not all is allowed, and no more. */
export function fromDenials(denials: readonly Denial[]): Rights {
  const right = (names: readonly string[]): Right =>
    denials.some(({ action }) => names.includes(action.replace(/^codepipeline:/, ''))) ? 'limited' : 'unknown'
  return { read: right(kinds.read), approve: right(kinds.approve), operate: right(kinds.operate), known: 'learned' }
}
