import type { ArtifactSpec, CacheSpec, ReportFormat, ReportSpec } from './model.ts'
import { reportFormats } from './model.ts'
import type { Value, YamlReader } from './yamlReader.ts'

const artifactKeys = [
  'files',
  'base-directory',
  'discard-paths',
  'name',
  'exclude-paths',
  'enable-symlinks',
  's3-prefix',
  'secondary-artifacts',
]
const mostReportGroups = 5

/** The `artifacts` of a buildspec: the primary one, where it names files, and the secondary ones by identifier. */
export function parseArtifacts(
  yaml: YamlReader,
  value: Value,
): { artifacts?: ArtifactSpec; secondaryArtifacts: Record<string, ArtifactSpec> } {
  const { files, 'secondary-artifacts': secondary } = yaml.members(value, artifactKeys)
  const secondaryArtifacts = Object.fromEntries(
    (secondary ? yaml.entries(secondary) : []).map(([name, inner]) => [name, parseArtifact(yaml, inner)]),
  )
  // CodeBuild's reference calls `files` required at the top; builds with secondary artifacts alone are common.
  if (!files && Object.keys(secondaryArtifacts).length > 0) return { secondaryArtifacts }
  return { artifacts: parseArtifact(yaml, value), secondaryArtifacts }
}

function parseArtifact(yaml: YamlReader, value: Value): ArtifactSpec {
  const found = Object.fromEntries(yaml.entries(value))
  const { files, name, 'base-directory': base, 'exclude-paths': exclude, 's3-prefix': prefix } = found
  const { 'discard-paths': discard, 'enable-symlinks': symlinks } = found
  if (!files) throw yaml.fail(value, 'a mapping with files')
  return {
    files: yaml.list(files, 'Files'),
    ...(base ? { baseDirectory: yaml.text(base) } : {}),
    discardPaths: discard ? yaml.flag(discard) : false,
    ...(name ? { name: yaml.text(name) } : {}),
    excludePaths: exclude ? yaml.list(exclude, 'ExcludePaths') : [],
    enableSymlinks: symlinks ? yaml.flag(symlinks) : false,
    ...(prefix ? { s3Prefix: yaml.text(prefix) } : {}),
  }
}

/** The `reports` of a buildspec, at most five groups. */
export function parseReports(yaml: YamlReader, value: Value): ReportSpec[] {
  const groups = yaml.entries(value)
  if (groups.length > mostReportGroups) throw yaml.fail(value, `a mapping of at most ${mostReportGroups} report groups`)
  return groups.map(([group, inner]) => {
    const keys = ['files', 'base-directory', 'discard-paths', 'file-format']
    const { files, 'base-directory': base, 'discard-paths': discard, 'file-format': format } = yaml.members(inner, keys)
    if (!files) throw yaml.fail(inner, 'a mapping with files')
    return {
      group,
      files: yaml.list(files, 'Files'),
      ...(base ? { baseDirectory: yaml.text(base) } : {}),
      discardPaths: discard ? yaml.flag(discard) : false,
      format: format ? reportFormat(yaml, format) : 'JUNITXML',
    }
  })
}

function reportFormat(yaml: YamlReader, value: Value): ReportFormat {
  const text = yaml.text(value).toUpperCase()
  const known = reportFormats.find(format => format === text)
  if (!known) throw yaml.fail(value, `one of ${reportFormats.join(', ')}`)
  return known
}

/** The `cache` of a buildspec. */
export function parseCache(yaml: YamlReader, value: Value): CacheSpec {
  const {
    paths,
    key,
    action,
    'fallback-keys': fallback,
  } = yaml.members(value, ['paths', 'key', 'action', 'fallback-keys'])
  const what = action && yaml.text(action)
  if (action && what !== 'save' && what !== 'restore') throw yaml.fail(action, 'save or restore')
  return {
    paths: paths ? yaml.list(paths, 'Paths') : [],
    ...(key ? { key: yaml.text(key) } : {}),
    fallbackKeys: fallback ? yaml.list(fallback, 'FallbackKeys') : [],
    ...(what === 'save' || what === 'restore' ? { action: what } : {}),
  }
}
