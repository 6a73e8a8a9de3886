import type { PlotSeries } from './plotData.ts'

/** A plot on the page, with what stands around it there. */
export interface Drawn {
  plot: SVGSVGElement
  title: string
  about: string
  kind: 'lines' | 'bars'
  series: readonly PlotSeries[]
}

/** What of a style a drawing needs to look the same outside the page. */
const kept = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const

const margin = 16
const line = 18

const namespace = 'http://www.w3.org/2000/svg'

function element(name: string, attributes: Record<string, string | number>, text = ''): SVGElement {
  const made = document.createElementNS(namespace, name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, `${value}`)
  made.textContent = text
  return made
}

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** The plot with the page's styles written into it. */
function standalone(plot: SVGSVGElement): SVGSVGElement {
  const copy = plot.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) throw new Error('A copy of a drawing is no drawing')
  const originals = plot.querySelectorAll('*')
  // The marks under the mouse are of the moment.
  const passing = copy.querySelectorAll('.recharts-tooltip-cursor, .recharts-active-dot')
  for (const [index, each] of copy.querySelectorAll('*').entries()) {
    const original = originals[index]
    if (!original) continue
    const style = getComputedStyle(original)
    for (const name of kept) each.setAttribute(name, style.getPropertyValue(name))
    each.removeAttribute('class')
    each.removeAttribute('style')
  }
  // What the page needs to make it a thing for keys means nothing in a file.
  for (const name of ['class', 'style', 'tabindex', 'role']) copy.removeAttribute(name)
  for (const each of passing) each.remove()
  return copy
}

/** Swatch and name of each series, side by side. */
function legend({ kind, series }: Drawn, y: number, font: string): SVGElement[] {
  const measure = document.createElement('canvas').getContext('2d')
  if (measure) measure.font = `12px ${font}`
  let x = margin
  return series.flatMap(({ name, color, look = 'solid' }) => {
    const ink = token(color)
    const at = x
    x += 24 + (measure?.measureText(name).width ?? name.length * 7) + 18
    const text = element('text', { x: at + 24, y, fill: token('--dim'), 'font-size': 12, 'font-family': font }, name)
    const box = { x: at, y: y - 9, width: 17, height: 9, stroke: ink }
    if (look === 'hatched') {
      const hatch = `M${at + 3} ${y}L${at + 8} ${y - 9}M${at + 9} ${y}L${at + 14} ${y - 9}`
      return [element('rect', { ...box, fill: 'none' }), element('path', { d: hatch, stroke: ink }), text]
    }
    if (kind === 'bars') return [element('rect', { ...box, fill: ink }), text]
    const dashes = look === 'dashed' ? { 'stroke-dasharray': '5 3' } : {}
    return [element('path', { d: `M${at} ${y - 4}h18`, stroke: ink, 'stroke-width': 2.5, ...dashes }), text]
  })
}

/** A plot as an SVG file of its own, with its title, its legend and the page's ground and colours. Sizes in px. */
export function svgFileOf(drawn: Drawn): { text: string; width: number; height: number } {
  const { width, height } = drawn.plot.getBoundingClientRect()
  const font = token('--font')
  const named = drawn.series.length > 1
  const top = margin + line * (named ? 3 : 2) + 6
  const size = { width: Math.ceil(width) + 2 * margin, height: Math.ceil(height) + top + margin }
  const file = element('svg', { xmlns: namespace, ...size, viewBox: `0 0 ${size.width} ${size.height}` })
  const words = { x: margin, 'font-family': font }
  const plot = standalone(drawn.plot)
  for (const [name, value] of Object.entries({ x: margin, y: top, width, height })) plot.setAttribute(name, `${value}`)
  file.append(
    element('rect', { ...size, fill: token('--panel') }),
    element(
      'text',
      { ...words, y: margin + 12, fill: token('--text'), 'font-size': 14, 'font-weight': 600 },
      drawn.title,
    ),
    element('text', { ...words, y: margin + 12 + line, fill: token('--dim'), 'font-size': 12 }, drawn.about),
    ...(named ? legend(drawn, margin + 14 + 2 * line, font) : []),
    plot,
  )
  return { text: new XMLSerializer().serializeToString(file), ...size }
}

/** A plot as PNG, in twice its size on the page. */
export async function pngFileOf(drawn: Drawn): Promise<Blob> {
  const { text, width, height } = svgFileOf(drawn)
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * 2
  canvas.height = height * 2
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new Error('The picture could not be made'))), 'image/png'),
  )
}
