import { lstatSync, readlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { within } from '../../../machine/within.ts'
import type { Workspace } from './workspace.ts'

const mostLinks = 40

/**
 * Follows every symbolic link of a path as the build would see it, and gives where it really lies, or undefined where
 * that is not the build's own or does not exist. A build may make any link it likes; what reads its files afterwards
 * works outside of its sandbox and must not follow one out of it.
 */
export function containedPath(workspace: Workspace, path: string): string | undefined {
  let steps = 0
  const follow = (target: string): string | undefined => {
    if (!within(workspace.root, target)) return undefined
    let known = workspace.root
    const names = relative(workspace.root, target).split('/')
    for (const [index, name] of names.entries()) {
      const here = join(known, name)
      const found = lstatSync(here, { throwIfNoEntry: false })
      if (!found) return undefined
      if (!found.isSymbolicLink()) {
        known = here
        continue
      }
      if (++steps > mostLinks) return undefined
      const link = readlinkSync(here)
      const next = link.startsWith('/') ? workspace.outside(link) : join(dirname(here), link)
      return next && follow(join(next, ...names.slice(index + 1)))
    }
    return known
  }
  return follow(path)
}
