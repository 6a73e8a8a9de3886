import { assertNever } from '../../../../base/assertNever.ts'
import type { Millis } from '../../../../base/clock.ts'
import { validation } from '../refusals.ts'
import { functions } from './functions.ts'
import type { Expression, Operator } from './parseExpression.ts'
import { mapped, type Series, scalar, seriesOf, type Value } from './values.ts'

/** Where an expression stands. */
export interface Query {
  text: string
  since: Millis
  until: Millis
  /** The value of another query of the request; undefined where there is none of that id. */
  valueOf: (id: string) => Value | undefined
  metrics: readonly Series[]
}

const operations: Readonly<Record<Operator, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '^': (left, right) => left ** right,
  '<': (left, right) => Number(left < right),
  '<=': (left, right) => Number(left <= right),
  '>': (left, right) => Number(left > right),
  '>=': (left, right) => Number(left >= right),
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  '&&': (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
  '||': (left, right) => Number(left !== 0 || right !== 0),
}

/** What an expression comes to. Throws ValidationException where it asks for what is not there or not offered. Pure. */
export function evaluateExpression(expression: Expression, query: Query): Value {
  const wrong = (why: string) => validation(`Error in expression '${query.text}': ${why}`)
  const evaluated = (inner: Expression): Value => {
    switch (inner.kind) {
      case 'number':
        return scalar(inner.value)
      case 'text':
        return inner
      case 'id':
        return named(inner.name)
      case 'list':
        return { kind: 'list', items: inner.items.flatMap(item => allOf(evaluated(item))) }
      case 'negative':
        return combined('*', scalar(-1), evaluated(inner.of))
      case 'operation':
        return combined(inner.operator, evaluated(inner.left), evaluated(inner.right))
      case 'call': {
        const called = Object.hasOwn(functions, inner.name) ? functions[inner.name] : undefined
        if (!called) throw wrong(`the local cloud does not offer the function ${inner.name}.`)
        return called(inner.of.map(evaluated), { ...query, wrong })
      }
      default:
        return assertNever(inner)
    }
  }
  const named = (name: string): Value => {
    if (name === 'REPEAT' || name === 'LINEAR') return { kind: 'text', value: name }
    const found = query.valueOf(name)
    if (!found) throw wrong(`there is no metric or expression ${name}.`)
    return found
  }
  const allOf = (value: Value): readonly Series[] => {
    if (value.kind === 'series') return [value.series]
    if (value.kind === 'list') return value.items
    throw wrong('only time series can stand in brackets.')
  }
  const combined = (operator: Operator, left: Value, right: Value): Value => {
    const work = operations[operator]
    if (left.kind === 'text' || right.kind === 'text') throw wrong('a text is no number.')
    if (left.kind === 'list' || right.kind === 'list') return combinedLists(operator, left, right)
    if (left.kind === 'scalar' && right.kind === 'scalar') return scalar(work(left.value, right.value))
    if (left.kind === 'series' && right.kind === 'series') {
      // Only where both have a value.
      const others = right.series.points
      const points = [...left.series.points].flatMap(([at, value]) => {
        const other = others.get(at)
        return other === undefined ? [] : [[at, work(value, other)] as const]
      })
      return { kind: 'series', series: seriesOf(left.series, points) }
    }
    if (left.kind === 'series' && right.kind === 'scalar')
      return { kind: 'series', series: mapped(left.series, value => work(value, right.value)) }
    if (left.kind === 'scalar' && right.kind === 'series')
      return { kind: 'series', series: mapped(right.series, value => work(left.value, value)) }
    throw wrong('it cannot be worked out.')
  }
  const combinedLists = (operator: Operator, left: Value, right: Value): Value => {
    if (left.kind === 'list' && right.kind === 'list') throw wrong('two lists of time series cannot be combined.')
    const one = (a: Value, b: Value) => allOf(combined(operator, a, b))
    const ofSeries = (series: Series): Value => ({ kind: 'series', series })
    if (left.kind === 'list') return { kind: 'list', items: left.items.flatMap(item => one(ofSeries(item), right)) }
    if (right.kind === 'list') return { kind: 'list', items: right.items.flatMap(item => one(left, ofSeries(item))) }
    throw wrong('it cannot be worked out.')
  }
  return evaluated(expression)
}

/** The series that an answer shows. A number alone is none: so it is in AWS. */
export function shownSeries(value: Value, text: string): readonly Series[] {
  if (value.kind === 'series') return [value.series]
  if (value.kind === 'list') return value.items
  throw validation(`Error in expression '${text}': it must come to a time series, and not to a single value.`)
}
