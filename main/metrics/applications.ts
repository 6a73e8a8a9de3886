import type { Application } from '../../preload/contract/metrics.ts'
import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** Trailing words of a name that say where something is rather than what. */
const place =
  /[-_.](dev|development|test|qa|int|stage|staging|preprod|prod|production|live|europe|asia|america|us|eu|ap|[a-z]{2}-[a-z]+-\d)$/i

/** The application that a pipeline belongs to: its tag `application`, or else its name without where it is. */
export function applicationOf(
  { name }: PipelineKey,
  tags: Readonly<Record<string, string>> | undefined,
): Pick<Application, 'name' | 'rule'> {
  const tagged = Object.entries(tags ?? {}).find(([tag, value]) => tag.toLowerCase() === 'application' && value !== '')
  if (tagged) return { name: tagged[1], rule: 'tag' }
  let short = name
  while (place.test(short)) short = short.replace(place, '')
  return { name: short, rule: 'name' }
}

/** Applications by name; one that any of its pipelines is tagged with is one by tag. */
export function applicationsOf(
  pipelines: readonly { key: PipelineKey; tags: Readonly<Record<string, string>> | undefined }[],
): Application[] {
  const found = new Map<string, Application>()
  for (const { key, tags } of pipelines) {
    const { name, rule } = applicationOf(key, tags)
    const known = found.get(name) ?? { name, rule, pipelines: [] }
    known.pipelines.push(key)
    if (rule === 'tag') known.rule = 'tag'
    found.set(name, known)
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}
