import { CopyButton } from '../../../components/CopyButton.tsx'
import { shortArn } from '../../../graph/describe.ts'
import css from './inspector.module.css'

/** A long identifier: short to read, whole to copy. */
export function Identifier({ text, short = text, what }: { text: string; short?: string; what: string }) {
  return (
    <span className={css.identifier}>
      <span className="mono" title={text}>
        {short}
      </span>
      <CopyButton text={text} what={what} />
    </span>
  )
}

export const Arn = ({ arn, what }: { arn: string; what: string }) => (
  <Identifier text={arn} short={shortArn(arn)} what={what} />
)

/** A link out of the desk; the shell decides what opens it. */
export function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  )
}
