import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { Aws } from '../../aws/aws.ts'
import { isPassing } from '../../aws/awsFailure.ts'
import { failureShape } from '../../base/rpc.ts'
import type { LedgerStore } from '../../store/ledger/ledger.ts'
import type { Versions } from './versions.ts'

/** More of one pipeline's oldest versions are asked for when somebody looks at them. */
const most = 50

/**
 * Asks GetPipeline for the versions of a pipeline that are not known, newest first and after everything else; what AWS
 * no longer has stays unknown. `current` is the newest version.
 */
export async function gatherVersions(
  { aws, store, versions }: { aws: Aws; store: LedgerStore; versions: Versions },
  key: PipelineKey,
  current: number,
  ask: { priority: 'hidden' | 'person'; signal?: AbortSignal },
): Promise<void> {
  const known = new Map(store.versions.of(key).map(version => [version.version, version]))
  for (let version = current; version > Math.max(0, current - most); version--) {
    if (known.get(version)?.declaration) continue
    try {
      const { declaration, updatedAt } = await aws.codePipeline.declaration(key, version, ask)
      // Its metadata tell of the pipeline's last update, whichever version was asked for.
      const at = version === current && updatedAt !== undefined ? { at: updatedAt } : {}
      versions.put(key, { version, declaration, ...at })
    } catch (thrown) {
      if (isPassing(failureShape(thrown)) || ask.signal?.aborted) throw thrown
      store.versions.put(key, { version })
    }
  }
}
