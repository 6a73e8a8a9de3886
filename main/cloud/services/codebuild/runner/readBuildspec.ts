import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Buildspec } from '../buildspec/model.ts'
import { parseBuildspec } from '../buildspec/parseBuildspec.ts'
import { BuildspecError } from '../buildspec/yamlReader.ts'
import { containedPath } from './containedPath.ts'
import { PhaseFailure } from './phaseFailure.ts'
import type { Workspace } from './workspace.ts'

/** Where a buildspec came from, as the log says it, and what it says. */
export interface ReadBuildspec {
  location: string
  buildspec: Buildspec
}

const mostBytes = 1024 * 1024

/** The project's buildspec: inline text, a path in the source, or `buildspec.yml` at its root. */
export function readBuildspec(workspace: Workspace, given: string | undefined): ReadBuildspec {
  const text = given?.trim() ? given : 'buildspec.yml'
  // One line that names a YAML file is a path; everything else is the buildspec itself.
  const inline = text.includes('\n') || !/\.(ya?ml|json)$/.test(text.trim())
  const location = inline
    ? '/codebuild/readonly/buildspec.yml'
    : posix.join(workspace.inside(workspace.source), text.trim())
  try {
    return { location, buildspec: parseBuildspec(inline ? text : readFile(workspace, text.trim(), location)) }
  } catch (error) {
    if (error instanceof BuildspecError) throw new PhaseFailure('YAML_FILE_ERROR', error.message)
    throw error
  }
}

function readFile(workspace: Workspace, path: string, location: string): string {
  const file = containedPath(workspace, join(workspace.source, path))
  if (!file) throw new PhaseFailure('YAML_FILE_ERROR', `stat ${location}: no such file or directory`)
  const bytes = readFileSync(file)
  if (bytes.length > mostBytes)
    throw new PhaseFailure('YAML_FILE_ERROR', `${location} is longer than ${mostBytes} bytes`)
  return bytes.toString('utf8')
}
