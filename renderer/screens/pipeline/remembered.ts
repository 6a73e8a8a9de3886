/** What this window's screens remember of how they were left: layout only, nothing of AWS. */
export interface Remembered {
  twin: 'graph' | 'table'
  timeline: boolean
  /** px */
  inspectorWidth: number
  inspector: boolean
  /** Long log lines: broken, or scrolled to. */
  wrapLog: boolean
}

const first: Remembered = { twin: 'graph', timeline: true, inspectorWidth: 400, inspector: true, wrapLog: false }
const storageKey = 'pipeline-screen'

export const inspectorLimits = { least: 300, most: 900 } as const

export const clampInspector = (width: number): number =>
  Math.round(Math.min(Math.max(width, inspectorLimits.least), inspectorLimits.most))

/** Reads what was kept; whatever is missing or makes no sense is as at first. */
export function readRemembered(text: string | null): Remembered {
  const kept = parsed(text)
  const width = kept['inspectorWidth']
  return {
    twin: kept['twin'] === 'table' ? 'table' : first.twin,
    timeline: typeof kept['timeline'] === 'boolean' ? kept['timeline'] : first.timeline,
    inspectorWidth: typeof width === 'number' && Number.isFinite(width) ? clampInspector(width) : first.inspectorWidth,
    inspector: typeof kept['inspector'] === 'boolean' ? kept['inspector'] : first.inspector,
    wrapLog: typeof kept['wrapLog'] === 'boolean' ? kept['wrapLog'] : first.wrapLog,
  }
}

export const remembered = (): Remembered => readRemembered(localStorage.getItem(storageKey))

export const remember = (what: Remembered): void => localStorage.setItem(storageKey, JSON.stringify(what))

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
