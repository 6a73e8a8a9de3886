import { z } from 'zod'

/**
 * What an artifact of the format CODEBUILD_CLONE_REF holds: where a build clones the source from, rather than the source.
 * UNCONFIRMED: AWS's own members are not documented; only CodeBuild reads them (fact sheet, 3.9).
 */
const cloneRefModel = z.object({
  format: z.literal('CODEBUILD_CLONE_REF'),
  region: z.string(),
  repository: z.string(),
  commitId: z.string(),
  /** Where the repository is behind a connection. */
  connectionArn: z.string().optional(),
})
export type CloneRef = z.infer<typeof cloneRefModel>

export const writeCloneRef = (ref: Omit<CloneRef, 'format'>): string =>
  JSON.stringify({ format: 'CODEBUILD_CLONE_REF', ...ref } satisfies CloneRef)

/** No such reference is longer. */
export const longestCloneRef = 4096

/** Undefined for the bytes of anything else. */
export function readCloneRef(bytes: Uint8Array): CloneRef | undefined {
  try {
    return cloneRefModel.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data
  } catch {
    return undefined
  }
}
