import { spawnSync } from 'node:child_process'
import { z } from 'zod'

/** A type in AWS's service model, as botocore ships it: what is constrained, and how. */
const ModelShape = z.object({
  type: z.string(),
  required: z.array(z.string()).default([]),
  members: z.record(z.string(), z.object({ shape: z.string() })).default({}),
  member: z.object({ shape: z.string() }).optional(),
  key: z.object({ shape: z.string() }).optional(),
  value: z.object({ shape: z.string() }).optional(),
  enum: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
})
export type ModelShape = z.infer<typeof ModelShape>

const Model = z.object({
  operations: z.record(z.string(), z.object({ input: z.object({ shape: z.string() }).optional() })),
  shapes: z.record(z.string(), ModelShape),
})
export type ServiceModel = z.infer<typeof Model>

const script = `
import gzip, os, sys
import botocore
path = os.path.join(os.path.dirname(botocore.__file__), 'data', *sys.argv[1].split('/'), 'service-2.json')
with (gzip.open(path + '.gz') if os.path.exists(path + '.gz') else open(path, 'rb')) as file:
    sys.stdout.buffer.write(file.read())
`

/** AWS's model of a service (`codepipeline/2015-07-09`), or why it can't be had: it comes with botocore. */
export function readServiceModel(service: string): ServiceModel | { absent: string } {
  const { status, stdout } = spawnSync('python3', ['-c', script, service], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (status !== 0) return { absent: 'botocore, which brings AWS’s service models, is not installed' }
  return Model.parse(JSON.parse(stdout))
}
