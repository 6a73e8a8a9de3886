import { Crosshair, Maximize, PanelRight, SquareChartGantt, Table2, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../components/Button.tsx'
import type { Command } from '../../stores/commands.ts'
import css from './pipeline.module.css'
import { useScreen } from './screenStore.ts'

/** The graph's own buttons, over its corner. */
export function GraphBar({ commands }: { commands: ReadonlyMap<string, Command> }) {
  const { twin, timeline, follow, inspector } = useScreen()
  return (
    <div className={css.graphBar} role="toolbar" aria-label="Graph">
      {twin === 'graph' && (
        <>
          <Item command={commands.get('fit')} icon={<Maximize size={14} aria-hidden />} />
          <Item command={commands.get('follow')} pressed={follow} icon={<Crosshair size={14} aria-hidden />} />
        </>
      )}
      <Item
        command={commands.get('twin')}
        icon={twin === 'graph' ? <Table2 size={14} aria-hidden /> : <Workflow size={14} aria-hidden />}
      />
      <Item command={commands.get('inspector')} pressed={inspector} icon={<PanelRight size={14} aria-hidden />} />
      <Item command={commands.get('timeline')} pressed={timeline} icon={<SquareChartGantt size={14} aria-hidden />} />
    </div>
  )
}

function Item({ command, pressed, icon }: { command: Command | undefined; pressed?: boolean; icon: ReactNode }) {
  if (!command) return null
  const keys = typeof command.keys === 'string' ? { keys: command.keys } : {}
  return (
    <IconButton label={command.title} {...keys} aria-pressed={pressed} onClick={command.run}>
      {icon}
    </IconButton>
  )
}
