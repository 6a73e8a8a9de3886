import { ExternalLink, History, Play } from 'lucide-react'
import type { FailureShape } from '../../../preload/contract/base.ts'
import type { PipelineView } from '../../../preload/contract/pipelines.ts'
import { AccountChip } from '../../components/AccountChip.tsx'
import button from '../../components/Button.module.css'
import { Button, IconButton } from '../../components/Button.tsx'
import { CopyButton } from '../../components/CopyButton.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { stateWord } from '../../components/state.ts'
import { Tip } from '../../components/Tip.tsx'
import { formatAge } from '../../format/duration.ts'
import { useBand, useHasConsole } from '../../stores/accounts.ts'
import type { Command } from '../../stores/commands.ts'
import { useNow } from '../../stores/now.ts'
import { ExecutionSwitcher } from './ExecutionSwitcher.tsx'
import { MissingPermissions } from './MissingPermissions.tsx'
import css from './pipeline.module.css'

export interface HeadProps {
  view: PipelineView
  of: string
  /** Why nothing newer is known. */
  failure: FailureShape | undefined
  /** The screen's commands, by id: each button is one of them. */
  commands: ReadonlyMap<string, Command>
}

const staleAfter = 60_000

/** What pipeline this is, how it stands, how old that is, and what can be done to it. */
export function Head({ view, of, failure, commands }: HeadProps) {
  const { row, definition } = view
  const band = useBand(row.key.account)
  const hasConsole = useHasConsole(row.key.account)
  return (
    <header className={css.head}>
      <StateGlyph state={row.state} size={16} decorative />
      <h1>{row.key.name}</h1>
      <span className={css.stateWord} data-state={row.state}>
        {stateWord[row.state]}
      </span>
      <AccountChip name={row.accountName} environment={row.environment} band={band} id={row.key.account} />
      <span className={css.kind}>
        {row.key.region} · {definition.type} · {definition.mode}
      </span>
      <AsOf at={view.asOf} failing={failure !== undefined} />
      <div className={css.doings}>
        <MissingPermissions target={row.key} />
        <ExecutionSwitcher view={view} of={of} />
        <Do command={commands.get('start')} icon={<Play size={13} aria-hidden />}>
          Start
        </Do>
        <Do command={commands.get('retry')}>Retry</Do>
        <Do command={commands.get('stop')}>Stop</Do>
        <Do command={commands.get('rollback')} danger>
          Roll back…
        </Do>
        <Do command={commands.get('changes')} icon={<History size={13} aria-hidden />}>
          Who changed it
        </Do>
        {hasConsole ? (
          <>
            <Tip text="Open in the AWS console">
              <a
                className={`${button.button} ${button.icon}`}
                href={view.consoleUrl}
                target="_blank"
                rel="noreferrer"
                aria-label="Open in the AWS console"
              >
                <ExternalLink size={14} aria-hidden />
              </a>
            </Tip>
            <CopyButton text={view.consoleUrl} what="the AWS console's link" />
          </>
        ) : (
          <IconButton
            label="Open in the AWS console"
            disabledBecause="The local cloud’s pipelines are not in AWS, so its console has nothing to show"
          >
            <ExternalLink size={14} aria-hidden />
          </IconButton>
        )}
      </div>
    </header>
  )
}

interface DoProps {
  command: Command | undefined
  danger?: boolean
  icon?: React.ReactNode
  children: string
}

function Do({ command, danger = false, icon, children }: DoProps) {
  if (!command) return null
  const keys = typeof command.keys === 'string' ? { keys: command.keys } : {}
  return (
    <Button
      look={danger ? 'danger' : 'plain'}
      {...keys}
      disabledBecause={command.disabledBecause}
      aria-label={children}
      onClick={command.run}
    >
      {icon}
      {children}
    </Button>
  )
}

/** How old what is shown is; said with a word once it is too old to act on. */
function AsOf({ at, failing }: { at: string; failing: boolean }) {
  const age = useNow(({ now }) => formatAge(now - Date.parse(at)))
  const stale = useNow(({ now }) => now - Date.parse(at) > staleAfter) || failing
  return (
    <span className={css.asOf} data-state={stale ? 'stale' : undefined} data-stale={stale || undefined}>
      {stale && <StateGlyph state="stale" size={12} decorative />} {stale ? 'stale, ' : ''}as of{' '}
      <time dateTime={at}>{age === 'now' ? 'now' : `${age} ago`}</time>
    </span>
  )
}
