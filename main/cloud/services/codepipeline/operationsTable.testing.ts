import { readFileSync } from 'node:fs'
import { operations } from './index.ts'

/** What the README says of every operation, read from the operations' own files: `npx node resources/scripts/operations.mjs`. */

const begin = '<!-- operations: written by resources/scripts/operations.mjs -->'
const end = '<!-- /operations -->'
const readme = new URL('../../README.md', import.meta.url)

interface Told {
  name: string
  /** Refuses whatever is asked, since what it is for does not exist here. */
  refuses: boolean
  says: string
}

/** An operation by its file: the sentence over it, and whether it does anything but refuse. */
function tell(name: string): Told {
  const file = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
  const source = readFileSync(new URL(`${file}.ts`, import.meta.url), 'utf8')
  const declared = source.indexOf(`export const ${file}:`)
  const comment = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(source.slice(0, declared))?.[1]
  if (declared < 0 || comment === undefined) throw new Error(`${file}.ts has no operation with a sentence over it`)
  return {
    name,
    refuses: /run\([^)]*\) \{\s*throw /.test(source.slice(declared)),
    says: comment
      .replace(/^\s*\* ?/gm, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replaceAll('|', '\\|'),
  }
}

export function operationsTable(): string {
  const rows = Object.keys(operations)
    .sort()
    .map(tell)
    .map(
      ({ name, refuses, says }) => `| ${name} | ${refuses ? 'refuses, as where no partner is' : 'answers'} | ${says} |`,
    )
  return ['| CodePipeline | here | |', '|---|---|---|', ...rows].join('\n')
}

export const readReadme = () => readFileSync(readme, 'utf8')

/** The README with the table as it should be; added at its end where it has none. */
export function withTable(text: string): string {
  const section = `${begin}\n${operationsTable()}\n${end}`
  const from = text.indexOf(begin)
  const until = text.indexOf(end)
  if (from < 0 || until < 0) return `${text.trimEnd()}\n\n${section}\n`
  return text.slice(0, from) + section + text.slice(until + end.length)
}
