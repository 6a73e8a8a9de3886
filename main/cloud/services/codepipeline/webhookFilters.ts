/** The filters of a webhook: what of its payload must be what (WebhookFilterRule, API reference). Pure. */

export interface WebhookFilter {
  jsonPath: string
  matchEquals?: string | undefined
}

type Step = { kind: 'member'; name: string } | { kind: 'element'; index: number } | { kind: 'each' }

const stepPattern = /\.([^.[\]'"*]+)|\[(?:'([^']*)'|"([^"]*)")\]|\[(-?\d+)\]|(\.\*|\[\*\])/y

/** The steps of `$.a.b`, `$['a']`, `$.a[0]`, `$.a[*]`; undefined where it is another path, or none. */
export function parseJsonPath(path: string): readonly Step[] | undefined {
  if (!path.startsWith('$')) return undefined
  const steps: Step[] = []
  stepPattern.lastIndex = 1
  while (stepPattern.lastIndex < path.length) {
    const match = stepPattern.exec(path)
    if (!match) return undefined
    const [, dotted, single, double, index] = match
    const name = dotted ?? single ?? double
    if (name !== undefined) steps.push({ kind: 'member', name })
    else steps.push(index === undefined ? { kind: 'each' } : { kind: 'element', index: Number(index) })
  }
  return steps
}

/** Every value that the steps lead to. */
function select(document: unknown, steps: readonly Step[]): unknown[] {
  return steps.reduce<unknown[]>((values, step) => values.flatMap(value => follow(value, step)), [document])
}

function follow(value: unknown, step: Step): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  switch (step.kind) {
    case 'member':
      return !Array.isArray(value) && Object.hasOwn(value, step.name)
        ? [(value as Record<string, unknown>)[step.name]]
        : []
    case 'element': {
      const at = Array.isArray(value) ? value.at(step.index) : undefined
      return at === undefined ? [] : [at as unknown]
    }
    case 'each':
      return Object.values(value) as unknown[]
  }
}

const placeholder = /\{([^{}]+)\}/g

/** The configuration keys that a filter asks for. */
export const placeholdersOf = ({ matchEquals = '' }: WebhookFilter): string[] =>
  [...matchEquals.matchAll(placeholder)].flatMap(([, key]) => key ?? [])

/**
 * Whether a payload passes a filter. `{Key}` stands for the target action's configuration. UNCONFIRMED: a filter
 * without `matchEquals` passes where its path leads to anything.
 */
export function passes(
  payload: unknown,
  { jsonPath, matchEquals }: WebhookFilter,
  configuration: Readonly<Record<string, string>>,
): boolean {
  const selected = select(payload, parseJsonPath(jsonPath) ?? [])
  if (matchEquals === undefined) return selected.length > 0
  const wanted = matchEquals.replace(placeholder, (whole, key: string) =>
    Object.hasOwn(configuration, key) ? (configuration[key] ?? whole) : whole,
  )
  return selected.some(value => textOf(value) === wanted)
}

const textOf = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value))
