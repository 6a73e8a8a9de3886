import { z } from 'zod'
import type { Millis } from '../../../base/clock.ts'

/** Which calls a rule is for. `*` ends a name that stands for all that begin so. */
export interface Aim {
  /** 12 digits; undefined for every account. */
  account?: string
  /** IAM's name of the service, or `*`. */
  service: string
  /** `GetPipelineState`, `Get*`, `*`. */
  operation: string
}

/** What goes wrong. */
export type Trouble =
  | { kind: 'serverError'; status: 500 | 503 }
  /** Each call takes longer, by something between the two, and is then answered. */
  | { kind: 'latency'; from: Millis; to: Millis }
  /** The connection ends without an answer: before the work, or after it was done. */
  | { kind: 'dropped'; when: 'before' | 'after' }
  | { kind: 'expired' }
  | { kind: 'throttled' }

/** Until when, and how often. Undefined: always. */
export interface Odds {
  /** In (0, 1]. */
  share?: number
  /** So many calls, then no more. */
  times?: number
  /** So long from when the rule was set. */
  lasting?: Millis
}

/** At most so many calls a second of each operation, for each account and region. */
export interface Limit {
  kind: 'limit'
  text: string
  aim: Aim
  perSecond: number
}

export interface Fault {
  kind: 'fault'
  text: string
  aim: Aim
  trouble: Trouble
  odds: Odds
}

export type Rule = Limit | Fault

const aimGrammar = 'must begin with SERVICE or SERVICE.OPERATION (names may end in *), for one account ACCOUNT/SERVICE'
const limitGrammar = 'must be SERVICE[.OPERATION]=N, N calls a second: codepipeline.GetPipelineState=5'
const faultGrammar =
  'must be SERVICE[.OPERATION]=WHAT[@WHEN]. WHAT: 500, 503, 40ms, 40-200ms, drop-before, drop-after, expired, throttled. WHEN: 10%, 3x, 30s, or several with commas'

/** `codepipeline=5` */
export const limitText = z.string().transform((text, context): Limit => {
  const [, where = '', rate = ''] = /^([^=]*)=(\d+(?:\.\d+)?)$/.exec(text) ?? []
  const perSecond = Number(rate)
  if (perSecond > 0) return { kind: 'limit', text, aim: aimOf(where, context), perSecond }
  context.addIssue(limitGrammar)
  return z.NEVER
})

/** `codepipeline.Put*=500@10%` */
export const faultText = z.string().transform((text, context): Fault => {
  const [, where = '', what = '', when] = /^([^=@]*)=([^=@]+)(?:@([^=@]+))?$/.exec(text) ?? []
  const trouble = troubleOf(what)
  const odds = oddsOf(when)
  if (trouble && odds) return { kind: 'fault', text, aim: aimOf(where, context), trouble, odds }
  context.addIssue(faultGrammar)
  return z.NEVER
})

/** What `--throttle` and `--fault` say, and what the control path is sent. */
export const ruleTexts = z.strictObject({
  throttle: z.array(limitText).default([]),
  fault: z.array(faultText).default([]),
})

function aimOf(text: string, context: z.RefinementCtx): Aim {
  const [, account, service = '', operation = '*'] =
    /^(?:(\d{12})\/)?([a-z0-9-]+|\*)(?:\.([A-Za-z0-9]+\*?|\*))?$/.exec(text) ?? []
  if (service === '') context.addIssue(aimGrammar)
  return { ...(account !== undefined && { account }), service, operation }
}

function troubleOf(text: string): Trouble | undefined {
  const [, from, to = from] = /^(\d{1,6})(?:-(\d{1,6}))?ms$/.exec(text) ?? []
  if (from !== undefined && Number(from) <= Number(to)) return { kind: 'latency', from: Number(from), to: Number(to) }
  switch (text) {
    case '500':
      return { kind: 'serverError', status: 500 }
    case '503':
      return { kind: 'serverError', status: 503 }
    case 'drop-before':
      return { kind: 'dropped', when: 'before' }
    case 'drop-after':
      return { kind: 'dropped', when: 'after' }
    case 'expired':
    case 'throttled':
      return { kind: text }
    default:
      return undefined
  }
}

function oddsOf(text: string | undefined): Odds | undefined {
  const odds: Odds = {}
  for (const part of text === undefined ? [] : text.split(',')) {
    const [, amount = '', unit] = /^(\d{1,9}(?:\.\d{1,6})?)(%|x|s)$/.exec(part) ?? []
    const number = Number(amount)
    if (!(number > 0)) return undefined
    if (unit === '%' && number <= 100) odds.share = number / 100
    else if (unit === 'x' && Number.isInteger(number)) odds.times = number
    else if (unit === 's') odds.lasting = number * 1000
    else return undefined
  }
  return odds
}
