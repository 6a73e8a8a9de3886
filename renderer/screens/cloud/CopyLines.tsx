import { CopyButton } from '../../components/CopyButton.tsx'
import css from './CloudScreen.module.css'

/** Lines for a shell, with a button that copies them. */
export function CopyLines({ lines, what }: { lines: readonly string[]; what: string }) {
  const text = lines.join('\n')
  return (
    <div className={css.lines}>
      <pre>{text}</pre>
      <CopyButton text={text} what={what} />
    </div>
  )
}
