import type { At } from '../../aws/ask.ts'
import { isPassing } from '../../aws/awsFailure.ts'
import type { CodeBuild } from '../../aws/codeBuild.ts'
import { failureShape } from '../../base/rpc.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import { subjectOfProject, textIn } from '../ledger/eventClaim.ts'
import type { Ledger, Recorded } from '../ledger/ledger.ts'
import { roleUse, type Use, type Uses } from './uses.ts'

/**
 * The roles that builds run with. No definition names them: CodeBuild tells those of now, the events that made or
 * changed a project those of before.
 */
export interface ProjectRoles {
  learn(recorded: readonly Recorded[]): void
  /** Asks for the projects of one region, each once: later changes come with their events. */
  lookUp(at: At, signal: AbortSignal): Promise<void>
}

export interface ProjectRolesOptions {
  codeBuild: Pick<CodeBuild, 'projects'>
  store: LedgerStore
  ledger: Ledger
  uses: Uses
  /** A role is known to be used by a pipeline. */
  onUse: (use: Use) => void
}

/** Newest changes of projects that are learned from at the start. */
const most = 500

export function createProjectRoles({ codeBuild, store, ledger, uses, onUse }: ProjectRolesOptions): ProjectRoles {
  const asked = new Set<string>()
  const add = (pipelines: readonly string[], roleArn: string | undefined): Use[] => {
    const use = roleArn === undefined ? [] : roleUse(roleArn)
    return pipelines.flatMap(pipeline => uses.add(pipeline, use))
  }
  const learned = ({ record, entry }: Pick<Recorded, 'record' | 'entry'>): Use[] =>
    entry?.kind === 'project' && !entry.refused && 'event' in record
      ? add(entry.pipelines, textIn(record.event.requestParameters ?? {}, 'serviceRole'))
      : []
  for (const entry of store.entries.search({ kinds: ['project'], refused: false }, undefined, most))
    for (const { record } of ledger.evidence(entry.id)) learned({ record, entry })

  return {
    learn(recorded) {
      for (const use of recorded.flatMap(learned)) onUse(use)
    },
    async lookUp(at, signal) {
      const idOf = (project: string) => `${at.account} ${subjectOfProject(at.region, project)}`
      const names = uses.projects(at).filter(name => !asked.has(idOf(name)))
      try {
        for (const [project, { serviceRole }] of await codeBuild.projects(at, names, { priority: 'hidden', signal }))
          for (const use of add(uses.of(at.account, subjectOfProject(at.region, project)), serviceRole)) onUse(use)
      } catch (thrown) {
        // Who may not read projects still learns from events.
        if (isPassing(failureShape(thrown)) || signal.aborted) throw thrown
      }
      for (const name of names) asked.add(idOf(name))
    },
  }
}
