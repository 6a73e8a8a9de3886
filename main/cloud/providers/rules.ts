import type { Execution, PipelinePlan, RuleExecution, RulePlan } from '../execution/model.ts'
import type { PipelineRef } from './provider.ts'

/** One run of one rule of a condition. */
export interface RuleJob {
  pipeline: PipelineRef
  plan: PipelinePlan
  execution: Execution
  rule: RulePlan
  run: RuleExecution
  signal: AbortSignal
}

export type RuleOutcome = { passed: true } | { passed: false; error: { code: string; message: string } }

/** Decides a rule. May be asked again for the same run after a crash. */
export interface RuleProvider {
  check(job: RuleJob): Promise<RuleOutcome>
}

export interface RuleProviders {
  for(rule: RulePlan): RuleProvider
}

/**
 * The only switch on what a rule can be. Never a pass for what was not checked.
 */
export function createRuleProviders(): RuleProviders {
  return { for: ({ provider }) => (provider === 'VariableCheck' ? variableCheck : unsupported(provider)) }
}

const unsupported = (provider: string): RuleProvider => ({
  check: () =>
    Promise.resolve({
      passed: false,
      error: { code: 'ConfigurationError', message: `The rule ${provider} is not supported by the local cloud.` },
    }),
})

/** VariableCheck: `Variable` was resolved by the machine; `Operator` compares it with `Value`. */
const variableCheck: RuleProvider = {
  check({ run: { resolvedConfiguration } }) {
    const { Variable: variable = '', Value: value = '', Operator: operator = '' } = resolvedConfiguration
    const passed = compare(operator, variable, value)
    if (passed === undefined) {
      return Promise.resolve({
        passed: false,
        error: { code: 'ConfigurationError', message: `The operator ${operator} or its value ${value} is not valid.` },
      })
    }
    return Promise.resolve(
      passed
        ? { passed }
        : { passed, error: { code: 'RuleFailed', message: `${variable} ${operator} ${value} is not true.` } },
    )
  },
}

function compare(operator: string, variable: string, value: string): boolean | undefined {
  switch (operator) {
    case 'EQ':
      return variable === value
    case 'NE':
      return variable !== value
    case 'CONTAINS':
      return variable.includes(value)
    case 'MATCHES':
      try {
        return new RegExp(`^(?:${value})$`).test(variable)
      } catch {
        return undefined
      }
    default:
      return undefined
  }
}
