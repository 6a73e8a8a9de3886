import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline'
import { actionsOf, badBlocker, badStage, badStructure, type Problems, repeated } from './problem.ts'

/** Quotas (fact sheet, 11.1). The documents name 50 and 100 actions in a stage; the larger lets real ones through. */
const most = { stages: 50, actionsInStage: 100, actions: 1000 }

/** Stages and their order, names, and how many there may be (fact sheet, 2.2). */
export function* structureProblems(declaration: PipelineDeclaration): Problems {
  const { stages = [] } = declaration
  if (stages.length < 2) yield badStructure(`Pipeline should have at least 2 stages, but has ${stages.length}`)
  if (stages.length > most.stages) yield badStructure(`Pipeline has ${stages.length} stages, more than ${most.stages}`)
  for (const name of repeated(stages.map(stage => stage.name ?? ''))) {
    yield badStructure(`Stage name must be unique within the pipeline. ${name} has been used more than once.`)
  }
  for (const { name, actions = [], blockers = [] } of stages) {
    if (actions.length === 0) yield badStage(`Stage ${name} should have at least 1 action`)
    if (actions.length > most.actionsInStage) {
      yield badStage(`Stage ${name} has ${actions.length} actions, more than ${most.actionsInStage}`)
    }
    for (const action of repeated(actions.map(declared => declared.name ?? ''))) {
      yield badStage(`Action name must be unique within stage ${name}. ${action} has been used more than once.`)
    }
    if (blockers.length > 0) yield badBlocker(`Stage ${name} declares blockers, which are reserved for future use`)
  }
  yield* sourceProblems(declaration)
}

function* sourceProblems(declaration: PipelineDeclaration): Problems {
  const actions = actionsOf(declaration)
  if (actions.length > most.actions) {
    yield badStructure(`Pipeline has ${actions.length} actions, more than ${most.actions}`)
  }
  const isSource = ({ action }: (typeof actions)[number]) => action.actionTypeId?.category === 'Source'
  if (!actions.every(placed => placed.stageIndex > 0 || isSource(placed))) {
    yield badStructure('Pipeline should start with a stage that only contains source actions')
  }
  const late = actions.find(placed => placed.stageIndex > 0 && isSource(placed))
  if (late) {
    const { stage, action } = late
    yield badStructure(`Source action ${action.name} in stage ${stage.name} is not in the first stage of the pipeline`)
  }
  if (actions.length > 0 && actions.every(isSource)) {
    yield badStructure('Pipeline should contain at least one action that is no source action')
  }
}
