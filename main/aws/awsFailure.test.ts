import { describe, expect, it } from 'vitest'
import { awsFailure, isSessionFailure, judge, missingPermission } from './awsFailure.ts'

const place = { account: '111122223333', region: 'us-east-1', pipeline: 'shop' }
function sdkError(name: string, message: string, status = 400) {
  const error = new Error(message)
  error.name = name
  return Object.assign(error, { $metadata: { httpStatusCode: status, requestId: 'req-1' } })
}

describe('an error of an SDK call', () => {
  it('names the missing permission and its resource', () => {
    const failure = awsFailure(
      sdkError(
        'AccessDeniedException',
        'User: arn:aws:iam::111122223333:user/ann is not authorized to perform: codepipeline:PutApprovalResult on resource: arn:aws:codepipeline:us-east-1:111122223333:shop/Prod/Approve because no identity-based policy allows the codepipeline:PutApprovalResult action',
      ),
      'codepipeline:PutApprovalResult',
      place,
    )
    expect(failure).toMatchObject({
      code: 'AccessDeniedException',
      place,
      requestId: 'req-1',
      next: 'Ask for codepipeline:PutApprovalResult on arn:aws:codepipeline:us-east-1:111122223333:shop/Prod/Approve.',
    })
  })

  it('names them too where the sentence ends with the resource', () => {
    const resource = 'arn:aws:iam::111122223333:role/Admin'
    const { message } = awsFailure(
      sdkError('AccessDenied', `User: ann is not authorized to perform: sts:AssumeRole on resource: ${resource}`),
      'sts:AssumeRole',
      place,
    )
    expect(missingPermission(message)).toEqual({ action: 'sts:AssumeRole', resource })
  })

  it.each([
    ['ThrottlingException', 'Rate exceeded', 400, 'throttled', false],
    ['ExpiredTokenException', 'The security token included in the request is expired', 400, 'final', true],
    ['UnrecognizedClientException', 'The security token included in the request is invalid.', 400, 'final', true],
    ['InternalFailure', 'oops', 500, 'transient', false],
    ['PipelineNotFoundException', 'no such pipeline', 400, 'final', false],
  ] as const)('%s: %s', (name, message, status, verdict, session) => {
    const failure = awsFailure(sdkError(name, message, status), 'codepipeline:GetPipeline', place)
    expect(failure.code).toBe(name)
    expect(judge(failure)).toBe(verdict)
    expect(isSessionFailure(failure)).toBe(session)
  })

  it.each([
    ['The token has expired', 'The token has expired.'],
    [
      'The security token included in the request is expired.',
      'The security token included in the request is expired.',
    ],
  ])('ends as a sentence, for another follows: %s', (text, end) => {
    const { message } = awsFailure(sdkError('ExpiredToken', text), 'sts:GetCallerIdentity', place)
    expect(message).toBe(`The credentials for 111122223333 in us-east-1 have expired: ${end}`)
  })

  it('says that a clock is wrong where the signature is too old', () => {
    const failure = awsFailure(
      sdkError('InvalidSignatureException', 'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z'),
      'codepipeline:GetPipeline',
      place,
    )
    expect(failure.code).toBe('ClockSkew')
    expect(isSessionFailure(failure)).toBe(true)
  })

  it.each(['NoSuchBucket', 'PermanentRedirect'])('says of %s where to look for the bucket', name => {
    const failure = awsFailure(sdkError(name, 'no such bucket here', 404), 's3:ListObjectsV2', place)
    expect(failure).toMatchObject({ code: name, next: 'Check the bucket’s name, and the region that it is in.' })
  })

  it('says that AWS can’t be reached, and lets the budget try again', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })
    const failure = awsFailure(refused, 'codepipeline:GetPipeline', place)
    expect(failure.code).toBe('Unreachable')
    expect(judge(failure)).toBe('transient')
  })
})
