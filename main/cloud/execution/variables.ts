import type { ErrorDetails, Execution } from './model.ts'
import { own } from './records.ts'

/** One `#{namespace.key}` in a text. */
export interface VariableReference {
  text: string
  namespace: string
  key: string
}

/** A value, or why there is none. */
export type Resolved<T> = { ok: true; value: T } | { ok: false; error: ErrorDetails }

/** 100 KB: what one action's configuration may grow to once its references are replaced (fact sheet, 3.6). */
const resolvedLimit = 100 * 1024
/** What one action may put out in variables, in bytes of names and values (fact sheet, 3.6). */
const outputLimit = 122_880

const referencePattern = /#\{([^{}]*)\}/g

/** Every reference in `text`, in order. One without a period has an empty namespace. */
export function referencesIn(text: string): VariableReference[] {
  if (!text.includes('#{')) return []
  return [...text.matchAll(referencePattern)].map(([whole, inner = '']) => {
    const period = inner.indexOf('.')
    return period < 0
      ? { text: whole, namespace: '', key: inner }
      : { text: whole, namespace: inner.slice(0, period), key: inner.slice(period + 1) }
  })
}

/** What a reference stands for in this execution now. */
export type Scope = (namespace: string, key: string) => string | undefined

/** `codepipeline.PipelineExecutionId`, the pipeline's own variables, and what actions have put out so far. */
export function scopeOf(execution: Pick<Execution, 'id' | 'variables' | 'outputs'>): Scope {
  return (namespace, key) => {
    if (namespace === 'codepipeline') return key === 'PipelineExecutionId' ? execution.id : undefined
    if (namespace === 'variables') return own(execution.variables, key)
    const outputs = own(execution.outputs, namespace)
    return outputs && own(outputs, key)
  }
}

/** Replaces every reference in `text`. */
export function resolveText(text: string, scope: Scope): Resolved<string> {
  for (const reference of referencesIn(text)) {
    if (scope(reference.namespace, reference.key) === undefined) return unresolvable(reference)
  }
  const value = text.replace(referencePattern, (whole, inner: string) => {
    const period = inner.indexOf('.')
    return scope(inner.slice(0, period), inner.slice(period + 1)) ?? whole
  })
  return { ok: true, value }
}

/** Replaces every reference in the record's values. The names stay as they are. */
export function resolveRecord(
  record: Readonly<Record<string, string>>,
  scope: Scope,
): Resolved<Readonly<Record<string, string>>> {
  const values = Object.values(record)
  if (!values.some(value => value.includes('#{'))) return { ok: true, value: record }
  const resolved = resolveList(values, scope)
  if (!resolved.ok) return resolved
  const entries = Object.keys(record).map((key, i) => [key, resolved.value[i] ?? ''] as const)
  const size = sizeOf(entries)
  if (size > resolvedLimit) return { ok: false, error: tooLarge('resolved configuration', size, resolvedLimit) }
  return { ok: true, value: Object.fromEntries(entries) }
}

/** Replaces every reference in each of the texts. */
export function resolveList(texts: readonly string[], scope: Scope): Resolved<readonly string[]> {
  const values: string[] = []
  for (const text of texts) {
    const resolved = resolveText(text, scope)
    if (!resolved.ok) return resolved
    values.push(resolved.value)
  }
  return { ok: true, value: values }
}

// UNCONFIRMED: code and sentence of these failures.
function unresolvable(reference: VariableReference): Resolved<never> {
  const message = `The variable reference ${reference.text} could not be resolved: no value was produced for it`
  return { ok: false, error: { code: 'ConfigurationError', message } }
}

/** Why an action can't put these variables out, where it can't. */
export function refuseOutput(variables: Readonly<Record<string, string>>): ErrorDetails | undefined {
  const size = sizeOf(Object.entries(variables))
  return size > outputLimit ? tooLarge('output variables', size, outputLimit) : undefined
}

function sizeOf(entries: readonly (readonly [string, string])[]): number {
  return entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0)
}

function tooLarge(what: string, size: number, limit: number): ErrorDetails {
  const message = `The size of the ${what} is ${size} bytes, more than the limit of ${limit} bytes`
  return { code: 'ConfigurationError', message }
}
