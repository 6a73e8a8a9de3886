import type { Call } from '../../server/operation.ts'
import { oneOf, structure, text, whole } from './constraints.ts'

/** The constraints of action types and their ids. */

export const category = () => oneOf('Source', 'Build', 'Deploy', 'Test', 'Invoke', 'Approval', 'Compute')
export const providerName = () => text(1, 35, '[0-9A-Za-z_-]+')
export const typeVersion = () => text(1, 9, '[0-9A-Za-z_-]+')
export const actionTypeId = () =>
  structure({
    category: category(),
    owner: oneOf('AWS', 'ThirdParty', 'Custom'),
    provider: providerName(),
    version: typeVersion(),
  })
export const artifactCounts = (most: number) =>
  structure({ minimumCount: whole(0, most), maximumCount: whole(0, most) })

/** `arn:…:actiontype:OWNER/CATEGORY/PROVIDER/VERSION` (fact sheet, section 6). */
export const actionTypeArn = (
  { account, region }: Pick<Call, 'account' | 'region'>,
  type: Partial<Record<'owner' | 'category' | 'provider' | 'version', string | undefined>>,
) =>
  `arn:aws:codepipeline:${region}:${account}:actiontype:${type.owner}/${type.category}/${type.provider}/${type.version}`

/** Whose action types have integration models. */
export const integrationOwner = () => text(0, Number.MAX_SAFE_INTEGER, 'AWS|ThirdParty')
