import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

/** One measured figure beside what it is measured against, from the same run. */
export interface Figure {
  what: string
  measured: string
  beside: string
  ratio: string
}

const file = join(import.meta.dirname, 'RESULTS.md')

/** Prints the figures and puts them, with date, machine and command, in their section of RESULTS.md. */
export function report(section: string, figures: readonly Figure[]) {
  const rows = figures.map(({ what, measured, beside, ratio }) => `| ${what} | ${measured} | ${beside} | ${ratio} |`)
  const table = ['| What | Measured | Beside | Ratio |', '|---|---|---|---|', ...rows].join('\n')
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
  // Sizes other than the usual belong to the command.
  const sizes = Object.entries(process.env).filter(([name]) => /^(FLEET|RENDERER|TRAFFIC|LEDGER)_/.test(name))
  const command = [...sizes.map(([name, value]) => `${name}=${value}`), `npm run bench ${section}`].join(' ')
  const text = `## ${section}\n\n${new Date().toISOString().slice(0, 10)}, ${machine}. Command: \`${command}\`\n\n${table}\n`
  process.stdout.write(`${table}\n`)
  const known = readFileSync(file, 'utf8')
  const [head = '', ...sections] = known.split(/^(?=## )/m)
  const others = sections.filter(other => !other.startsWith(`## ${section}\n`))
  const all = [...others, text].map(part => part.trim()).sort()
  writeFileSync(file, `${head.trim()}\n\n${all.join('\n\n')}\n`)
}

/** The value below which `share` of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
