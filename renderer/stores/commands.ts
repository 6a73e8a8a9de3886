import { useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { Chord } from '../frame/chord.ts'

/** Something a person can do now: from the palette, by its key, and listed in the help sheet. */
export interface Command {
  /** Unique among those registered at the same time. */
  id: string
  title: string
  /** Under which heading the palette and the help sheet show it. */
  group: string
  /** One chord or several that do the same; the first is shown. */
  keys?: Chord | readonly Chord[]
  /** Why it can't be done now; it is listed all the same. */
  disabledBecause?: string | undefined
  /** Listed in the help sheet but not in the palette: moves that make no sense from there. */
  keyOnly?: boolean
  run: () => void
}

/** What is registered now, in the order of registration. */
export const useCommandList = create<{ commands: readonly Command[] }>(() => ({ commands: [] }))

/**
 * Registers a screen's commands while it is shown. The list may be made anew on each render; only a change of what
 * is shown (id, title, group, keys, disabledBecause) is registered again, and `run` is always the latest.
 */
export function useCommands(commands: readonly Command[]) {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  const shown = JSON.stringify(commands)
  useEffect(() => {
    // The text is what the registration depends on: `run` is looked up when it is wanted.
    const listed = JSON.parse(shown) as readonly Omit<Command, 'run'>[]
    const mine = listed.map(command => ({
      ...command,
      run: () => latest.current.find(({ id }) => id === command.id)?.run(),
    }))
    useCommandList.setState(({ commands }) => ({ commands: [...commands, ...mine] }))
    return () => {
      const gone = new Set<Command>(mine)
      useCommandList.setState(({ commands }) => ({ commands: commands.filter(command => !gone.has(command)) }))
    }
  }, [shown])
}

export const chordsOf = ({ keys }: Command): readonly Chord[] =>
  keys === undefined ? [] : typeof keys === 'string' ? [keys] : keys

/** The command that a chord means: of several, the one registered last, which is the innermost. */
export function commandFor(commands: readonly Command[], chord: Chord): Command | undefined {
  return commands.findLast(command => chordsOf(command).includes(chord))
}
