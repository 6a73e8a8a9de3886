import { AwsError } from '../awsError.ts'
import type { Shape } from './shape.ts'

/** Throws AWS's constraint violation, named as the service names it, where members that the model requires are absent. */
export function missingMembers(shape: Shape, input: unknown, errorName: string): void {
  const missing = find(shape, input, '')
  if (missing.length === 0) return
  const sentences = missing.map(path => `Value null at '${path}' failed to satisfy constraint: Member must not be null`)
  const errors = missing.length === 1 ? '1 validation error' : `${missing.length} validation errors`
  throw new AwsError(errorName, `${errors} detected: ${sentences.join('; ')}`)
}

function find(shape: Shape, value: unknown, path: string): string[] {
  switch (shape.kind) {
    case 'structure': {
      const source = value as Record<string, unknown>
      return shape.members.flatMap(member => {
        const at = path + lowerFirst(member.name)
        const given = source[member.name]
        if (given !== undefined) return find(member.shape, given, `${at}.`)
        return member.required ? [at] : []
      })
    }
    case 'list': {
      const at = path.replace(/\.$/, '')
      return (value as unknown[]).flatMap((item, index) =>
        item === undefined ? [] : find(shape.item.shape, item, `${at}.${index + 1}.member.`),
      )
    }
    default:
      return []
  }
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)
