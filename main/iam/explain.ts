import type { Decision, Source } from './evaluate.ts'

const policyKinds: Readonly<Record<Source['kind'], string>> = {
  identity: 'identity-based policy',
  resource: 'resource-based policy',
  session: 'session policy',
  boundary: 'permissions boundary',
}

/** AWS's sentence for a denial. `who` is the caller's ARN as GetCallerIdentity gives it. */
export function denialSentence(
  decision: Exclude<Decision, { kind: 'allow' }>,
  { who, action, resource }: { who: string; action: string; resource: string },
): string {
  const start = `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`
  const [first] = decision.matched
  switch (decision.kind) {
    case 'explicitDeny':
      return `${start} with an explicit deny in ${article(first ? policyKinds[first.source.kind] : 'policy')}`
    case 'implicitDeny':
      return `${start} because no ${policyKinds[decision.lacking]} allows the ${action} action`
  }
}

const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`
