import { runInNewContext } from 'node:vm'

/**
 * Java's `String.matches` as far as JavaScript carries it: the whole text must match. Undefined where the pattern is
 * none, needs what only Java has, or takes too long: a pattern is anybody's, and must not hold up the cloud.
 */
export function javaMatches(pattern: string, text: string): boolean | undefined {
  const translated = translate(pattern)
  if (!translated) return undefined
  const { source, flags } = translated
  try {
    return (
      runInNewContext('new RegExp(source, flags).test(text)', { source, flags, text }, { timeout: longest }) === true
    )
  } catch {
    return undefined
  }
}

const longest = 500

/** POSIX classes, which Java writes as properties. */
const classes: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7F',
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~',
  Graph: '!-~',
  Print: ' -~',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F',
  Space: ' \\t\\n\\x0B\\f\\r',
}

/** One step through a pattern: an escape, a bracket, a group's head, a quantifier, or any other character. */
const token = /\\Q([\s\S]*?)(?:\\E|$)|\\([pP])\{(\w+)\}|\\([\s\S])|(\[\^?)|(\])|\(\?([imsx]+)\)|([*+?}])\+|([\s\S])/gu

function translate(pattern: string): { source: string; flags: string } | undefined {
  let flags = ''
  let depth = 0
  let source = ''
  for (const match of pattern.matchAll(token)) {
    const [whole, quoted, property, name, escaped, opening, closing, inline, possessive] = match
    if (quoted !== undefined) source += quoted.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
    else if (property !== undefined) {
      const members = Object.hasOwn(classes, name ?? '') ? classes[name ?? ''] : undefined
      // Unicode's own classes need JavaScript's `u`, which refuses much of what Java allows.
      if (members === undefined || (depth > 0 && property === 'P')) return undefined
      source += depth > 0 ? members : `[${property === 'P' ? '^' : ''}${members}]`
    } else if (escaped !== undefined) {
      const known = escape(escaped, depth > 0)
      if (known === undefined) return undefined
      source += known
    } else if (opening !== undefined) {
      // Unions and intersections of classes are Java's only.
      if (depth > 0) return undefined
      depth = 1
      source += opening
    } else if (closing !== undefined) {
      depth = 0
      source += closing
    } else if (depth > 0) {
      if (pattern.startsWith('&&', match.index)) return undefined
      source += whole
    } else if (inline !== undefined) {
      // In the middle of a pattern they would hold from there on only.
      if (match.index > 0 || inline.includes('x')) return undefined
      flags = [...new Set(inline)].join('')
    } else if (possessive !== undefined) return undefined
    else source += whole
  }
  // What leaves a group or a class open would close it with what is put around it.
  try {
    RegExp(source, flags)
  } catch {
    return undefined
  }
  return { source: `^(?:${source})$(?![\\s\\S])`, flags }
}

/** Escapes that mean something else in JavaScript, or nothing. */
function escape(letter: string, inClass: boolean): string | undefined {
  switch (letter) {
    case 'A':
      return inClass ? undefined : '(?<![\\s\\S])'
    case 'z':
      return inClass ? undefined : '(?![\\s\\S])'
    case 'Z':
      return inClass ? undefined : '(?=\\n?(?![\\s\\S]))'
    case 'h':
      return inClass ? ' \\t' : '[ \\t]'
    case 'R':
      return inClass ? undefined : '(?:\\r\\n|[\\n\\r])'
    case 'a':
      return '\\x07'
    case 'e':
      return '\\x1B'
    // Java's \s knows ASCII only, JavaScript's every space.
    case 's':
      return inClass ? ' \\t\\n\\x0B\\f\\r' : '[ \\t\\n\\x0B\\f\\r]'
    case 'S':
      return inClass ? '\\S' : '[^ \\t\\n\\x0B\\f\\r]'
    case 'G':
    case 'X':
    case 'V':
    case 'H':
    case 'N':
      return undefined
    default:
      return `\\${letter}`
  }
}
