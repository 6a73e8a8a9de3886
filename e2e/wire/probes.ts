import type { ModelShape, ServiceModel } from './serviceModel.ts'

/** An input that is sound but for one place. */
export interface Probe {
  operation: string
  /** `pipeline.stages.1.member.name` */
  path: string
  input: unknown
  /** How AWS's sentence about that place begins; undefined where the model admits what is there. */
  constraint: string | undefined
}

type Step = string | number
type Attempt = Pick<Probe, 'constraint'> & { value: unknown }

/** One that each of the patterns admits which do not admit `aaa`. */
const fitting: Readonly<Record<string, string>> = {
  'arn:aws(-[\\w]+)*:iam::[0-9]{12}:role/.*': 'arn:aws:iam::111122223333:role/Pipeline',
  'arn:aws(-[\\w]+)*:lambda:.+:[0-9]{12}:function:.+': 'arn:aws:lambda:us-east-1:111122223333:function:check',
  'arn:aws(-[\\w]+)*:codepipeline:.+:[0-9]{12}:.+': 'arn:aws:codepipeline:us-east-1:111122223333:shop',
  '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}': '00000000-0000-4000-8000-000000000000',
  '[0-9]{12}': '111122223333',
  '[0-9]{12}|\\*': '*',
  'AWS|ThirdParty': 'AWS',
}
/** Longer than any request may be: not tried. */
const endless = 100_000

const atLeast = (what: 'length' | 'value', min: number) => `Member must have ${what} greater than or equal to ${min}`
const atMost = (what: 'length' | 'value', max: number) => `Member must have ${what} less than or equal to ${max}`
const text = (length: number, pattern = '') => (fitting[pattern] ?? '').padEnd(length, 'a')

/**
 * For every constrained place in every operation's input: what breaks the constraint, and what just satisfies it.
 */
