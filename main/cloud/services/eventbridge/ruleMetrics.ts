import type { Count } from '../cloudwatch/index.ts'
import type { RuleMetric } from './index.ts'

/** What AWS/Events counts, by rule. */
export function countOf(ruleArn: string, name: RuleMetric): Count {
  const [, , , region = '', account = '', rule = ''] = ruleArn.split(':')
  const dimensions = [{ name: 'RuleName', value: rule.slice(rule.lastIndexOf('/') + 1) }]
  return { account, region, namespace: 'AWS/Events', name, dimensions }
}
