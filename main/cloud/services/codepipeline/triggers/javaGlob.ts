/**
 * A glob in Java's manner as a regular expression: `*` and `?` stay within a segment, `**` does not, `[abc]`, `[!a]`,
 * `{a,b}`, and `\` takes the meaning off. As AWS's documents have it, a double star that is a whole segment also stands for no
 * segment at all (fact sheet, 3.7). Undefined for a pattern that is none. Pure.
 */
export function javaGlob(pattern: string): RegExp | undefined {
  let source = ''
  let inGroup = false
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? ''
    if (char === '\\') {
      const next = pattern[++at]
      if (next === undefined) return undefined
      source += escaped(next)
    } else if (char === '*' && pattern[at + 1] === '*') {
      at++
      const wholeSegment = (at === 1 || pattern[at - 2] === '/') && pattern[at + 1] === '/'
      source += wholeSegment ? '(?:.*/)?' : '.*'
      if (wholeSegment) at++
    } else if (char === '*') source += '[^/]*'
    else if (char === '?') source += '[^/]'
    else if (char === '[') {
      const end = pattern.indexOf(']', at + 1)
      const inside = pattern.slice(at + 1, end)
      if (end < 0 || inside === '' || inside === '!') return undefined
      const negated = inside.startsWith('!')
      source += `(?!/)[${negated ? '^' : ''}${inside.slice(negated ? 1 : 0).replaceAll(/[\\^\]]/g, '\\$&')}]`
      at = end
    } else if (char === '{') {
      // Java does not nest groups either.
      if (inGroup) return undefined
      inGroup = true
      source += '(?:'
    } else if (char === '}' && inGroup) {
      inGroup = false
      source += ')'
    } else if (char === ',' && inGroup) source += '|'
    else source += escaped(char)
  }
  if (inGroup) return undefined
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    // A range that goes backwards: [z-a].
    return undefined
  }
}

const escaped = (char: string) => char.replace(/[.*+?^${}()|[\]\\/]/, '\\$&')
