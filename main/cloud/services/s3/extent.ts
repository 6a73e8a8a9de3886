import type { GetObjectOutput, GetObjectRequest } from '@aws-sdk/client-s3'
import { checkReadConditions } from './conditions.ts'
import { invalidRequest, S3Error } from './errors.ts'
import { type Range, rangeOf } from './ranges.ts'
import type { ObjectVersion } from './versions.ts'

/** Which bytes of an object GetObject and HeadObject are about, once its conditions hold. */
export function extent(
  version: ObjectVersion,
  input: Pick<
    GetObjectRequest,
    'Range' | 'PartNumber' | 'IfMatch' | 'IfNoneMatch' | 'IfModifiedSince' | 'IfUnmodifiedSince'
  >,
): {
  range: Range | undefined
  length: number
  members: Pick<GetObjectOutput, 'ContentLength' | 'ContentRange' | 'PartsCount'>
} {
  checkReadConditions(input, version)
  const { size } = version
  if (input.PartNumber !== undefined && input.Range !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter')
  }
  const range = input.PartNumber === undefined ? rangeOf(input.Range, size) : partRange(version, input.PartNumber)
  const length = range ? range.end - range.start + 1 : size
  const parts = version.about.partSizes?.length
  return {
    range,
    length,
    members: {
      ContentLength: length,
      ...(range && { ContentRange: `bytes ${range.start}-${range.end}/${size}` }),
      ...(input.PartNumber !== undefined && parts !== undefined && { PartsCount: parts }),
    },
  }
}

function partRange({ about, size }: ObjectVersion, number: number): Range | undefined {
  const sizes = about.partSizes ?? [size]
  const length = sizes[number - 1]
  if (length === undefined) throw new S3Error('InvalidPartNumber', 416, 'The requested partnumber is not satisfiable')
  const start = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0)
  return length === 0 ? undefined : { start, end: start + length - 1 }
}