export function probesOf({ operations, shapes }: ServiceModel): Probe[] {
  const shapeOf = (name = ''): ModelShape => {
    const found = shapes[name]
    if (!found) throw new Error(`no shape ${name}`)
    return found
  }

  /** The least that a shape admits. */
  const least = (shape: ModelShape): unknown => {
    switch (shape.type) {
      case 'structure':
        return Object.fromEntries(shape.required.map(name => [name, least(shapeOf(shape.members[name]?.shape))]))
      case 'list':
        return Array.from({ length: shape.min ?? 0 }, () => least(shapeOf(shape.member?.shape)))
      case 'map':
        return {}
      case 'string':
        return shape.enum?.[0] ?? text(Math.max(shape.min ?? 0, 3), shape.pattern)
      case 'boolean':
        return false
      case 'timestamp':
        return new Date(0)
      default:
        return shape.min ?? 1
    }
  }

  const inText = ({ min = 0, max = endless, pattern, enum: values }: ModelShape): Attempt[] => {
    if (values)
      return [
        { value: 'Nonsense', constraint: 'Member must satisfy enum value set: [' },
        ...values.map(value => ({ value, constraint: undefined })),
      ]
    const ofAnyLength = fitting[pattern ?? ''] === undefined
    return [
      ...(pattern && pattern !== '.*'
        ? [{ value: '%%%%%', constraint: `Member must satisfy regular expression pattern: ${pattern}` }]
        : []),
      ...(min > 0 && ofAnyLength
        ? [
            { value: text(min - 1), constraint: atLeast('length', min) },
            { value: text(min), constraint: undefined },
          ]
        : []),
      ...(max < endless ? [{ value: text(max + 1, pattern), constraint: atMost('length', max) }] : []),
      ...(max < endless && ofAnyLength ? [{ value: text(max), constraint: undefined }] : []),
    ]
  }

  const inList = ({ min = 0, max = endless, member }: ModelShape): Attempt[] => {
    const of = (length: number) => Array<unknown>(length).fill(least(shapeOf(member?.shape)))
    return [
      ...(min > 0 ? [{ value: of(min - 1), constraint: atLeast('length', min) }] : []),
      ...(max < endless
        ? [
            { value: of(max + 1), constraint: atMost('length', max) },
            { value: of(max), constraint: undefined },
          ]
        : []),
    ]
  }

  const inNumber = ({ min, max }: ModelShape): Attempt[] => [
    ...(min === undefined
      ? []
      : [
          { value: min - 1, constraint: atLeast('value', min) },
          { value: min, constraint: undefined },
        ]),
    ...(max === undefined
      ? []
      : [
          { value: max + 1, constraint: atMost('value', max) },
          { value: max, constraint: undefined },
        ]),
  ]

  /** A map is told of as a whole: how many, then its keys, then its values. */
  const inMap = ({ max = endless, key, value }: ModelShape): Attempt[] => {
    const [keys, values] = [shapeOf(key?.shape), shapeOf(value?.shape)]
    const of = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, n) => [`aaa${n}`, least(values)] as const))
    const within = (what: string, shape: ModelShape, put: (bad: string) => object): Attempt[] => {
      if (shape.type !== 'string') return []
      const begin = `Map ${what} must satisfy constraint: [`
      const { min = 0, max: longest = endless, pattern } = shape
      return [
        ...(longest < endless
          ? [
              {
                value: put(text(longest + 1)),
                constraint: `${begin}${atMost('length', longest)}, ${atLeast('length', min)}`,
              },
              { value: put(text(longest)), constraint: undefined },
            ]
          : []),
        ...(pattern === undefined ? [] : [{ value: put('%%'), constraint: begin }]),
      ]
    }
    return [
      ...(max < endless
        ? [
            { value: of(max + 1), constraint: atMost('length', max) },
            { value: of(max), constraint: undefined },
          ]
        : []),
      ...within('keys', keys, bad => ({ [bad]: least(values) })),
      ...within('value', values, bad => ({ aaa: bad })),
    ]
  }

  const attempts = (shape: ModelShape): Attempt[] => {
    switch (shape.type) {
      case 'string':
        return inText(shape)
      case 'list':
        return inList(shape)
      case 'map':
        return inMap(shape)
      case 'integer':
      case 'long':
        return inNumber(shape)
      default:
        return []
    }
  }

  /** Every place in a shape with an input around it: `wrap` puts a value into that place. */
  function* places(
    shape: ModelShape,
    path: readonly Step[],
    wrap: (value: unknown) => unknown,
  ): Generator<Omit<Probe, 'operation'>> {
    for (const { value, constraint } of attempts(shape)) yield { path: written(path), input: wrap(value), constraint }
    if (shape.type === 'structure') {
      const base = least(shape) as Record<string, unknown>
      for (const [name, { shape: target }] of Object.entries(shape.members)) {
        if (shape.required.includes(name)) {
          const { [name]: _left, ...others } = base
          yield { path: written([...path, name]), input: wrap(others), constraint: 'Member must not be null' }
        }
        yield* places(shapeOf(target), [...path, name], value => wrap({ ...base, [name]: value }))
      }
    }
    if (shape.type === 'list') {
      const item = shapeOf(shape.member?.shape)
      const others = Array.from({ length: Math.max((shape.min ?? 0) - 1, 0) }, () => least(item))
      yield* places(item, [...path, 0], value => wrap([value, ...others]))
    }
    // Beneath a map, only what is in structures: of the rest it tells by itself.
    if (shape.type === 'map' && shapeOf(shape.value?.shape).type === 'structure')
      yield* places(shapeOf(shape.value?.shape), [...path, 'aaaa', 'member'], value => wrap({ aaaa: value }))
  }

  return Object.entries(operations).flatMap(([operation, { input }]) =>
    input ? [...places(shapeOf(input.shape), [], value => value)].map(probe => ({ operation, ...probe })) : [],
  )
}

/** Lists count from one. */
const written = (path: readonly Step[]) =>
  path.map(step => (typeof step === 'number' ? `${step + 1}.member` : step)).join('.')
