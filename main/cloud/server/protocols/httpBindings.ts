import { fromText, toText } from '../codec/text.ts'
import type { HttpRequest } from '../http.ts'
import type { Member, Shape } from '../model/shape.ts'
import type { Labels } from './restRoutes.ts'

export interface Incoming {
  headers: HttpRequest['headers']
  query: URLSearchParams
  labels: Labels
}

export const membersOf = (shape: Shape) => (shape.kind === 'structure' ? shape.members : [])

/** Whether a member travels outside the body: in the path, the query, a header or the status. */
export function isBound({ traits }: Member): boolean {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpResponseCode } = traits
  return [httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders, httpResponseCode].some(
    trait => trait !== undefined,
  )
}

/**
 * What path, query and headers say of a member; undefined where nothing. `invalid` makes the service's refusal of a
 * text that is not of the member's type.
 */
export function readBound(member: Member, incoming: Incoming, invalid: (message: string) => Error): unknown {
  const { httpLabel, httpQuery, httpQueryParams, httpHeader, httpPrefixHeaders } = member.traits
  const { headers, query, labels } = incoming
  if (httpQueryParams !== undefined) return Object.fromEntries(query)
  if (httpPrefixHeaders !== undefined) return prefixed(headers, httpPrefixHeaders)
  const name = httpQuery ?? httpHeader ?? member.name
  const header = httpHeader === undefined ? undefined : headers[httpHeader.toLowerCase()]
  const texts = httpLabel ? [labels[member.name]] : httpQuery === undefined ? [header] : query.getAll(httpQuery)
  const { shape } = member
  try {
    const given = texts.filter(text => text !== undefined)
    if (given.length === 0) return undefined
    if (shape.kind !== 'list') return fromText(shape, given[0] ?? '')
    // A list is one header with commas, or a parameter for each item.
    const items = httpQuery === undefined ? given.flatMap(text => text.split(',')) : given
    return items.map(item => fromText(shape.item.shape, item.trim()))
  } catch {
    throw invalid(`${name} is not valid: ${texts.join(',')}`)
  }
}

/** The headers that carry an output's or an error's members. */
export function writeHeaders(shape: Shape, output: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const member of membersOf(shape)) {
    const { httpHeader, httpPrefixHeaders } = member.traits
    const value = output[member.name]
    if (value === undefined || value === null) continue
    if (httpHeader !== undefined) headers[httpHeader.toLowerCase()] = toText(member.shape, value, 'http-date')
    if (httpPrefixHeaders !== undefined) {
      for (const [key, text] of Object.entries(value)) headers[httpPrefixHeaders + key] = String(text)
    }
  }
  return headers
}

function prefixed(headers: HttpRequest['headers'], prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}
