import { z } from 'zod'
import { Notice } from '../../preload/contract/notices.ts'
import { procedure, router } from '../base/rpc.ts'
import { streamOf } from '../base/stream.ts'
import type { Notices } from './notices.ts'

export function noticesRouter(notices: Notices) {
  return router({
    watch: procedure.output(streamOf(z.array(Notice))).subscription(({ signal }) => notices.watch(signal)),
    dismiss: procedure
      .input(z.object({ id: z.string() }))
      .output(z.object({ dismissed: z.boolean() }))
      .mutation(({ input }) => notices.dismiss(input.id)),
  })
}
