import type { CommandPhase, PhaseSpec } from './model.ts'
import { readOnFailure } from './onFailure.ts'
import { BuildspecError, type Value, type YamlReader } from './yamlReader.ts'

const phaseOf: Readonly<Record<string, CommandPhase>> = {
  install: 'INSTALL',
  pre_build: 'PRE_BUILD',
  build: 'BUILD',
  post_build: 'POST_BUILD',
}
const phaseKeys = ['run-as', 'on-failure', 'commands', 'finally', 'runtime-versions', 'steps']

/** The `phases` of a buildspec. */
export function parsePhases(yaml: YamlReader, value: Value): Partial<Record<CommandPhase, PhaseSpec>> {
  const members = yaml.members(value, Object.keys(phaseOf))
  const phases: Partial<Record<CommandPhase, PhaseSpec>> = {}
  for (const [name, phase] of Object.entries(phaseOf)) {
    const inner = members[name]
    if (inner) phases[phase] = parsePhase(yaml, inner, phase)
  }
  if (Object.keys(phases).length === 0) throw yaml.fail(value, 'a mapping with at least one phase')
  return phases
}

function parsePhase(yaml: YamlReader, value: Value, phase: CommandPhase): PhaseSpec {
  const members = yaml.members(value, phaseKeys)
  const { commands, finally: last, 'on-failure': policy, 'run-as': runAs, 'runtime-versions': runtimes } = members
  // Leaving them out would be a build that passes without having done its work.
  if (members['steps'])
    throw new BuildspecError(
      `${members['steps'].path} are GitHub Actions, which the local cloud cannot run`,
      value.line,
    )
  const onFailure = policy ? readOnFailure(yaml.text(policy)) : ({ kind: 'default' } as const)
  if (policy && !onFailure)
    throw yaml.fail(policy, 'ABORT, CONTINUE, RETRY, RETRY-count, RETRY-regex or RETRY-count-regex')
  if (runtimes && phase !== 'INSTALL')
    yaml.warnings.push({ line: runtimes.line, message: 'runtime-versions has a meaning in the install phase only' })
  return {
    commands: commands ? yaml.list(commands, 'Commands') : [],
    finally: last ? yaml.list(last, 'Finally') : [],
    onFailure: onFailure ?? { kind: 'default' },
    ...(runAs ? { runAs: yaml.text(runAs) } : {}),
    runtimeVersions: runtimes && phase === 'INSTALL' ? yaml.record(runtimes) : {},
  }
}
