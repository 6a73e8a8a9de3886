import { cbor } from '@smithy/core/cbor'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../gateway.ts'
import { createConformance } from './conformance.testing.ts'

const codePipeline = () => import('@aws-sdk/client-codepipeline')
const s3 = () => import('@aws-sdk/client-s3')
const iam = () => import('@aws-sdk/client-iam')
const cloudWatch = () => import('@aws-sdk/client-cloudwatch')

async function departures(
  operation: string,
  client: Answer['client'],
  response: { type: string; body: string | Uint8Array; status?: number; headers?: Record<string, string> },
  output?: object,
) {
  const conformance = createConformance()
  const headers = { 'content-type': response.type, 'x-amzn-requestid': 'an id', ...response.headers }
  const { status = 200, body } = response
  conformance.answered({ operation, client, response: { status, headers, body }, ...(output && { output }) })
  return conformance.violations()
}
const json = (body: object, status = 200) => ({
  type: 'application/x-amz-json-1.1',
  body: JSON.stringify(body),
  status,
})

describe('an answer in JSON', () => {
  it('may have what its schema has, and nothing else', async () => {
    const pipeline = { name: 'shop', version: 3, created: 1_764_000_000.5 }
    expect(await departures('ListPipelines', codePipeline, json({ pipelines: [pipeline] }))).toEqual([])
    const wrong = { title: 'shop', version: '3', created: 1_764_000_000_500, updated: null }
    expect(await departures('ListPipelines', codePipeline, json({ pipelines: [pipeline, wrong], next: 1 }))).toEqual([
      'ListPipelines: next is unknown',
      'ListPipelines: pipelines[1].title is unknown',
      'ListPipelines: pipelines[1].version is string "3"',
      'ListPipelines: pipelines[1].created is number 1764000000500',
      'ListPipelines: pipelines[1].updated is null',
    ])
  })

  it('has every member that its schema requires, but for those that AWS leaves out', async () => {
    const state = (currentRevision: object) => json({ stageStates: [{ actionStates: [{ currentRevision }] }] })
    expect(await departures('GetPipelineState', codePipeline, state({ revisionId: 'abc' }))).toEqual([])
    expect(await departures('GetPipelineState', codePipeline, state({}))).toEqual([
      'GetPipelineState: stageStates[0].actionStates[0].currentRevision.revisionId is missing',
    ])
  })

  it('is refused by names and with the status that the model knows', async () => {
    const refused = (name: string, status: number, more = {}) =>
      departures('GetPipeline', codePipeline, json({ __type: name, message: 'No.', ...more }, status))
    expect(await refused('PipelineNotFoundException', 400)).toEqual([])
    expect(await refused('ThrottlingException', 400)).toEqual([])
    expect(await refused('PipelineNotFoundException', 404)).toEqual([
      'GetPipeline: PipelineNotFoundException has the status 404, not 400',
    ])
    expect(await refused('PipelineGoneException', 400)).toEqual([
      'GetPipeline: the error PipelineGoneException is unknown',
    ])
    expect(await refused('PipelineNotFoundException', 400, { name: 'shop' })).toEqual([
      'GetPipeline: PipelineNotFoundException.name is unknown',
    ])
  })

  it('carries a request id, and nothing that was dropped on its way because the model has no such member', async () => {
    const bare = { type: 'application/x-amz-json-1.1', body: '{}', headers: { 'x-amzn-requestid': undefined as never } }
    expect(await departures('ListPipelines', codePipeline, bare)).toEqual(['ListPipelines: there is no request id'])
    expect(await departures('ListPipelines', codePipeline, json({ pipelines: [] }), { pipelinez: [] })).toEqual([
      'ListPipelines: pipelinez is unknown',
    ])
  })
})

describe('an answer in XML', () => {
  it('of a query service is its result within its response', async () => {
    const roles = (inner: string) =>
      `<ListRolesResponse><ListRolesResult>${inner}</ListRolesResult><ResponseMetadata/></ListRolesResponse>`
    const role =
      '<Path>/</Path><RoleName>A</RoleName><RoleId>AROA</RoleId><Arn>a</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>'
    const good = { type: 'text/xml', body: roles(`<Roles><member>${role}</member></Roles>`) }
    expect(await departures('ListRoles', iam, good)).toEqual([])
    const bad = { type: 'text/xml', body: roles('<Roles><Role/><member><Age>3</Age></member></Roles><More>x</More>') }
    const found = await departures('ListRoles', iam, bad)
    expect(found).toContain('ListRoles: Roles.Role is unknown')
    expect(found).toContain('ListRoles: Roles[0].Age is unknown')
    expect(found).toContain('ListRoles: Roles[0].RoleName is missing')
    expect(found).toContain('ListRoles: More is unknown')
  })

  it('of S3 keeps to the body what no header carries, under the root that the model names', async () => {
    const body = '<Result><UploadId>u</UploadId><ServerSideEncryption>AES256</ServerSideEncryption></Result>'
    expect(await departures('CreateMultipartUpload', s3, { type: 'application/xml', body })).toEqual([
      'CreateMultipartUpload: the answer begins with Result, not InitiateMultipartUploadResult',
      'CreateMultipartUpload: ServerSideEncryption is unknown',
    ])
    const headers = { 'last-modified': '2026-01-01T00:00:00Z' }
    expect(await departures('HeadObject', s3, { type: 'text/plain', body: '', headers })).toEqual([
      'HeadObject: the header Last-Modified is "2026-01-01T00:00:00Z"',
    ])
  })
})

describe('an answer in CBOR', () => {
  it('is held against the same schema', async () => {
    const body = cbor.serialize({ Metrics: [{ MetricName: 'Builds', Nameplace: 'AWS/CodeBuild' }] })
    expect(await departures('ListMetrics', cloudWatch, { type: 'application/cbor', body })).toEqual([
      'ListMetrics: Metrics[0].Nameplace is unknown',
    ])
  })
})
