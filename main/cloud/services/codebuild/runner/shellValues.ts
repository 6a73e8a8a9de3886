import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactSpec, Buildspec, ReportSpec } from '../buildspec/model.ts'
import { quote } from './driver.ts'
import type { BuildShell } from './shell.ts'
import type { Workspace } from './workspace.ts'

/** What the build's shell says once its last command has run. */
export interface ShellValues {
  /** Variables that are set, by name. */
  variables: ReadonlyMap<string, string>
  /** What a `name` of an artifact becomes when the shell has expanded it. */
  names: ReadonlyMap<string, string>
}

const reference = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g
const identifier = /^[A-Za-z_]\w*$/

/** Asks the shell for exported variables, for those that artifacts and reports refer to, and for artifact names. */
export async function askShell(shell: BuildShell, workspace: Workspace, buildspec: Buildspec): Promise<ShellValues> {
  const variables = [
    ...new Set([...buildspec.env.exportedVariables.filter(name => identifier.test(name)), ...referred(buildspec)]),
  ]
  const names = artifactsOf(buildspec).flatMap(spec => (spec.name === undefined ? [] : [spec.name]))
  if (variables.length + names.length === 0) return { variables: new Map(), names: new Map() }
  const file = join(workspace.control, 'values')
  // `=` before a value tells a variable that is empty from one that is not set.
  const words = [
    ...variables.map(name => `"\${${name}+=}\${${name}-}"`),
    ...names.map(name => `"${name.replaceAll('"', '\\"')}"`),
  ]
  const code = await shell.run(`printf '%s\\0' ${words.join(' ')} >${quote(workspace.inside(file))}`)
  if (code !== 0) return { variables: new Map(), names: new Map() }
  const values = readFileSync(file, 'utf8').split('\0')
  return {
    variables: new Map(
      variables.flatMap((name, index) => (values[index]?.startsWith('=') ? [[name, values[index].slice(1)]] : [])),
    ),
    names: new Map(names.map((name, index) => [name, values[variables.length + index] ?? name])),
  }
}

/** Replaces `$NAME` and `${NAME}` by what the shell said; a variable that is not set becomes nothing. */
const expand = (text: string, { variables }: ShellValues): string =>
  text.replace(reference, (_, braced?: string, plain?: string) => variables.get(braced ?? plain ?? '') ?? '')

/** A copy of what selects files, with every variable replaced. */
export function expandSelection<T extends ArtifactSpec | ReportSpec>(spec: T, values: ShellValues): T {
  return {
    ...spec,
    files: spec.files.map(pattern => expand(pattern, values)),
    ...(spec.baseDirectory === undefined ? {} : { baseDirectory: expand(spec.baseDirectory, values) }),
    ...('excludePaths' in spec ? { excludePaths: spec.excludePaths.map(pattern => expand(pattern, values)) } : {}),
    ...('s3Prefix' in spec && spec.s3Prefix !== undefined ? { s3Prefix: expand(spec.s3Prefix, values) } : {}),
  }
}

const artifactsOf = ({ artifacts, secondaryArtifacts }: Buildspec): ArtifactSpec[] => [
  ...(artifacts ? [artifacts] : []),
  ...Object.values(secondaryArtifacts),
]

function referred(buildspec: Buildspec): string[] {
  const texts = [...artifactsOf(buildspec), ...buildspec.reports].flatMap(spec => [
    ...spec.files,
    spec.baseDirectory ?? '',
    ...('excludePaths' in spec ? [...spec.excludePaths, spec.s3Prefix ?? ''] : []),
  ])
  return texts.flatMap(text => [...text.matchAll(reference)].flatMap(match => match[1] ?? match[2] ?? []))
}
