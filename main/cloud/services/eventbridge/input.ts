import { AwsError } from '../../server/awsError.ts'
import type { EventEnvelope, Target } from './model.ts'

/** What a target gets of an event: all of it, a constant, a part, or a text made from parts. JSON, or text for SQS and SNS. */
export function inputFor(target: Target, event: EventEnvelope, rule: { arn: string; name: string }): string {
  if (target.Input !== undefined) return target.Input
  if (target.InputPath !== undefined) return JSON.stringify(at(event, target.InputPath) ?? null)
  if (!target.InputTransformer) return JSON.stringify(event)
  const { InputPathsMap = {}, InputTemplate } = target.InputTransformer
  const values = new Map<string, unknown>(Object.entries(InputPathsMap).map(([name, path]) => [name, at(event, path)]))
  values.set('aws.events.rule-arn', rule.arn)
  values.set('aws.events.rule-name', rule.name)
  values.set('aws.events.event.ingestion-time', event.time)
  values.set('aws.events.event', event)
  values.set('aws.events.event.json', event)
  return fill(InputTemplate, values)
}

/**
 * Placeholders within quotes become text, others JSON; a name that has no value becomes nothing, as a JSON value null
 * (EventBridge user guide, "Input transformation").
 */
function fill(template: string, values: ReadonlyMap<string, unknown>): string {
  let quoted = false
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (found: string, name: string | undefined) => {
    if (found === '"') quoted = !quoted
    if (name === undefined || !values.has(name)) return found
    const value = values.get(name)
    if (!quoted) return value === undefined ? 'null' : JSON.stringify(value)
    const text = typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)
    return JSON.stringify(text).slice(1, -1)
  })
}

const step = /\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/y

/** A JSON path of names and indices, which is all that EventBridge has. */
export function parsePath(path: string): (string | number)[] {
  const steps: (string | number)[] = []
  step.lastIndex = 1
  while (path.startsWith('$') && step.lastIndex < path.length) {
    const [, name, index, quoted] = step.exec(path) ?? []
    if (name === undefined && index === undefined && quoted === undefined) break
    steps.push(index === undefined ? (name ?? quoted ?? '') : Number(index))
  }
  if (path === '$' || (path.startsWith('$') && step.lastIndex === path.length && steps.length > 0)) return steps
  throw new AwsError('ValidationException', `Parameter ${path} is not valid. Reason: not a valid JSON path.`)
}

function at(event: object, path: string): unknown {
  return parsePath(path).reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string | number, unknown>)[key]
        : undefined,
    event,
  )
}
