import { AwsError } from '../../server/awsError.ts'
import type { Functions } from '../lambda/inProcess.ts'
import type { Topics } from '../sns/inProcess.ts'
import type { Deliver } from '../sqs/delivery.ts'
import type { Delivery } from './deliveries.ts'
import { inputFor } from './input.ts'
import type { ToBus } from './toBus.ts'

/** Starts a pipeline for a rule, as the rule's role. */
export type StartPipeline = (of: { roleArn: string; pipelineArn: string; ruleArn: string; input: string }) => void

/** Brings an event to where a rule sends it. The only switch on what a target can be. */
export function createTargets({
  startPipeline,
  toQueue,
  toBus,
  topics,
  functions,
}: {
  startPipeline: StartPipeline
  toQueue: Deliver
  toBus: ToBus
  topics: Topics
  functions: Functions
}): (delivery: Delivery) => void {
  return delivery => {
    const { target, event, ruleArn } = delivery
    const input = inputFor(target, event, { arn: ruleArn, name: ruleArn.slice(ruleArn.lastIndexOf('/') + 1) })
    const service = 'events.amazonaws.com'
    switch (target.Arn.split(':')[2]) {
      case 'codepipeline': {
        const whole = target.Input === undefined && target.InputPath === undefined && !target.InputTransformer
        // The event as it is says nothing about how to start: only what somebody made of it does.
        return startPipeline({
          roleArn: target.RoleArn ?? '',
          pipelineArn: target.Arn,
          ruleArn,
          input: whole ? '{}' : input,
        })
      }
      case 'events':
        return toBus(delivery)
      case 'sqs':
        return toQueue({ queueArn: target.Arn, service, sourceArn: ruleArn, body: input })
      case 'sns':
        topics.publishFor({ service, sourceArn: ruleArn }, target.Arn, { message: { default: input } })
        return undefined
      case 'lambda':
        return functions.tellFor({ service, sourceArn: ruleArn }, target.Arn, input)
      default:
        throw new AwsError('NotOffered', `Targets as ${target.Arn} are not offered by the local cloud.`)
    }
  }
}
