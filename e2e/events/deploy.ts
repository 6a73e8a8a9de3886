import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { z } from 'zod'
import { holds, type Resource, readTemplate, resolved, type Scope } from './template.ts'

/** Credentials and endpoint of the account and region that the stack is for. */
export interface Settings {
  region: string
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
}

const text = z.string()
const json = z.unknown().transform(value => JSON.stringify(value))
const shapes = {
  bus: z.object({ Name: text }),
  busPolicy: z.object({ EventBusName: text, StatementId: text, Statement: z.record(text, z.unknown()) }),
  queue: z.object({ QueueName: text }).catchall(z.union([text, z.unknown().transform(value => JSON.stringify(value))])),
  queuePolicy: z.object({ Queues: z.array(text), PolicyDocument: json }),
  rule: z.object({
    Name: text,
    Description: text.optional(),
    EventBusName: text.optional(),
    EventPattern: json,
    Targets: z.array(z.looseObject({ Id: text, Arn: text })),
  }),
  role: z.object({
    Description: text.optional(),
    AssumeRolePolicyDocument: json,
    Policies: z.array(z.object({ PolicyName: text, PolicyDocument: json })),
  }),
}

/**
 * Does what CloudFormation would do with `resources/events.cfn.yaml`, by the SDK; gives the stack's outputs. Resources
 * are made after those that they name.
 */
export async function deployEvents(
  settings: Settings,
  account: string,
  parameters: { HubBusArn?: string; MemberAccounts?: string[] } = {},
): Promise<{ BusArn?: string; QueueUrl?: string }> {
  const template = readTemplate()
  const defaults = { HubBusArn: '', MemberAccounts: [] }
  const scope: Scope = { parameters: { ...defaults, ...parameters }, conditions: template.Conditions, made: new Map() }
  const events = new EventBridgeClient(settings)
  const queues = new SQSClient(settings)
  const iam = new IAMClient(settings)
  const { made } = scope

  const make: Record<string, (id: string, given: unknown) => Promise<void>> = {
    async 'AWS::Events::EventBus'(id, given) {
      const { Name } = shapes.bus.parse(given)
      const { EventBusArn = '' } = await events.send(new CreateEventBusCommand({ Name }))
      made.set(id, Name).set(`${id}.Arn`, EventBusArn)
    },
    async 'AWS::Events::EventBusPolicy'(_id, given) {
      const { EventBusName, StatementId, Statement } = shapes.busPolicy.parse(given)
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: StatementId, ...Statement }] })
      await events.send(new PutPermissionCommand({ EventBusName, Policy }))
    },
    async 'AWS::SQS::Queue'(id, given) {
      const { QueueName, ...Attributes } = shapes.queue.parse(given)
      const { QueueUrl = '' } = await queues.send(new CreateQueueCommand({ QueueName, Attributes }))
      const found = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
      made.set(id, QueueUrl).set(`${id}.Arn`, found.Attributes?.QueueArn ?? '')
    },
    async 'AWS::SQS::QueuePolicy'(_id, given) {
      const { Queues, PolicyDocument: Policy } = shapes.queuePolicy.parse(given)
      for (const QueueUrl of Queues)
        await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }))
    },
    async 'AWS::Events::Rule'(id, given) {
      const { Targets, Name, EventBusName, ...rule } = shapes.rule.parse(given)
      const bus = EventBusName === undefined ? {} : { EventBusName }
      const { RuleArn = '' } = await events.send(
        new PutRuleCommand({
          Name,
          ...bus,
          EventPattern: rule.EventPattern,
          ...(rule.Description !== undefined && { Description: rule.Description }),
        }),
      )
      await events.send(new PutTargetsCommand({ Rule: Name, ...bus, Targets }))
      made.set(id, Name).set(`${id}.Arn`, RuleArn)
    },
    async 'AWS::IAM::Role'(id, given) {
      const { Policies, AssumeRolePolicyDocument } = shapes.role.parse(given)
      // As CloudFormation: a name of its own, so that each region of an account can have one.
      const RoleName = `events-${id}-${settings.region}`
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
      for (const policy of Policies) await iam.send(new PutRolePolicyCommand({ RoleName, ...policy }))
      made.set(id, RoleName).set(`${id}.Arn`, `arn:aws:iam::${account}:role/${RoleName}`)
    },
  }

  try {
    const wanted = Object.entries(template.Resources).filter(
      ([, { Condition }]) => Condition === undefined || holds(Condition, scope),
    )
    for (const [id, resource] of inOrder(wanted)) {
      const one = make[resource.Type]
      if (!one) throw new Error(`The template has a ${resource.Type}, which this test does not make.`)
      await one(id, resolved(resource.Properties, scope))
    }
    const outputs = Object.entries(template.Outputs).flatMap(([name, { Condition, Value }]) =>
      Condition === undefined || holds(Condition, scope) ? [[name, text.parse(resolved(Value, scope))] as const] : [],
    )
    return Object.fromEntries(outputs)
  } finally {
    for (const client of [events, queues, iam]) client.destroy()
  }
}

/** Each after those that it names. */
function inOrder(resources: readonly (readonly [string, Resource])[]): (readonly [string, Resource])[] {
  const done: (readonly [string, Resource])[] = []
  let left = [...resources]
  while (left.length > 0) {
    const ready = left.filter(([, { Properties }]) =>
      left.every(([other]) => !new RegExp(`"(Ref|Fn::GetAtt)":"${other}(\\.|")`).test(JSON.stringify(Properties))),
    )
    if (ready.length === 0) throw new Error(`These name each other: ${left.map(([id]) => id).join(', ')}`)
    done.push(...ready)
    left = left.filter(each => !ready.includes(each))
  }
  return done
}
