import type { ImportResult } from '../../../../preload/contract/audit.ts'
import { count } from '../../../format/ids.ts'
import { formatNumber } from '../../../format/number.ts'
import css from './dialogs.module.css'

/** What an import brought, and what it could not read. */
export function Imported({ result }: { result: ImportResult }) {
  return (
    <output className={css.part}>
      <p>
        {count(result.files, 'file')} with {count(result.events, 'event')}. Of these concern pipelines:{' '}
        {formatNumber(result.concerning)}. <b>New: {formatNumber(result.added)}.</b>
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
