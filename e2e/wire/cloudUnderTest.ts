import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { type Clock, systemClock } from '../../main/base/clock.ts'
import { type Cloud, type CloudAccount, type CloudOptions, createCloud } from '../../main/cloud/cloud.ts'
import { assertConformance, createConformance } from '../../main/cloud/server/conformance/conformance.testing.ts'
import { ruleTexts } from '../../main/cloud/server/faults/rules.ts'

const resources = fileURLToPath(new URL('../../resources', import.meta.url))

/** Whether the suite runs against a real account (`WIRE_TARGET=aws`, with the ambient credentials) or a cloud of its own. */
export const target = process.env.WIRE_TARGET === 'aws' ? 'aws' : 'local'

const said = new Set<string>()
/** Whether tests are to be left out because they can't be had in a real account, for the reason that is printed. */
export function localOnly(because: string): boolean {
  if (target === 'aws' && !said.has(because)) console.log(`Left out in a real account: ${because}.`)
  said.add(because)
  return target === 'aws'
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** What every AWS SDK client takes. One attempt: a test wants to see the refusal, not the fourth try. */
export interface ClientSettings {
  region: string
  maxAttempts: number
  endpoint?: string
  credentials?: Credentials | ReturnType<typeof fromNodeProviderChain>
  forcePathStyle?: boolean
}

export interface CloudUnderTest {
  /** Settings of a client in an account (default: the first) and region (default: us-east-1), or with other credentials. */
  settings(options?: { account?: string; region?: string; credentials?: Credentials }): ClientSettings
  /** The first account's id, local or real. */
  account: string
  /** The local cloud itself. Throws where the target is AWS. */
  local(): Cloud
  accountNamed(name: string): CloudAccount
  /**
   * Sets the limits and faults that are on, in the place of all that were, as `--throttle` and `--fault` have them:
   * `befall({ throttle: ['codepipeline=5'], fault: ['*=40ms'] })`. Without any: ends them.
   */
  befall(rules?: Troubles): void
  /** What the cloud said it could not help: must stay empty. */
  faults: unknown[]
  stop(): Promise<void>
}

/** As `--throttle` and `--fault` have them. */
export interface Troubles {
  throttle?: readonly string[]
  fault?: readonly string[]
}

export interface Options extends Partial<Pick<CloudOptions, 'limits' | 'accounts' | 'samples'>> {
  clock?: Clock
  /** Limits and faults that are on from the start. */
  troubles?: Troubles
  /** A directory that outlives this cloud; otherwise one of its own, removed when it stops. */
  data?: string
}

/** Starts a cloud for one test file, or points at AWS. */
export async function startCloudUnderTest(options: Options = {}): Promise<CloudUnderTest> {
  return target === 'aws' ? realAccount() : localCloud(options)
}

async function localCloud({ clock = systemClock, data, troubles = {}, ...rest }: Options): Promise<CloudUnderTest> {
  const directory = data ?? mkdtempSync(join(tmpdir(), 'cloud-under-test-'))
  const faults: unknown[] = []
  const conformance = createConformance()
  const cloud = await createCloud({
    port: 0,
    samples: false,
    accounts: [
      { id: '111122223333', name: 'tooling', environment: 'development' },
      { id: '444455556666', name: 'staging', environment: 'staging' },
      { id: '777788889999', name: 'production', environment: 'production' },
    ],
    ...rest,
    data: directory,
    resources,
    clock,
    faults: rulesOf(troubles),
    answered: conformance.answered,
    log: {
      info: () => {},
      warn: (detail, message) => console.warn(message, detail),
      error: (detail, message) => {
        faults.push(detail)
        console.error(message, detail)
      },
    },
  })
  const accountNamed = (name: string) => {
    const found = cloud.accounts.find(account => account.name === name)
    if (!found) throw new Error(`no account ${name}`)
    return found
  }
  return {
    settings({ account = cloud.accounts[0]?.name ?? '', region = 'us-east-1', credentials } = {}) {
      const { accessKeyId, secretAccessKey } = accountNamed(account)
      return {
        region,
        endpoint: cloud.endpoint,
        maxAttempts: 1,
        forcePathStyle: true,
        credentials: credentials ?? { accessKeyId, secretAccessKey },
      }
    },
    account: cloud.accounts[0]?.id ?? '',
    local: () => cloud,
    accountNamed,
    befall: (rules = {}) => cloud.faults.set(rulesOf(rules)),
    faults,
    async stop() {
      await cloud.stop()
      if (data === undefined) rmSync(directory, { recursive: true, force: true })
      await assertConformance(conformance)
    },
  }
}

function rulesOf(troubles: Troubles) {
  const { throttle, fault } = ruleTexts.parse(troubles)
  return [...throttle, ...fault]
}

async function realAccount(): Promise<CloudUnderTest> {
  const only = () => {
    throw new Error('this test is about the local cloud only')
  }
  const credentials = fromNodeProviderChain()
  const settings = (region = process.env.AWS_REGION ?? 'us-east-1') => ({ region, maxAttempts: 1, credentials })
  const sts = new STSClient(settings())
  const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}))
  sts.destroy()
  return {
    settings: ({ region, credentials: others } = {}) => ({
      ...settings(region),
      ...(others && { credentials: others }),
    }),
    account: Account,
    local: only,
    accountNamed: only,
    befall: only,
    faults: [],
    stop: () => Promise.resolve(),
  }
}

/** What a call was refused with. Throws where it was not. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status?: number; requestId?: string }> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number; requestId?: string }) : {}
    return {
      name: error.name,
      message: error.message,
      ...(metadata.httpStatusCode !== undefined && { status: metadata.httpStatusCode }),
      ...(metadata.requestId !== undefined && { requestId: metadata.requestId }),
    }
  }
  throw new Error('the call was not refused')
}
