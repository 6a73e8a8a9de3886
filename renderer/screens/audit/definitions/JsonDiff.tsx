import { useMemo, useState } from 'react'
import type { DefinitionDiff } from '../../../../preload/contract/auditReview.ts'
import { CopyButton } from '../../../components/CopyButton.tsx'
import { Switch } from '../../../components/Switch.tsx'
import { count } from '../../../format/ids.ts'
import css from './definitions.module.css'
import { type DiffLine, lineDiff } from './lineDiff.ts'
import { folded, type Pair, paired } from './pairs.ts'

const textOf = (value: unknown) => JSON.stringify(value, null, 2)

/** Both declarations as AWS keeps them, beside each other, line by line. */
export function JsonDiff({ diff: { from, to } }: { diff: DefinitionDiff }) {
  const [before, after] = [textOf(from.declaration), textOf(to.declaration)]
  const [whole, setWhole] = useState(false)
  const pairs = useMemo(() => paired(lineDiff(before, after)), [before, after])
  const rows: readonly (Pair | number)[] = whole ? pairs : folded(pairs)
  return (
    <>
      <div className={css.copies}>
        <CopyButton text={before} what={`version ${from.info.version}`} label={`Copy version ${from.info.version}`} />
        <CopyButton text={after} what={`version ${to.info.version}`} label={`Copy version ${to.info.version}`} />
        <Switch
          label="All lines"
          about="Also show the lines that are the same in both, far from any difference."
          checked={whole}
          onChange={setWhole}
        />
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
            {rows.map((row, index) =>
              typeof row === 'number' ? (
                // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
                <tr key={index}>
                  <td colSpan={2} className={css.same}>
                    {count(row, 'line')} the same
                  </td>
                </tr>
              ) : (
                // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity
                <tr key={index}>
                  <Cell line={row.left} />
                  <Cell line={row.right} />
                </tr>
              ),
            )}
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
