import type { PipelineKey } from '../../preload/contract/pipelines.ts'

/** A key as text, for maps. A pipeline's name holds no slash. */
export const keyId = ({ account, region, name }: PipelineKey): string => `${account}/${region}/${name}`
