import { validation } from '../refusals.ts'

/** Metric math as it is written ("Using math expressions with CloudWatch metrics", user guide). */
export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'id'; name: string }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'negative'; of: Expression }
  | { kind: 'operation'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: string; of: readonly Expression[] }

/** Loosest first; those of one row bind alike. */
const rows = [['OR', '||'], ['AND', '&&'], ['==', '!='], ['<=', '>=', '<', '>'], ['+', '-'], ['*', '/'], ['^']] as const
export type Operator = (typeof rows)[number][number]
const power = new Map<string, { operator: Operator; level: number }>(
  rows.flatMap((operators, level) => operators.map(operator => [operator, { operator, level }] as const)),
)

const token =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+)|"([^"]*)"|'([^']*)'|(\w+)|(<=|>=|==|!=|&&|\|\||[-+*/^<>()[\],]))/y
/** CloudWatch's own limit on an expression. */
const longest = 2048

type Token = { kind: 'number' | 'text' | 'word' | 'sign'; text: string }

/** Reads an expression. Throws ValidationException with the place where it is none. */
export function parseExpression(text: string): Expression {
  const wrong = (why: string) => validation(`Error in expression '${text}': ${why}`)
  if (text.length > longest) throw validation(`An expression must be at most ${longest} characters long.`)
  if (/^\s*SELECT\b/i.test(text)) throw wrong('the local cloud has no Metrics Insights.')
  const tokens = tokensOf(text, wrong)
  let next = 0
  const peek = () => tokens[next]
  const isSign = (sign: string) => peek()?.kind === 'sign' && peek()?.text === sign
  const expect = (sign: string) => {
    if (!isSign(sign)) throw wrong(`'${sign}' expected, not ${peek() ? `'${peek()?.text}'` : 'the end'}.`)
    next++
  }
  const items = (end: string): Expression[] => {
    const found: Expression[] = []
    while (!isSign(end)) {
      if (found.length > 0) expect(',')
      found.push(operation(0))
    }
    next++
    return found
  }
  const operand = (): Expression => {
    const found = peek()
    if (!found) throw wrong('it ends too early.')
    next++
    if (found.kind === 'number') return { kind: 'number', value: Number(found.text) }
    if (found.kind === 'text') return { kind: 'text', value: found.text }
    if (found.kind === 'word') {
      if (!isSign('(')) return { kind: 'id', name: found.text }
      next++
      return { kind: 'call', name: found.text.toUpperCase(), of: items(')') }
    }
    if (found.text === '[') return { kind: 'list', items: items(']') }
    // A minus binds looser than a power: -2^2 is -4.
    if (found.text === '-') return { kind: 'negative', of: operation(rows.length - 1) }
    if (found.text !== '(') throw wrong(`'${found.text}' is not expected there.`)
    const inner = operation(0)
    expect(')')
    return inner
  }
  const operation = (level: number): Expression => {
    let left = operand()
    for (;;) {
      const binds = power.get(peek()?.text.toUpperCase() ?? '')
      if (!binds || peek()?.kind === 'text' || binds.level < level) return left
      next++
      left = { kind: 'operation', operator: binds.operator, left, right: operation(binds.level + 1) }
    }
  }
  const whole = operation(0)
  if (peek()) throw wrong(`'${peek()?.text}' is not expected there.`)
  return whole
}

function tokensOf(text: string, wrong: (why: string) => Error): Token[] {
  const found: Token[] = []
  const end = text.trimEnd().length
  for (let at = 0; at < end; at = token.lastIndex) {
    token.lastIndex = at
    const [, number, double, single, word, sign] = token.exec(text) ?? []
    const quoted = double ?? single
    if (number !== undefined) found.push({ kind: 'number', text: number })
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted })
    else if (word !== undefined) found.push({ kind: 'word', text: word })
    else if (sign !== undefined) found.push({ kind: 'sign', text: sign })
    else throw wrong(`'${text.slice(at).trim().charAt(0)}' is not expected there.`)
  }
  return found
}
