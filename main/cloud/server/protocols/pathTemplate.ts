import type { Labels } from './restRoutes.ts'

/** A path with labels, as a model's `http` trait has it: `/2015-03-31/functions/{FunctionName}/code`, `/tags/{Arn+}`. */
export interface PathTemplate {
  /** The labels of a path that fits, decoded; undefined for one that does not. */
  match(path: string): Labels | undefined
  /** Parts that are not labels: of two templates that fit, the one with more is meant. */
  literals: number
}

export function pathTemplate(uri: string): PathTemplate {
  const parts = (uri.split('?')[0] ?? '').split('/').filter(part => part !== '')
  const names: string[] = []
  const pattern = parts.map(part => {
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(part) ?? []
    if (name === undefined) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(name)
    return greedy ? '(.+)' : '([^/]+)'
  })
  const whole = new RegExp(`^/${pattern.join('/')}/?$`)
  return {
    literals: parts.length - names.length,
    match(path) {
      const found = whole.exec(path)
      if (!found) return undefined
      try {
        return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]))
      } catch {
        // A percent sign that escapes nothing names nothing.
        return undefined
      }
    },
  }
}
