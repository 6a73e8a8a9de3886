import type { ActionDefinition, ActionDetail, Definition } from '../../preload/contract/pipelines.ts'
import { isBuildId, placeOfAction } from '../aws/actionPlace.ts'
import type { Ask, At } from '../aws/ask.ts'
import type { Aws } from '../aws/aws.ts'
import type { Build } from '../aws/codeBuild.ts'
import { ended } from './states.ts'

/** What other services tell of an action: its log, its tests, the page that it deployed. */
export interface ActionEvidence {
  /** The record with all that can be found. What may not be read stays absent. */
  complete(detail: ActionDetail, definition: Definition | undefined, ask: Ask): Promise<ActionDetail>
  /** Where the log of an action is; undefined where it has none yet. @throws Failure where it may not be asked. */
  logOf(detail: ActionDetail, ask: Ask): Promise<{ at: At; build: Build } | undefined>
  /** The newest line of a log that is being written. */
  lastLine(detail: ActionDetail, ask: Ask): Promise<string | undefined>
}

/** Enough to name what broke; the log has the rest. */
const mostFailures = 20

export const isBuild = ({ externalId }: Pick<ActionDetail, 'externalId'>): boolean => isBuildId(externalId)

export function createActionEvidence(aws: Aws): ActionEvidence {
  /** Builds belong to the account whose role started them, logs and reports with them. */
  const buildOf = async (detail: ActionDetail, ask: Ask) => {
    const { externalId } = detail
    if (externalId === undefined || !isBuild(detail)) return undefined
    const at = placeOfAction(detail.key, detail)
    const build = await aws.codeBuild.build(at, externalId, ask)
    return build && { at, build }
  }

  const testsOf = async (at: At, { reportArns }: Build, ask: Ask): Promise<ActionDetail['tests']> => {
    const counts = await aws.codeBuild.reportCounts(at, reportArns, ask)
    if (!counts) return undefined
    const cases =
      counts.failed === 0
        ? []
        : (await Promise.all(reportArns.map(arn => aws.codeBuild.failedCases(at, arn, ask)))).flat()
    return { ...counts, failures: cases.slice(0, mostFailures) }
  }

  const pageOf = async (detail: ActionDetail, action: ActionDefinition | undefined, ask: Ask) => {
    const { BucketName: bucket, ObjectKey: prefix = '', Extract: extract } = detail.resolvedConfiguration
    const isDeployment = action?.category === 'Deploy' && action.provider === 'S3' && detail.state === 'succeeded'
    if (!isDeployment || bucket === undefined) return undefined
    const at = placeOfAction(detail.key, detail)
    if (!(await aws.s3.hasWebsite(at, bucket, ask))) return undefined
    const folder =
      extract === 'true' && prefix !== '' ? `${prefix.replace(/\/$/, '')}/` : extract === 'true' ? '' : prefix
    return `${aws.website(at, bucket)}/${folder.split('/').map(encodeURIComponent).join('/')}`
  }

  /** A permission that is missing here only leaves a detail out. */
  const orNothing = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined)

  return {
    logOf: buildOf,
    async complete(detail, definition, ask) {
      const action = definition?.stages
        .find(({ name }) => name === detail.stage)
        ?.actions.find(({ name }) => name === detail.action)
      const [found, deployedUrl] = await Promise.all([
        orNothing(buildOf(detail, ask)),
        detail.deployedUrl ?? orNothing(pageOf(detail, action, ask)),
      ])
      const log = found?.build.log ?? detail.log
      const tests =
        detail.tests ??
        (found && ended(detail.state) ? await orNothing(testsOf(found.at, found.build, ask)) : undefined)
      return { ...detail, ...(log && { log }), ...(tests && { tests }), ...(deployedUrl && { deployedUrl }) }
    },
    async lastLine(detail, ask) {
      const found = await orNothing(buildOf(detail, ask))
      if (!found?.build.log) return undefined
      const lines = await orNothing(aws.logs.last(found.at, found.build.log, 5, ask))
      return lines
        ?.map(({ text }) => text.trimEnd())
        .filter(text => text !== '')
        .at(-1)
    },
  }
}
