import type { ComputeType } from '../../preload/contract/cost.ts'
import { placeOfAction } from '../aws/actionPlace.ts'
import type { At } from '../aws/ask.ts'
import { isPassing } from '../aws/awsFailure.ts'
import type { CodeBuild } from '../aws/codeBuild.ts'
import { failureShape } from '../base/rpc.ts'
import type { PipelinePast } from '../metrics/past.ts'
import { computeOf } from './compute.ts'
import { definedFor, projectsOf } from './pipelineMonth.ts'

/** Compute types by project. */
export type Machines = ReadonlyMap<string, ComputeType>

/**
 * The compute type of each project of these pasts: by the newest of its builds that is known, and where CodeBuild tells
 * of none any more, as the project is now. What it does not tell either is a range.
 */
export function createProjectMachines(codeBuild: Pick<CodeBuild, 'projects'>) {
  const asked = new Map<string, ComputeType | undefined>()
  const idOf = (at: At, project: string) => `${at.account} ${at.region} ${project}`

  return async (pasts: readonly PipelinePast[]): Promise<Machines> => {
    const told = projectsOf(pasts.flatMap(({ builds }) => [...builds.values()]))
    const untold = new Map<string, { at: At; project: string }>()
    for (const past of pasts) {
      for (const fact of [...past.actions.values()].flat()) {
        const project = definedFor(past, fact)?.configuration.ProjectName
        if (fact.provider !== 'CodeBuild' || project === undefined || told.has(project)) continue
        const at = placeOfAction(past.key, fact)
        untold.set(idOf(at, project), { at, project })
      }
    }
    const missing = [...untold].flatMap(([id, each]) => (asked.has(id) ? [] : [each]))
    for (const of of Map.groupBy(missing, ({ at }) => `${at.account} ${at.region}`).values()) {
      const [first] = of
      if (!first) continue
      try {
        const names = of.map(({ project }) => project)
        const found = await codeBuild.projects(first.at, names, { priority: 'open' })
        for (const name of names) {
          const { environmentType, computeType } = found.get(name) ?? {}
          asked.set(idOf(first.at, name), computeOf(environmentType, computeType))
        }
      } catch (thrown) {
        // Who may not read projects gets a range, which says why; what passes is asked again.
        if (!isPassing(failureShape(thrown))) for (const { at, project } of of) asked.set(idOf(at, project), undefined)
      }
    }
    const now = [...untold].flatMap(([id, { project }]) => {
      const compute = asked.get(id)
      return compute ? [[project, compute] as const] : []
    })
    return new Map([...told, ...now])
  }
}
export type ProjectMachines = ReturnType<typeof createProjectMachines>
