import type { ActionExecution, ActionPlan, Execution, PipelineState, RuleExecution, RulePlan } from './model.ts'

/** An attempt in the machine's state, with what was planned for it. */
export interface FoundAction {
  execution: Execution
  attempt: ActionExecution
  plan: ActionPlan
  roleArn: string
}
export interface FoundRule {
  execution: Execution
  run: RuleExecution
  plan: RulePlan
  roleArn: string
}

/** Finds an action execution among the executions that still move. Pure. */
export function findAction(state: PipelineState, id: string): FoundAction | undefined {
  for (const execution of Object.values(state.executions)) {
    for (const stage of Object.values(execution.stages)) {
      const attempt = Object.values(stage.actions).find(action => action.id === id)
      if (!attempt) continue
      const pipeline = state.plans[execution.version]
      const plan = pipeline?.stages
        .find(({ name }) => name === attempt.stage)
        ?.actions.find(({ name }) => name === attempt.action)
      return pipeline && plan && { execution, attempt, plan, roleArn: pipeline.roleArn }
    }
  }
  return undefined
}

/** Finds a rule execution among the executions that still move. Pure. */
export function findRule(state: PipelineState, id: string): FoundRule | undefined {
  for (const execution of Object.values(state.executions)) {
    for (const [stageName, passage] of Object.entries(execution.stages)) {
      for (const condition of Object.values(passage.conditions)) {
        const run = condition?.rules.find(rule => rule.id === id)
        if (!run) continue
        const pipeline = state.plans[execution.version]
        const stage = pipeline?.stages.find(({ name }) => name === stageName)
        const planned = run.condition === 'onFailure' ? stage?.onFailure?.condition : stage?.[run.condition]
        const plan = planned?.rules.find(({ name }) => name === run.rule)
        return pipeline && plan && { execution, run, plan, roleArn: pipeline.roleArn }
      }
    }
  }
  return undefined
}
