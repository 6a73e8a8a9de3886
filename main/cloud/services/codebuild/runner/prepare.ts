import { onPath } from '../../../machine/sandbox.ts'
import { buildTools } from '../../../machine/tools.ts'
import type { Caller } from '../../../server/operation.ts'
import type { Buildspec } from '../buildspec/model.ts'
import { buildIdOf } from '../model.ts'
import type { Progress } from '../progress.ts'
import type { BuildLog } from './buildLog.ts'
import type { RunContext } from './context.ts'
import { environmentOf } from './environment.ts'
import { readBuildspec } from './readBuildspec.ts'
import { type BuildShell, buildShell } from './shell.ts'
import { fetchSources } from './sources.ts'
import type { Workspace } from './workspace.ts'

export interface Prepared {
  buildspec: Buildspec
  shell: BuildShell
  secretNames: ReadonlySet<string>
}

/** Fetches the sources, reads the buildspec, and readies the shell. */
export async function prepare(
  progress: Progress,
  context: RunContext,
  workspace: Workspace,
  role: Caller,
  log: BuildLog,
): Promise<Prepared> {
  log.say('Phase is DOWNLOAD_SOURCE')
  const { objects, repositories, connections, sandbox, clock, builds } = context
  const inputs = await fetchSources({ record: progress.record, workspace, role, objects, repositories, connections })
  const version = progress.record.resolvedSourceVersion ?? inputs[0]?.version
  if (version !== undefined) progress.change({ resolvedSourceVersion: version })
  const { record } = progress
  log.say(`CODEBUILD_SRC_DIR=${workspace.inside(workspace.source)}`)
  const { buildspec, location } = readBuildspec(workspace, record.buildspec)
  log.say(`YAML location is ${location}`)
  log.say('Processing environment variables')
  const tools = buildTools(sandbox)
  const { variables, secrets, secretNames, remarks } = environmentOf({
    record,
    buildspec,
    workspace,
    path: tools.path,
    inputs,
    stores: context.stores,
    access: context.access(role, record.timeoutInMinutes * 60),
  })
  for (const secret of secrets) log.mask(secret)
  for (const remark of remarks) log.say(remark)
  for (const { line, message } of buildspec.warnings) log.say(`buildspec line ${line}: ${message}`)
  describe(buildspec, log)
  const shell: BuildShell = buildShell({
    buildId: buildIdOf(record),
    sandbox,
    tools,
    workspace,
    program: shellProgram(buildspec),
    variables,
    onBytes: bytes => log.output(bytes),
    onStart: identity => builds.started(record.arn, identity),
    clock,
  })
  return { buildspec, shell, secretNames }
}

function describe(buildspec: Buildspec, log: BuildLog): void {
  for (const [runtime, version] of Object.entries(buildspec.phases.INSTALL?.runtimeVersions ?? {}))
    log.say(
      `Runtime ${runtime} ${version} is asked for; the local cloud has this machine's own${runtime === 'nodejs' ? ` (${process.version})` : ''}`,
    )
  const runAs = [buildspec.runAs, ...Object.values(buildspec.phases).map(spec => spec.runAs)].find(user => user)
  if (runAs) log.say(`run-as ${runAs} has no effect here: commands run as the user of the local cloud`)
  if (buildspec.cache) log.say('cache has no effect here: every build starts with nothing')
  log.say(`Phases found in YAML: ${Object.keys(buildspec.phases).length}`)
  for (const [name, spec] of Object.entries(buildspec.phases)) log.say(` ${name}: ${spec.commands.length} commands`)
}

/**
 * `env.shell`, else `sh`. UNCONFIRMED which shell that is on each image: Amazon Linux's is bash in POSIX mode, and so
 * is ours where there is a bash, since dash refuses what many buildspecs of Ubuntu's images use too.
 */
function shellProgram({ env }: Buildspec): { file: string; name: string } {
  const name = env.shell ?? 'sh'
  return { file: onPath('bash') ?? '/bin/sh', name }
}
