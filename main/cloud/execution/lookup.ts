import type {
  ActionExecution,
  ActionPlan,
  Execution,
  PipelinePlan,
  PipelineState,
  RuleExecution,
  RulePlan,
} from './model.ts'

/** An attempt in the machine's state, with what was planned for it. */
export interface FoundAction {
  execution: Execution
  attempt: ActionExecution
  action: ActionPlan
  plan: PipelinePlan
}
export interface FoundRule {
  execution: Execution
  run: RuleExecution
  rule: RulePlan
  plan: PipelinePlan
}

/** Finds an action execution among the executions that still move. Pure. */
export function findAction(state: PipelineState, id: string): FoundAction | undefined {
  for (const execution of Object.values(state.executions)) {
    for (const stage of Object.values(execution.stages)) {
      const attempt = Object.values(stage.actions).find(action => action.id === id)
      if (!attempt) continue
      const plan = state.plans[execution.version]
      const action = plan?.stages
        .find(({ name }) => name === attempt.stage)
        ?.actions.find(({ name }) => name === attempt.action)
      return plan && action && { execution, attempt, action, plan }
    }
  }
  return undefined
}

/** Finds a rule execution among the executions that still move. Pure. */
export function findRule(state: PipelineState, id: string): FoundRule | undefined {
  for (const execution of Object.values(state.executions)) {
    for (const [stageName, passage] of Object.entries(execution.stages)) {
      for (const asked of Object.values(passage.conditions)) {
        const run = asked?.rules.find(rule => rule.id === id)
        if (!run) continue
        const plan = state.plans[execution.version]
        const stage = plan?.stages.find(({ name }) => name === stageName)
        const condition = run.condition === 'onFailure' ? stage?.onFailure?.condition : stage?.[run.condition]
        const rule = condition?.rules.find(({ name }) => name === run.rule)
        return plan && rule && { execution, run, rule, plan }
      }
    }
  }
  return undefined
}
