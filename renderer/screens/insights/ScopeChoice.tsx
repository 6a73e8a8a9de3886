import type { Scope } from '../../../preload/contract/metrics.ts'
import { Select } from '../../components/Select.tsx'
import { rpc } from '../../rpc/rpc.ts'
import { useAsked } from '../../rpc/useAsked.ts'
import { useAccounts } from '../../stores/accounts.ts'
import { rowId, useFleet } from '../../stores/fleet.ts'

const kinds = [
  { value: 'all', label: 'Everything' },
  { value: 'account', label: 'One account' },
  { value: 'application', label: 'One application' },
  { value: 'pipeline', label: 'One pipeline' },
] as const

/** What the figures are about. */
export function ScopeChoice({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const accounts = useAccounts(state => state.accounts)
  const rows = useFleet(state => state.rows)
  const applications = useAsked('applications', 'applications', () => rpc.metrics.applications.query({})).value ?? []
  const pipelines = [...rows.values()].sort((one, other) => one.key.name.localeCompare(other.key.name))
  const choices: readonly { value: string; label: string; scope: Scope }[] = [
    ...accounts.map(({ id, name }) => ({
      value: `account ${id}`,
      label: name,
      scope: { kind: 'account', account: id } as const,
    })),
    ...applications.map(({ name, pipelines: of }) => ({
      value: `application ${name}`,
      label: `${name} (${of.length})`,
      scope: { kind: 'application', application: name } as const,
    })),
    ...pipelines.map(({ key, accountName }) => ({
      value: `pipeline ${rowId(key)}`,
      label: `${key.name} · ${accountName} ${key.region}`,
      scope: { kind: 'pipeline', key } as const,
    })),
  ]
  const of = choices.filter(choice => choice.scope.kind === scope.kind)
  return (
    <>
      <Select
        name="What the figures are about"
        value={scope.kind}
        options={kinds}
        onChange={kind => {
          const first = choices.find(choice => choice.scope.kind === kind)
          onChange(first?.scope ?? { kind: 'all' })
        }}
      />
      {scope.kind !== 'all' && (
        <Select
          name="Which one"
          value={valueOf(scope)}
          options={of}
          onChange={value => {
            const chosen = of.find(choice => choice.value === value)
            if (chosen) onChange(chosen.scope)
          }}
        />
      )}
    </>
  )
}

function valueOf(scope: Exclude<Scope, { kind: 'all' }>): string {
  switch (scope.kind) {
    case 'account':
      return `account ${scope.account}`
    case 'application':
      return `application ${scope.application}`
    case 'pipeline':
      return `pipeline ${rowId(scope.key)}`
  }
}
