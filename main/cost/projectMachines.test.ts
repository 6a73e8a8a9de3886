import { describe, expect, it } from 'vitest'
import { definition, minute, pastOf } from '../metrics/past.testing.ts'
import type { PipelinePast } from '../metrics/past.ts'
import { createProjectMachines } from './projectMachines.ts'

const may = Date.UTC(2026, 4, 12)
const withProject = (project: string) => {
  const made = definition()
  return {
    ...made,
    stages: made.stages.map(stage => ({
      ...stage,
      actions: stage.actions.map(action => ({
        ...action,
        configuration: { ...action.configuration, ProjectName: project },
      })),
    })),
  }
}
/** One attempt of a build of which CodeBuild tells nothing any more. */
const forgotten = (): PipelinePast => {
  const past = pastOf([{ id: 'a', at: may, attempts: [['Compile', 0, minute]] }])
  const actions = new Map(
    [...past.actions].map(([id, facts]) => [id, facts.map(each => ({ ...each, provider: 'CodeBuild', version: 1 }))]),
  )
  return { ...past, actions, builds: new Map(), definition: withProject('new'), definitionOf: () => withProject('old') }
}

describe('the machine of a build that CodeBuild no longer tells of', () => {
  it('is the one of the project that the version under which it ran names, asked for once', async () => {
    const asked: string[][] = []
    const machines = createProjectMachines({
      projects: async (_, names) => {
        asked.push([...names])
        return new Map([['old', { computeType: 'BUILD_GENERAL1_LARGE', environmentType: 'LINUX_CONTAINER' }]])
      },
    })
    expect([...(await machines([forgotten()]))]).toEqual([['old', 'linux.large']])
    await machines([forgotten()])
    expect(asked).toEqual([['old']])
  })

  it('is not known where nobody may ask', async () => {
    const machines = createProjectMachines({ projects: () => Promise.reject(new Error('not allowed')) })
    expect([...(await machines([forgotten()]))]).toEqual([])
  })
})
