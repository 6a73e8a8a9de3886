import { Dialog } from '@base-ui/react/dialog'
import { Command as Menu } from 'cmdk'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { AccountChip } from '../components/AccountChip.tsx'
import { Kbd } from '../components/Kbd.tsx'
import { StateGlyph } from '../components/StateGlyph.tsx'
import { type Command, chordsOf, useCommandList } from '../stores/commands.ts'
import { rowId, useFleet } from '../stores/fleet.ts'
import { go } from '../stores/route.ts'
import { closeOverlay, useOverlay } from './overlay.ts'
import css from './Palette.module.css'
import { rank } from './rank.ts'

/** Finds a pipeline or a command by a few letters. */
export function Palette() {
  const input = useRef<HTMLInputElement>(null)
  const open = useOverlay(({ overlay }) => overlay === 'palette')
  return (
    <Dialog.Root open={open} onOpenChange={isOpen => !isOpen && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={css.backdrop} />
        <Dialog.Popup className={css.palette} initialFocus={input}>
          <Dialog.Title className="unseen">Search or run a command</Dialog.Title>
          <Finder input={input} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Finder({ input }: { input: RefObject<HTMLInputElement | null> }) {
  const [query, setQuery] = useState('')
  const commands = useCommandList(state => state.commands)
  const rows = useFleet(state => state.rows)
  const found = useMemo(
    () =>
      rank(
        query,
        commands.filter(({ keyOnly }) => keyOnly !== true),
        ({ title, group }) => `${title} ${group}`,
        24,
      ),
    [query, commands],
  )
  const pipelines = useMemo(
    () =>
      rank(
        query,
        [...rows.values()],
        ({ key, accountName }) => `${key.name} ${accountName} ${key.region}`,
        query.trim() === '' ? 6 : 12,
      ),
    [query, rows],
  )
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    // Ranking is our own: cmdk's would draw a thousand pipelines to hide most of them.
    <Menu shouldFilter={false} label="Search or run a command" className={css.menu}>
      <Menu.Input
        ref={input}
        className={css.input}
        value={query}
        onValueChange={setQuery}
        placeholder="A pipeline, an account, a command…"
      />
      <Menu.List className={css.list} label="Found">
        <Menu.Empty className={css.empty}>Nothing is called like “{query}”.</Menu.Empty>
        {pipelines.length > 0 && (
          <Menu.Group heading="Pipelines" className={css.group}>
            {pipelines.map(({ key, state, accountName, environment }) => (
              <Menu.Item
                key={rowId(key)}
                value={rowId(key)}
                className={css.item}
                onSelect={() => {
                  closeOverlay()
                  go({ screen: 'pipeline', key, of: 'now' })
                }}
              >
                <StateGlyph state={state} />
                {key.name}
                <AccountChip name={accountName} environment={environment} />
                <span className={css.end}>{key.region}</span>
              </Menu.Item>
            ))}
          </Menu.Group>
        )}
        {groups.map(group => (
          <Menu.Group key={group} heading={group} className={css.group}>
            {found
              .filter(command => command.group === group)
              .map(command => (
                <CommandItem key={command.id} command={command} />
              ))}
          </Menu.Group>
        ))}
      </Menu.List>
    </Menu>
  )
}

function CommandItem({ command }: { command: Command }) {
  const [chord] = chordsOf(command)
  return (
    <Menu.Item
      value={command.id}
      className={css.item}
      disabled={command.disabledBecause !== undefined}
      onSelect={() => {
        closeOverlay()
        command.run()
      }}
    >
      {command.title}
      {command.disabledBecause !== undefined && <span className={css.why}>{command.disabledBecause}</span>}
      {chord !== undefined && (
        <span className={css.end}>
          <Kbd chord={chord} />
        </span>
      )}
    </Menu.Item>
  )
}
