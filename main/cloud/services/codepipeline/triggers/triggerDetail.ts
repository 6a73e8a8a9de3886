import { z } from 'zod'

/**
 * `triggerDetail` of an execution that a connection started. UNCONFIRMED what AWS writes there; EventBridge's event of the
 * same start has these names (fact sheet, section 9).
 */
const detailModel = z.object({
  'connection-arn': z.string(),
  'full-repository-name': z.string(),
  'branch-name': z.string().optional(),
  'tag-name': z.string().optional(),
  'commit-id': z.string(),
})

export interface TriggerDetail {
  connectionArn: string
  fullName: string
  branch?: string
  tag?: string
  commitId: string
}

export const writeTriggerDetail = ({ connectionArn, fullName, branch, tag, commitId }: TriggerDetail): string =>
  JSON.stringify({
    'connection-arn': connectionArn,
    'full-repository-name': fullName,
    ...(branch !== undefined && { 'branch-name': branch }),
    ...(tag !== undefined && { 'tag-name': tag }),
    'commit-id': commitId,
  } satisfies z.infer<typeof detailModel>)

/** Undefined for the detail of another kind of trigger. */
export function triggerDetailOf(text: string): TriggerDetail | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return undefined
  }
  const { data } = detailModel.safeParse(parsed)
  if (!data) return undefined
  const [branch, tag] = [data['branch-name'], data['tag-name']]
  return {
    connectionArn: data['connection-arn'],
    fullName: data['full-repository-name'],
    commitId: data['commit-id'],
    ...(branch !== undefined && { branch }),
    ...(tag !== undefined && { tag }),
  }
}
