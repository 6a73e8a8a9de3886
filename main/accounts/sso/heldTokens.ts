import { z } from 'zod'
import type { SignInFlow } from '../../../preload/contract/accounts.ts'
import type { RegisteredClient } from '../../aws/ssoOidc.ts'
import type { Clock } from '../../base/clock.ts'
import type { Secrets } from '../secrets.ts'
import type { CliCache } from './cliCache.ts'
import { longer, renewal, Tokens } from './tokens.ts'

/** Where a sign-in's tokens are kept, and whether the AWS CLI shares in them. */
export interface KeptWhere {
  /** Its name among the secrets. */
  id: string
  /** Its key in the AWS CLI's cache. */
  cacheKey: string
  startUrl: string
  region: string
  sharesWithCli: boolean
}

/** The tokens of one sign-in: the desk's own, sealed, and those that the AWS CLI has for it. */
export interface HeldTokens {
  /** Settles when what an earlier desk kept is there. */
  loaded: Promise<void>
  /** Those that last longest. */
  best(): Tokens | undefined
  areOfCli(tokens: Tokens): boolean
  /** The CLI's are the CLI's to renew, unless the desk writes into its cache: renewing may end the old ones. */
  renewable(tokens: Tokens): ReturnType<typeof renewal>
  readCli(): Promise<void>
  /** Keeps them and, where the person chose so, shares them. Throws where the CLI's cache can't be written. */
  take(tokens: Tokens): Promise<void>
  /** The portal did not take this access token, though it looks alive. */
  refuse(accessToken: string): void
  /** Their refresh token is of no use any more. */
  endRenewal(tokens: Tokens): Promise<void>
  /** Forgets all but the registrations; gives what there was. */
  forget(): Promise<Tokens | undefined>
  /** Gives the CLI what is held, where it is shared now. */
  share(): Promise<void>
  /** The client that is registered for a flow, if it still is. */
  client(flow: SignInFlow): RegisteredClient | undefined
  keepClient(flow: SignInFlow, client: RegisteredClient): void
  forgetClients(): void
}

const Registered = z.object({
  clientId: z.string(),
  clientSecret: z.string(),
  expiresAt: z.number(),
  authorizationEndpoint: z.string().optional(),
})
/** What outlives the desk, sealed: the tokens, and a registration for each flow. */
const Kept = z.object({
  tokens: Tokens.optional(),
  clients: z.object({ browser: Registered.optional(), device: Registered.optional() }),
})
type Kept = z.infer<typeof Kept>

export function holdTokens(
  where: () => KeptWhere,
  { clock, secrets, cache }: { clock: Clock; secrets: Secrets; cache: CliCache },
): HeldTokens {
  let kept: Kept = { clients: {} }
  /** The CLI's tokens as last read. */
  let cli: Tokens | undefined
  let refused: string | undefined
  const secretName = `sso ${where().id}`
  const loaded = secrets.load(secretName).then(text => {
    const parsed = text === undefined ? undefined : Kept.safeParse(parseJson(text))
    if (parsed?.success) kept = parsed.data
  })
  const keep = () => secrets.save(secretName, JSON.stringify(kept))
  const share = async (tokens: Tokens) => {
    const { sharesWithCli, cacheKey, startUrl, region } = where()
    if (!sharesWithCli) return
    await cache.write(cacheKey, { startUrl, region }, tokens)
    cli = undefined
  }
  return {
    loaded,
    best: () => longer(kept.tokens, cli),
    areOfCli: tokens => tokens === cli,
    renewable: tokens => (tokens === cli && !where().sharesWithCli ? undefined : renewal(tokens, clock.now())),
    async readCli() {
      const read = await cache.read(where().cacheKey)
      // What the desk wrote itself is its own.
      const others = read !== undefined && read.accessToken !== kept.tokens?.accessToken
      cli = others ? { ...read, ...(read.accessToken === refused && { expiresAt: clock.now() }) } : undefined
    },
    async take(tokens) {
      kept = { ...kept, tokens }
      await keep()
      await share(tokens)
    },
    refuse(accessToken) {
      refused = accessToken
      for (const tokens of [kept.tokens, cli]) if (tokens?.accessToken === accessToken) tokens.expiresAt = clock.now()
    },
    async endRenewal(tokens) {
      const { refreshToken: _, ...rest } = tokens
      if (tokens === cli) cli = rest
      if (kept.tokens?.accessToken !== tokens.accessToken) return
      kept = { ...kept, tokens: rest }
      await keep()
    },
    async forget() {
      const tokens = longer(kept.tokens, cli)
      const ofCli = tokens !== undefined && tokens === cli
      kept = { clients: kept.clients }
      cli = undefined
      await keep()
      const { sharesWithCli, cacheKey } = where()
      if (sharesWithCli || ofCli) await cache.remove(cacheKey)
      return tokens
    },
    async share() {
      if (kept.tokens && kept.tokens === longer(kept.tokens, cli)) await share(kept.tokens)
    },
    client(flow) {
      const client = kept.clients[flow]
      if (!client || client.expiresAt <= clock.now()) return undefined
      const { authorizationEndpoint, ...rest } = client
      return { ...rest, ...(authorizationEndpoint !== undefined && { authorizationEndpoint }) }
    },
    keepClient(flow, client) {
      kept = { ...kept, clients: { ...kept.clients, [flow]: client } }
    },
    forgetClients() {
      kept = { ...kept, clients: {} }
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
