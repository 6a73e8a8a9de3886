import type { PutTargetsRequest, PutTargetsResponse, Target } from '@aws-sdk/client-eventbridge'
import type { Operation } from '../../server/operation.ts'
import { parsePath } from './input.ts'
import { type EventBridge, ruleOf, ruleResource, validation } from './lends.ts'
import { targetModel } from './model.ts'

const mostTargets = 5

/** Adds or replaces targets. For one that works under a role the caller must be allowed to pass it on. */
export const putTargets: Operation<EventBridge, PutTargetsRequest, PutTargetsResponse> = {
  resources: ({ Rule, EventBusName }, call) => ruleResource(call, Rule, EventBusName),
  run(lends, { Rule, EventBusName, Targets = [] }, call) {
    const rule = ruleOf(lends, call, Rule, EventBusName)
    const checked = Targets.map(target => {
      checkTarget(target)
      if (target.RoleArn !== undefined) {
        const context = { 'iam:PassedToService': 'events.amazonaws.com' }
        lends.authorize(call.caller, 'iam:PassRole', target.RoleArn, { context })
      }
      return targetModel.parse(target)
    })
    const all = new Set([...lends.rules.targets(rule), ...checked].map(({ Id }) => Id))
    if (all.size > mostTargets)
      throw validation(`The requested resource exceeds the maximum number allowed: ${mostTargets} targets for a rule.`)
    for (const target of checked) lends.rules.putTarget(rule, target)
    return { FailedEntryCount: 0, FailedEntries: [] }
  },
}

function checkTarget({ Id = '', Arn = '', RoleArn, Input, InputPath, InputTransformer }: Target): void {
  const refused = (reason: string) => validation(`Parameter ${Arn} is not valid. Reason: ${reason}`)
  if (!/^[.\-_A-Za-z0-9]{1,64}$/.test(Id)) throw validation(`Value '${Id}' at 'targets.id' is not valid.`)
  if (!/^arn:aws:[a-z0-9-]+:[a-z0-9-]*:\d{12}:.+$/.test(Arn)) throw refused('Provided Arn is not in correct format.')
  if (Arn.startsWith('arn:aws:codepipeline:') && RoleArn === undefined)
    throw validation(`RoleArn is required for target ${Arn}.`)
  if ([Input, InputPath, InputTransformer].filter(given => given !== undefined).length > 1)
    throw validation(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`)
  if (Input !== undefined && !isJson(Input)) throw validation(`JSON syntax error in input for target ${Id}.`)
  if (InputPath !== undefined) parsePath(InputPath)
  for (const path of Object.values(InputTransformer?.InputPathsMap ?? {})) parsePath(path)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
