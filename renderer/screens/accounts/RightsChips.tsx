import { Check, CircleDashed, CircleDotDashed, CircleSlash2 } from 'lucide-react'
import type { Right, Rights } from '../../../preload/contract/accounts.ts'
import { Tip } from '../../components/Tip.tsx'
import css from './AccountsScreen.module.css'

const icons = { yes: Check, limited: CircleDotDashed, no: CircleSlash2, unknown: CircleDashed }
const words: Readonly<Record<Right, string>> = {
  yes: 'allowed',
  limited: 'not everywhere: each pipeline tells when it is open',
  no: 'not allowed',
  unknown: 'not known yet',
}
const known: Readonly<Record<Rights['known'], string>> = {
  simulated: 'As IAM tells it.',
  learned: 'IAM does not tell you (iam:SimulatePrincipalPolicy): learned from what AWS refused.',
  no: 'Asked once pipelines are known.',
}

/** What IAM lets the desk do in an account: read, approve, operate. */
export function RightsChips({ rights }: { rights: Rights }) {
  return (
    <ul className={css.rights} aria-label="What IAM allows">
      {(['read', 'approve', 'operate'] as const).map(kind => {
        const Icon = icons[rights[kind]]
        return (
          <Tip key={kind} text={`${kind}: ${words[rights[kind]]}. ${known[rights.known]}`}>
            <li className={css.right} data-right={rights[kind]}>
              <Icon size={12} aria-hidden />
              {kind}
              <span className="unseen">: {words[rights[kind]]}</span>
            </li>
          </Tip>
        )
      })}
    </ul>
  )
}
