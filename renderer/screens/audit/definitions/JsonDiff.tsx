import { useMemo } from 'react'
import type { DefinitionDiff } from '../../../../preload/contract/audit.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import css from './definitions.module.css'
import { type DiffLine, lineDiff } from './lineDiff.ts'

const textOf = (value: unknown) => JSON.stringify(value, null, 2)

/** Both declarations as AWS keeps them, beside each other, line by line. */
export function JsonDiff({ diff: { from, to } }: { diff: DefinitionDiff }) {
  const [before, after] = [textOf(from.declaration), textOf(to.declaration)]
  const rows = useMemo(() => paired(lineDiff(before, after)), [before, after])
  return (
    <>
      <div className={css.copies}>
        <CopyButton text={before} what={`version ${from.info.version}`} label={`Copy version ${from.info.version}`} />
        <CopyButton text={after} what={`version ${to.info.version}`} label={`Copy version ${to.info.version}`} />
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
      <section className={css.json} tabIndex={0} aria-label="Both versions as JSON">
        <table>
          <caption className="unseen">
            Version {from.info.version} left, version {to.info.version} right
          </caption>
          <thead>
            <tr>
              <th scope="col">Version {from.info.version}</th>
              <th scope="col">Version {to.info.version}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ left, right }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
              <tr key={index}>
                <Cell line={left} />
                <Cell line={right} />
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  )
}

function Cell({ line }: { line: DiffLine | undefined }) {
  if (!line) return <td data-none>{'\u00a0'}</td>
  const sign = { both: ' ', old: '−', new: '+' }[line.side]
  return (
    <td data-side={line.side}>
      <span className={css.lineSign}>{sign}</span>
      {line.text}
    </td>
  )
}

interface Pair {
  left: DiffLine | undefined
  right: DiffLine | undefined
}

/** What was removed stands beside what came instead. */
function paired(lines: readonly DiffLine[]): Pair[] {
  const pairs: Pair[] = []
  let [old, now]: [DiffLine[], DiffLine[]] = [[], []]
  const flush = () => {
    for (let at = 0; at < Math.max(old.length, now.length); at += 1) pairs.push({ left: old[at], right: now[at] })
    ;[old, now] = [[], []]
  }
  for (const line of lines) {
    if (line.side === 'old') old.push(line)
    else if (line.side === 'new') now.push(line)
    else {
      flush()
      pairs.push({ left: line, right: line })
    }
  }
  flush()
  return pairs
}
