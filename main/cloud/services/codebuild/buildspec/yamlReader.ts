import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml'
import type { Warning } from './model.ts'

/** A buildspec that cannot be read: CodeBuild's YAML_FILE_ERROR. The message says the line. */
export class BuildspecError extends Error {
  readonly line: number | undefined

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `${message} at line ${line}`)
    this.name = 'BuildspecError'
    this.line = line
  }
}

/** One value of the document, with the key it stands under and where. */
export interface Value {
  /** As an error names it: `phases/build/commands`. */
  path: string
  node: Node | null
  line: number
}

/** Reads typed values out of a YAML document and says the line where one is wrong. */
export interface YamlReader {
  root: Value
  warnings: Warning[]
  fail(value: Value, expected: string): BuildspecError
  /** The entries of a mapping; nothing where the value is empty. */
  entries(value: Value): [string, Value][]
  /** The entries by key; a key that is not in `known` becomes a warning. */
  members(value: Value, known: readonly string[]): Readonly<Record<string, Value | undefined>>
  /** A scalar as it was written, so that `1.10` stays `1.10`. */
  text(value: Value): string
  flag(value: Value): boolean
  /** A sequence of scalars, or one scalar alone. `what` names an element in errors, e.g. `Commands`. */
  list(value: Value, what: string): string[]
  record(value: Value): Record<string, string>
}

/** The library's own words tell of its stack where a document is nested thousands deep. */
const complaintOf = ({ code, message }: YAMLParseError) =>
  code === 'RESOURCE_EXHAUSTION' ? 'The buildspec is nested too deeply' : message

/** Parses the text. Throws {@link BuildspecError} where it is no YAML mapping. */
export function readYaml(text: string): YamlReader {
  const lines = new LineCounter()
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  })
  const lineAt = (offset: number | undefined) => Math.max(lines.linePos(offset ?? 0).line, 1)
  const broken = document.errors[0]
  if (broken) throw new BuildspecError(complaintOf(broken), lineAt(broken.pos[0]))

  const warnings: Warning[] = []
  const deref = (node: unknown): Node | null => {
    const target = isAlias(node) ? (node.resolve(document) ?? null) : node
    return isMap(target) || isSeq(target) || isScalar(target) ? target : null
  }
  const valueOf = (path: string, node: unknown, fallback: number): Value => {
    const found = deref(node)
    return { path, node: found, line: found?.range ? lineAt(found.range[0]) : fallback }
  }
  const empty = (value: Value) => value.node === null || (isScalar(value.node) && value.node.value === null)
  const fail = (value: Value, expected: string) =>
    new BuildspecError(`Expected ${value.path} to be ${expected}`, value.line)
  const scalar = (node: unknown): string | undefined => {
    if (!isScalar(node)) return undefined
    if (typeof node.value === 'string') return node.value
    return node.value === null ? '' : (node.source ?? '')
  }
  const mapOf = (value: Value): YAMLMap | undefined => {
    if (empty(value)) return undefined
    if (!isMap(value.node)) throw fail(value, 'a mapping')
    return value.node
  }

  const reader: YamlReader = {
    root: valueOf('the buildspec', document.contents, 1),
    warnings,
    fail,
    entries(value) {
      return (mapOf(value)?.items ?? []).map(({ key, value: inner }) => {
        const name = scalar(key)
        if (name === undefined) throw fail(value, 'a mapping with plain keys')
        const line = isScalar(key) && key.range ? lineAt(key.range[0]) : value.line
        const path = value.path === 'the buildspec' ? name : `${value.path}/${name}`
        return [name, valueOf(path, inner, line)]
      })
    },
    members(value, known) {
      const entries = reader.entries(value)
      for (const [name, inner] of entries)
        if (!known.includes(name))
          warnings.push({ line: inner.line, message: `${inner.path} is not a key that CodeBuild knows and is ignored` })
      return Object.fromEntries(entries)
    },
    text(value) {
      const text = scalar(value.node)
      if (text === undefined) throw fail(value, 'of string type')
      return text
    },
    flag(value) {
      // CodeBuild documents yes and no; YAML 1.2 knows true and false only.
      const text = reader.text(value).toLowerCase()
      if (['yes', 'true', 'on'].includes(text)) return true
      if (['no', 'false', 'off', ''].includes(text)) return false
      throw fail(value, 'yes or no')
    },
    list(value, what) {
      if (empty(value)) return []
      if (isScalar(value.node)) return [reader.text(value)]
      if (!isSeq(value.node)) throw fail(value, 'a sequence')
      return value.node.items.map((item, index) => {
        const inner = valueOf(`${what}[${index}]`, item, value.line)
        const text = scalar(inner.node)
        if (text !== undefined) return text
        const line = inner.line
        throw new BuildspecError(
          `Expected ${what}[${index}] to be of string type: found subkeys instead at line ${line}, value of the key tag on line ${Math.max(line - 1, 1)} might be empty`,
        )
      })
    },
    record: value => Object.fromEntries(reader.entries(value).map(([name, inner]) => [name, reader.text(inner)])),
  }
  if (!isMap(reader.root.node)) throw new BuildspecError('Expected the buildspec to be a mapping', reader.root.line)
  return reader
}
