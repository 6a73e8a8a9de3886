import { createRestJsonService } from '../../server/protocols/restJsonService.ts'

/** A package of 50 MB comes in Base64, with what is said about it. */
const longestRequest = 70 * 1024 * 1024

/** Lambda on the wire: restJson. */
export const lambdaProtocol = createRestJsonService({
  service: 'lambda',
  authentication: { kind: 'sigV4', signingName: 'lambda' },
  missingMember: 'ValidationException',
  longestDocument: longestRequest,
  client: () => import('@aws-sdk/client-lambda'),
})
