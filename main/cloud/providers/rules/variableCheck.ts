import { javaMatches } from './javaRegex.ts'
import { misconfigured, type RuleProvider } from './ruleProvider.ts'

/** VariableCheck: `Variable` was resolved by the machine; `Operator` compares it with `Value`. */
export const variableCheck: RuleProvider = {
  async check({ run: { resolvedConfiguration } }) {
    const { Variable: variable = '', Value: value = '', Operator: operator = '' } = resolvedConfiguration
    const passed = compare(operator, variable, value)
    if (passed === undefined) return misconfigured(`The operator ${operator} or its value ${value} is not valid.`)
    // UNCONFIRMED: code and sentence of a check that is not true.
    return passed
      ? { passed }
      : { passed, error: { code: 'RuleFailed', message: `${variable} ${operator} ${value} is not true.` } }
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
      return javaMatches(value, variable)
    default:
      return undefined
  }
}
