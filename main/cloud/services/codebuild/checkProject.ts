import { type ProjectBody, projectBody } from './projectBody.ts'
import { checked, invalidInput } from './refusals.ts'

/** Checks a project as CreateProject and UpdateProject do, and gives what is kept of it. */
export function checkProject(input: object): ProjectBody {
  // The badge is asked for as a flag and told as an object; the local cloud has none.
  const { badgeEnabled: _, ...rest } = input as { badgeEnabled?: boolean }
  const body = checked(projectBody, rest)
  const { source, artifacts } = body
  if ((source.type === 'CODEPIPELINE') !== (artifacts.type === 'CODEPIPELINE'))
    throw invalidInput('Invalid artifacts: artifacts type and source type must both be CODEPIPELINE, or neither')
  if (source.type === 'NO_SOURCE' && !source.buildspec)
    throw invalidInput('Invalid project source: buildspec is required for source type NO_SOURCE')
  if (!['CODEPIPELINE', 'NO_SOURCE'].includes(source.type) && !source.location)
    throw invalidInput(`Invalid project source: location is required for source type ${source.type}`)
  if (artifacts.type === 'S3' && !artifacts.location)
    throw invalidInput('Invalid artifacts: location is required for artifacts type S3')
  return body
}
