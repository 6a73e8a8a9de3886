import { CallMeter } from '../../preload/contract/aws.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Meter } from './meter.ts'

export function awsRouter(meter: Meter) {
  return router({
    watchMeter: procedure.output(streamOf(CallMeter)).subscription(({ signal }) => meter.watch(signal)),
  })
}
