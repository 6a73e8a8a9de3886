import { readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import picomatch from 'picomatch'
import { containedPath } from './containedPath.ts'
import type { Workspace } from './workspace.ts'

/** A file that a buildspec selected. */
export interface SelectedFile {
  /** Where it really lies. */
  path: string
  /** Its name in the artifact. */
  name: string
  mode: number
}

export interface Selection {
  files: readonly string[]
  baseDirectory?: string
  discardPaths: boolean
  excludePaths?: readonly string[]
}

/**
 * The files that `files`, `base-directory`, `exclude-paths` and `discard-paths` select (build specification
 * reference). A base directory may hold wildcards: all that match are taken, none of them is part of the names.
 * In order of name, so that the same files make the same artifact.
 */
export function selectFiles(workspace: Workspace, selection: Selection): SelectedFile[] {
  const include = selection.files.map(pattern => picomatch(trim(pattern), { dot: true }))
  const exclude = (selection.excludePaths ?? []).map(pattern => picomatch(trim(pattern), { dot: true }))
  const found = new Map<string, SelectedFile>()
  for (const base of baseDirectories(workspace, selection.baseDirectory ?? '.'))
    for (const relative of walk(workspace, base)) {
      if (!include.some(matches => matches(relative)) || exclude.some(matches => matches(relative))) continue
      const path = containedPath(workspace, join(base, relative))
      if (!path) continue
      const name = selection.discardPaths ? posix.basename(relative) : relative
      if (!found.has(name)) found.set(name, { path, name, mode: statSync(path).mode & 0o777 })
    }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const trim = (pattern: string) => pattern.replace(/^(\.\/)+/, '')

function baseDirectories(workspace: Workspace, base: string): string[] {
  const scan = picomatch.scan(base)
  const directory = workspace.outside(scan.isGlob ? scan.base || '.' : base)
  const real = directory && containedPath(workspace, directory)
  if (!real || !isDirectory(real)) return []
  if (!scan.isGlob) return [real]
  const matches = picomatch(scan.glob, { dot: true })
  return readdirSync(real)
    .filter(name => matches(name))
    .map(name => containedPath(workspace, join(real, name)))
    .filter((path): path is string => path !== undefined && isDirectory(path))
    .sort()
}

/** Every file below a directory, by its relative name. Links that lead out of the build's own are left out. */
function walk(workspace: Workspace, base: string): string[] {
  const seen = new Set<string>()
  const visit = (directory: string, prefix: string): string[] => {
    // A link to a directory above would never end.
    if (seen.has(directory)) return []
    seen.add(directory)
    const names = readdirSync(directory).flatMap(name => {
      const path = containedPath(workspace, join(directory, name))
      if (!path) return []
      const stat = statSync(path)
      if (stat.isDirectory()) return visit(path, `${prefix}${name}/`)
      return stat.isFile() ? [`${prefix}${name}`] : []
    })
    seen.delete(directory)
    return names
  }
  return visit(base, '')
}

const isDirectory = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
