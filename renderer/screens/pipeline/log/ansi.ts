import { AnsiUp } from 'ansi_up'

/** A piece of a line in one dress. Classes are names of `log.module.css`: the theme decides how a colour looks. */
export interface Span {
  text: string
  classes: readonly string[]
}

/** One line in pieces; a line without escape codes is one plain piece. */
export type Painter = (line: string) => readonly Span[]

const escape = '\u001b'

/**
 * Reads ANSI colours line by line; a colour left open colours the lines after it, as in a terminal. The parser is
 * ansi_up; what it answers is markup of one known shape, which is taken apart here: no markup reaches the document.
 */
export function ansiPainter(): Painter {
  const parser = new AnsiUp()
  parser.use_classes = true
  let plain = true
  return line => {
    if (plain && !line.includes(escape)) return [{ text: line, classes: [] }]
    const spans = spansOf(parser.ansi_to_html(line))
    // A line may end in a colour that only the next one shows: the parser is asked until a line comes out plain.
    plain = !line.includes(escape) && spans.every(({ classes }) => classes.length === 0)
    return spans
  }
}

const piece = /<span(?: style="([^"]*)")?(?: class="([^"]*)")?>([^<]*)<\/span>|<a href="[^"]*">([^<]*)<\/a>|([^<]+)/g
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

function spansOf(markup: string): Span[] {
  return [...markup.matchAll(piece)].map(([, style, classes, inSpan, inLink, bare]) => ({
    text: (inSpan ?? inLink ?? bare ?? '').replace(
      /&(amp|lt|gt|quot|#x27);/g,
      (all, name: string) => entities[name] ?? all,
    ),
    classes: [...styleClasses(style ?? ''), ...(classes ?? '').split(' ').flatMap(colourClass)],
  }))
}

/** `ansi-bright-red-fg` → `red`; a bright colour is its plain one: the theme has one ink of each, readable on its ground. */
function colourClass(name: string): string[] {
  const [, colour, ground] = /^ansi-(?:bright-)?(\w+)-(fg|bg)$/.exec(name) ?? []
  if (colour === undefined) return []
  return [ground === 'bg' ? `on-${colour}` : colour]
}

function styleClasses(style: string): string[] {
  return style.split(';').flatMap(rule => {
    if (rule.startsWith('font-weight')) return ['bold']
    if (rule.startsWith('opacity')) return ['faint']
    if (rule.startsWith('font-style')) return ['italic']
    if (rule.startsWith('text-decoration')) return ['underline']
    const [, ground, red, green, blue] = /^(color|background-color):rgb\((\d+),(\d+),(\d+)\)$/.exec(rule) ?? []
    if (ground === undefined) return []
    const colour = nearestColour(Number(red), Number(green), Number(blue))
    return [ground === 'color' ? colour : `on-${colour}`]
  })
}

/** Of 256 and true colours the hue is kept. */
function nearestColour(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue)
  const least = Math.min(red, green, blue)
  if (most - least < 40) return most < 90 ? 'black' : 'white'
  const half = (most + least) / 2
  const high = [red > half, green > half, blue > half].map(Number).join('')
  const byHigh: Readonly<Record<string, string>> = {
    '100': 'red',
    '010': 'green',
    '001': 'blue',
    '110': 'yellow',
    '101': 'magenta',
    '011': 'cyan',
  }
  return byHigh[high] ?? 'white'
}
