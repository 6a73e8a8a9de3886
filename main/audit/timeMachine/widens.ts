import { z } from 'zod'
import { matchesAnyCase } from '../../iam/wildcard.ts'

const list = z.union([z.string(), z.array(z.string())]).transform(value => (Array.isArray(value) ? value : [value]))
const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Action: list.optional(),
  NotAction: list.optional(),
  Resource: list.optional(),
  NotResource: list.optional(),
  Condition: z.unknown().optional(),
})
type Statement = z.infer<typeof Statement>
const Document = z.looseObject({
  Statement: z.union([Statement, z.array(Statement)]).transform(value => (Array.isArray(value) ? value : [value])),
})

/**
 * Whether a policy may allow something that the one before did not: a grant that no single earlier one covers, or a
 * denial that is gone. Errs on the side of yes: several earlier grants together are not weighed.
 */
export function widens(before: string, after: string): boolean {
  const [old, now] = [statementsOf(before), statementsOf(after)]
  if (!old || !now) return true
  const grants = old.filter(({ Effect }) => Effect === 'Allow')
  const more = now.some(each => each.Effect === 'Allow' && !grants.some(grant => covers(grant, each)))
  const denials = now.filter(({ Effect }) => Effect === 'Deny')
  const fewer = old.some(each => each.Effect === 'Deny' && !denials.some(denial => covers(denial, each)))
  return more || fewer
}

function covers(wide: Statement, narrow: Statement): boolean {
  const plain = (statement: Statement) => statement.NotAction === undefined && statement.NotResource === undefined
  if (!plain(wide) || !plain(narrow)) return text(wide) === text(narrow)
  if (wide.Condition !== undefined && text(wide.Condition) !== text(narrow.Condition)) return false
  const inside = (patterns: readonly string[] = [], values: readonly string[] = []) =>
    values.every(value => patterns.some(pattern => matchesAnyCase(pattern, value)))
  return inside(wide.Action, narrow.Action) && inside(wide.Resource, narrow.Resource)
}

const text = (value: unknown) => JSON.stringify(value)

/** CloudTrail gives a document as it was sent: JSON, sometimes URL-encoded. */
function statementsOf(document: string): Statement[] | undefined {
  try {
    const plain = document.startsWith('%') ? decodeURIComponent(document) : document
    return Document.parse(JSON.parse(plain)).Statement
  } catch {
    return undefined
  }
}
