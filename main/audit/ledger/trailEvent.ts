import { z } from 'zod'

/** Absent and null are the same to CloudTrail. */
const maybe = <T extends z.ZodType>(type: T) => type.nullish().transform(value => value ?? undefined)

const identity = z.looseObject({
  type: maybe(z.string()),
  principalId: maybe(z.string()),
  arn: maybe(z.string()),
  accountId: maybe(z.string()),
  accessKeyId: maybe(z.string()),
  userName: maybe(z.string()),
  invokedBy: maybe(z.string()),
  identityProvider: maybe(z.string()),
  sessionContext: maybe(
    z.looseObject({
      sessionIssuer: maybe(z.looseObject({ arn: maybe(z.string()), userName: maybe(z.string()) })),
      attributes: maybe(z.looseObject({ creationDate: maybe(z.string()) })),
      sourceIdentity: maybe(z.string()),
    }),
  ),
})
export type Identity = z.infer<typeof identity>

/** A CloudTrail record ("CloudTrail record contents", user guide): what the ledger reads of it. */
export const TrailEvent = z.looseObject({
  eventID: z.string().min(1),
  eventTime: z.iso.datetime(),
  eventSource: z.string(),
  eventName: z.string(),
  awsRegion: z.string(),
  recipientAccountId: maybe(z.string()),
  userIdentity: maybe(identity),
  sourceIPAddress: maybe(z.string()),
  userAgent: maybe(z.string()),
  requestID: maybe(z.string()),
  errorCode: maybe(z.string()),
  errorMessage: maybe(z.string()),
  requestParameters: maybe(z.record(z.string(), z.unknown())),
  responseElements: maybe(z.record(z.string(), z.unknown())),
  readOnly: maybe(z.union([z.boolean(), z.string()])),
})
export type TrailEvent = z.infer<typeof TrailEvent>
