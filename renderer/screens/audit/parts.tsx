import type { LedgerEntry, Who } from '../../../preload/contract/audit.ts'
import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import { picture } from '../../components/picture.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { rowId, useFleet } from '../../stores/fleet.ts'
import { hashOf } from '../../stores/routeHash.ts'
import css from './audit.module.css'
import type { Sign } from './words.ts'
import { whoSign } from './words.ts'

/** A glyph with its word as its name. */
export function Glyph({ sign: { icon: Icon, word }, size = 14 }: { sign: Sign; size?: number }) {
  return <Icon size={size} {...picture(word)} className={css.glyph} />
}

/** Who it was, with the glyph of a person, of automation, or of nobody known; doubt is said. */
export function WhoName({ who }: { who: Who }) {
  const doubtful = who.kind === 'person' && !who.certain
  return (
    <span className={css.who} data-tip={`${who.how}${doubtful ? '; not certain: the caller chooses this name' : ''}`}>
      <Glyph sign={whoSign[who.kind]} />
      <span className={css.whoName} data-unknown={who.kind === 'unknown' || undefined}>
        {who.name}
        {doubtful && <span className="faint"> (uncertain)</span>}
      </span>
    </span>
  )
}

/** The name of an account in words. */
export const useAccountName = (): ((id: string) => string) => {
  const accounts = useAccounts(state => state.accounts)
  return id => accounts.find(account => account.id === id)?.name ?? id
}

export function PipelineLink({ of, executionId }: { of: PipelineKey; executionId?: string | undefined }) {
  return <a href={hashOf({ screen: 'pipeline', key: of, of: executionId ?? 'now' })}>{of.name}</a>
}

/** A pipeline that is known by its name alone: a role may be used from another account than its own. */
export function PipelineNamed({ account, region, name }: PipelineKey) {
  const found = useFleet(({ rows }) => {
    const own = rows.get(rowId({ account, region, name }))
    if (own) return own
    const [only, ...more] = [...rows.values()].filter(({ key }) => key.name === name)
    return more.length === 0 ? only : undefined
  })
  return found ? <PipelineLink of={found.key} /> : <span>{name}</span>
}

/** The pipeline that an entry is about, where it is about one. */
export const keyOf = ({ account, region, pipeline }: LedgerEntry): PipelineKey | undefined =>
  pipeline === undefined ? undefined : { account, region, name: pipeline }
