import type { ImportResult } from '../../../../preload/contract/audit.ts'
import { count } from '../../../format/ids.ts'
import css from './dialogs.module.css'

/** What an import brought, and what it could not read. */
export function Imported({ result }: { result: ImportResult }) {
  return (
    <output className={css.part}>
      <p>
        {count(result.files, 'file')} with {count(result.events, 'event')}; {result.concerning.toLocaleString('en-GB')}{' '}
        concern pipelines, <b>{result.added.toLocaleString('en-GB')} of them were new</b>.
      </p>
      {result.problems.length > 0 && (
        <ul className={css.problems}>
          {result.problems.slice(0, 50).map(({ file, why }) => (
            <li key={file}>
              {file}: {why}
            </li>
          ))}
        </ul>
      )}
    </output>
  )
}
