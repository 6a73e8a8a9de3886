import { AwsError } from './awsError.ts'
import type { Authorize, Call, Operation, Service } from './operation.ts'

type Outcome = { kind: 'succeeded'; output: object } | { kind: 'failed'; error: unknown }

/** What the record of a call says that its input does not: of those that are no API operations (git's), or nobody's own (sign-ins). */
export interface Besides {
  readOnly?: boolean
  /** `additionalEventData` */
  additional?: Readonly<Record<string, unknown>>
  /** `userIdentity` of whoever is no caller of any account: people of Identity Center. */
  identity?: Readonly<Record<string, unknown>>
  /** `serviceEventDetails` of what is an event of the service and no call of its API; empty where there are none. */
  serviceEvent?: Readonly<Record<string, string>>
}

/**
 * Told of every call that named an operation, allowed or not: where CloudTrail listens. Resolves when the record of a
 * call that changed something is durable, and never rejects.
 */
export type RecordCall = (
  call: Call,
  service: string,
  operation: string,
  input: object,
  outcome: Outcome,
  besides?: Besides,
) => Promise<void>

/** Runs one operation for a caller: asks IAM, runs, records. The same for calls over the wire and within the cloud. */
export type Dispatch = (service: string, operation: string, input: object, call: Call) => Promise<object>

export interface Services {
  find(
    service: string,
    operation: string,
  ): { service: Service; operation: Operation<unknown, object, object> } | undefined
}

/** The tables of all services, by name. */
export function createServices(tables: readonly Service[]): Services {
  const byName = new Map(tables.map(service => [service.name, service]))
  return {
    find(name, operationName) {
      const service = byName.get(name)
      if (!service || !Object.hasOwn(service.operations, operationName)) return undefined
      const operation = service.operations[operationName]
      return operation && { service, operation }
    },
  }
}

export function createDispatch(services: Services, authorize: Authorize, record: RecordCall): Dispatch {
  return async (serviceName, operationName, input, call) => {
    const found = services.find(serviceName, operationName)
    if (!found) throw unknownOperation()
    const { service, operation } = found
    const run = async () => {
      if (operation.authorized !== false) {
        const actions = operation.actions?.(input) ?? [`${serviceName}:${operationName}`]
        const resources = operation.resources?.(input, call, service.lends) ?? ['*']
        const context = {
          'aws:SourceIp': call.sourceIp,
          'aws:RequestedRegion': call.region,
          'aws:UserAgent': call.userAgent,
        }
        for (const action of actions) {
          for (const resource of resources) {
            const more = service.conditionKeys?.(service.lends, input, resource, call)
            authorize(call.caller, action, resource, { context: { ...context, ...more } })
          }
        }
      }
      return await operation.run(service.lends, input, call)
    }
    let output: object
    try {
      output = await run()
    } catch (error) {
      await record(call, serviceName, operationName, input, { kind: 'failed', error })
      throw error
    }
    // Nobody learns that something was done before it is on record who did it.
    await record(call, serviceName, operationName, input, { kind: 'succeeded', output })
    return output
  }
}

export function unknownOperation(): AwsError {
  return new AwsError('UnknownOperationException', 'The requested operation is not recognized by the service.')
}
