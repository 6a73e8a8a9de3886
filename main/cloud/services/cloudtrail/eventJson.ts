import type { TrailEvent } from './eventStore.ts'

const parsed = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text))

/** `2026-11-22T09:00:00Z`: CloudTrail keeps no fractions. */
export const instant = (at: number) => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')

/** The record that CloudTrail delivers ("CloudTrail record contents", user guide). */
export function eventJson(event: TrailEvent): Record<string, unknown> {
  return {
    eventVersion: '1.11',
    userIdentity: parsed(event.identity),
    eventTime: instant(event.at),
    eventSource: event.source,
    eventName: event.name,
    awsRegion: event.region,
    sourceIPAddress: event.sourceIp,
    userAgent: event.agent,
    ...(event.error && { errorCode: event.error.code, errorMessage: event.error.message }),
    requestParameters: parsed(event.request),
    responseElements: parsed(event.response),
    ...(event.additional !== undefined && { additionalEventData: parsed(event.additional) }),
    requestID: event.requestId,
    eventID: event.eventId,
    readOnly: event.readOnly,
    ...(event.resources.length > 0 && {
      resources: event.resources.map(({ type, name }) => ({
        accountId: event.account,
        type,
        ...(name.startsWith('arn:') ? { ARN: name } : { resourceName: name }),
      })),
    }),
    eventType: event.serviceEvent === undefined ? 'AwsApiCall' : 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: event.account,
    ...(event.serviceEvent !== undefined &&
      event.serviceEvent !== '{}' && { serviceEventDetails: parsed(event.serviceEvent) }),
    eventCategory: 'Management',
  }
}
