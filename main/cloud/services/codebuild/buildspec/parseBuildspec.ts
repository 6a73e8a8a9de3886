import type { Buildspec, EnvSpec } from './model.ts'
import { parseArtifacts, parseCache, parseReports } from './parseArtifacts.ts'
import { parsePhases } from './parsePhases.ts'
import { BuildspecError, readYaml, type Value, type YamlReader } from './yamlReader.ts'

const topKeys = ['version', 'run-as', 'env', 'proxy', 'batch', 'phases', 'reports', 'artifacts', 'cache']
const envKeys = [
  'shell',
  'variables',
  'parameter-store',
  'secrets-manager',
  'exported-variables',
  'git-credential-helper',
]

/** What has a meaning in AWS and none here: told in the build's log. */
const meaningless: Readonly<Record<string, string>> = {
  batch: 'batch has no effect here: one build does it all',
  proxy: 'proxy has no effect here: a build reaches what this machine reaches',
  'git-credential-helper': 'git-credential-helper has no effect here: git is left as it is',
}

/**
 * Reads a buildspec, version 0.1 or 0.2 (CodeBuild user guide, build specification reference).
 * Throws {@link BuildspecError}, which says the line.
 */
export function parseBuildspec(text: string): Buildspec {
  const yaml = readYaml(text)
  const top = Object.fromEntries(yaml.entries(yaml.root))
  const version = readVersion(yaml, top['version'])
  yaml.members(yaml.root, version === '0.1' ? [...topKeys, 'environment_variables'] : topKeys)
  tellOfMeaningless(yaml, top)
  const { phases, artifacts, reports, cache, env, 'run-as': runAs, environment_variables: oldEnv } = top
  if (!phases) throw new BuildspecError('Expected phases: a buildspec needs at least one phase', yaml.root.line)
  return {
    version,
    ...(runAs ? { runAs: yaml.text(runAs) } : {}),
    env: env ? parseEnv(yaml, env) : { ...noEnv, variables: oldEnv ? plaintext(yaml, oldEnv) : {} },
    phases: parsePhases(yaml, phases),
    reports: reports ? parseReports(yaml, reports) : [],
    ...(artifacts && artifacts.node ? parseArtifacts(yaml, artifacts) : { secondaryArtifacts: {} }),
    ...(cache ? { cache: parseCache(yaml, cache) } : {}),
    warnings: yaml.warnings,
  }
}

const noEnv: EnvSpec = { variables: {}, parameterStore: {}, secretsManager: {}, exportedVariables: [] }

function tellOfMeaningless(yaml: YamlReader, members: Readonly<Record<string, Value | undefined>>) {
  for (const [key, message] of Object.entries(meaningless)) {
    const value = members[key]
    if (value) yaml.warnings.push({ line: value.line, message })
  }
}

function readVersion(yaml: YamlReader, value: Value | undefined): '0.1' | '0.2' {
  if (!value) throw new BuildspecError('Expected version: it must be 0.1 or 0.2', yaml.root.line)
  const text = yaml.text(value)
  if (text !== '0.1' && text !== '0.2') throw yaml.fail(value, '0.1 or 0.2')
  return text
}

function parseEnv(yaml: YamlReader, value: Value): EnvSpec {
  const members = yaml.members(value, envKeys)
  const { shell, variables, 'parameter-store': parameters, 'secrets-manager': secrets } = members
  const exported = members['exported-variables']
  tellOfMeaningless(yaml, members)
  return {
    ...(shell ? { shell: readShell(yaml, shell) } : {}),
    variables: variables ? yaml.record(variables) : {},
    parameterStore: parameters ? yaml.record(parameters) : {},
    secretsManager: secrets ? yaml.record(secrets) : {},
    exportedVariables: exported ? yaml.list(exported, 'ExportedVariables') : [],
  }
}

function readShell(yaml: YamlReader, value: Value): 'bash' | 'sh' {
  switch (yaml.text(value)) {
    case 'bash':
    case '/bin/bash':
      return 'bash'
    case 'sh':
    case '/bin/sh':
      return 'sh'
    default:
      throw yaml.fail(value, 'bash or /bin/sh (the local cloud has no Windows builds)')
  }
}

/** Version 0.1 wrote its variables as `environment_variables: {plaintext: …}`. */
function plaintext(yaml: YamlReader, value: Value): Record<string, string> {
  const inner = yaml.members(value, ['plaintext'])['plaintext']
  return inner ? yaml.record(inner) : {}
}
