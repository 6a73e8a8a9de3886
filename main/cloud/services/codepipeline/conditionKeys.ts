import type { Call } from '../../server/operation.ts'
import type { CodePipeline } from './lends.ts'
import { tagsOf } from './tags.ts'

interface TagLike {
  key?: string | undefined
  value?: string | undefined
}

/**
 * The condition keys of CodePipeline (service authorization reference): `aws:RequestTag/…` and `aws:TagKeys` of what a
 * call says about tags, `aws:ResourceTag/…` of what it names; a stage and an action have the tags of their pipeline.
 */
export function conditionKeys(
  service: CodePipeline,
  input: { tags?: readonly TagLike[] | undefined; tagKeys?: readonly string[] | undefined },
  resource: string,
  call: Call,
): Record<string, string | readonly string[]> {
  const { tags = [], tagKeys = [] } = input
  const named = [...tags.flatMap(({ key }) => key ?? []), ...tagKeys]
  return {
    ...Object.fromEntries(tags.map(({ key = '', value = '' }) => [`aws:RequestTag/${key}`, value])),
    ...(named.length > 0 && { 'aws:TagKeys': named }),
    ...Object.fromEntries(
      [...tagsOf(service, call, resource)].map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
  }
}
