import { describe, expect, it } from 'vitest'
import tokens from './tokens.css?raw'

type Rgb = readonly [number, number, number]

/** Measured marks, in the order of their weight. */
const marks = ['ok', 'failed', 'running', 'waiting', 'stopped'] as const
/** What words are written in. */
const words = [
  'text',
  'dim',
  'faint',
  'accent-ink',
  ...marks.map(mark => `${mark}-ink`),
  ...['dev', 'stage', 'prod'].map(environment => `env-${environment}-ink`),
  // An account's band of its own; the others borrow their words from the above.
  'band-rose',
]
/** What an account is edged with, its environment's or its own. */
const edges = ['env-dev', 'env-stage', 'env-prod', 'running', 'band-ochre', 'band-rose', 'stopped'] as const
const themes = {
  light: { selector: '[data-theme="light"]', measuredOn: '#ffffff' },
  dark: { selector: '[data-theme="dark"]', measuredOn: '#0f1419' },
}

function tokensOf(theme: keyof typeof themes): (name: string) => string {
  const block = tokens.slice(tokens.indexOf(`${themes[theme].selector} {`))
  const text = block.slice(0, block.indexOf('}'))
  return name => {
    const found = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(text)?.[1]
    if (found === undefined) throw new Error(`tokens.css has no --${name} in ${theme}`)
    return found
  }
}

const linear = (hex: string): Rgb => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(at => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return [r, g, b]
}

/** WCAG 2.2 relative luminance and contrast ratio. */
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

/** What the dichromacies leave of linear RGB: Machado, Oliveira and Fernandes (2009), severity 1. */
const sights: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

const dot = (a: Rgb, b: Rgb) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]

/** OKLab (Ottosson 2020): equal distances look about equally different. */
function oklab(color: Rgb): Rgb {
  const [l = 0, m = 0, s = 0] = (
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ] as const
  ).map(row => Math.cbrt(Math.max(0, dot(row, color))))
  const lms: Rgb = [l, m, s]
  return [
    dot([0.2104542553, 0.793617785, -0.0040720468], lms),
    dot([1.9779984951, -2.428592205, 0.4505937099], lms),
    dot([0.0259040371, 0.7827717662, -0.808675766], lms),
  ]
}

function seen(hex: string, sight: readonly [Rgb, Rgb, Rgb]): Rgb {
  const color = linear(hex)
  const [r, g, b] = sight.map(row => Math.min(1, Math.max(0, dot(row, color))))
  return oklab([r ?? 0, g ?? 0, b ?? 0])
}

const distance = (a: Rgb, b: Rgb) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/**
 * A difference is just noticed at about 0.02 in OKLab; ours stay at three times that in every sight. The nearest are
 * ok and waiting without red-sensitive cones (0.065), which is one reason why colour never stands without its glyph.
 */
const leastDistance = 0.06

describe.each(['light', 'dark'] as const)('the %s palette', theme => {
  const token = tokensOf(theme)
  const surfaces = ['bg', 'panel', 'raised', 'selected']

  it.each(marks)('has %s at 4.5:1 on the ground that it was measured on', mark => {
    expect(contrast(token(mark), themes[theme].measuredOn)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(marks)('has %s at 3:1, as WCAG asks of graphics, on every surface', mark => {
    for (const surface of surfaces) expect(contrast(token(mark), token(surface))).toBeGreaterThanOrEqual(3)
  })

  it.each(words)('has words in %s at 4.5:1 on every surface, a chosen row included', word => {
    for (const surface of surfaces) {
      expect(contrast(token(word), token(surface)), `on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it.each(edges)('has the edge %s of an account at 3:1 on every surface', edge => {
    for (const surface of surfaces) expect(contrast(token(edge), token(surface))).toBeGreaterThanOrEqual(3)
  })

  it('keeps the edges of accounts apart in normal sight; their names stand beside them in every other', () => {
    const colors = edges.map(edge => ({ edge, at: seen(token(edge), sights['normal']!) }))
    for (const [index, a] of colors.entries()) {
      for (const b of colors.slice(index + 1)) {
        expect(distance(a.at, b.at), `${a.edge} and ${b.edge}`).toBeGreaterThanOrEqual(leastDistance)
      }
    }
  })

  it('has the words on its accent at 4.5:1', () => {
    expect(contrast(token('on-accent'), token('accent'))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.keys(sights))('keeps its marks apart in %s sight', sight => {
    const colors = marks.map(mark => ({ mark, at: seen(token(mark), sights[sight] ?? sights['normal']!) }))
    for (const [index, a] of colors.entries()) {
      for (const b of colors.slice(index + 1)) {
        expect(distance(a.at, b.at), `${a.mark} and ${b.mark}`).toBeGreaterThanOrEqual(leastDistance)
      }
    }
  })
})

describe('the type sizes', () => {
  it('never go below 11 px', () => {
    const sizes = [...tokens.matchAll(/--t-\d+: (\d+)px/g)].map(([, px]) => Number(px))
    expect(sizes.length).toBeGreaterThan(3)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
  })
})
