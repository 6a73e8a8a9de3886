import { describe, expect, it } from 'vitest'
import { regionsOf } from './regions.ts'

describe('typed regions', () => {
  it('are taken with any separator, each once, in any case', () => {
    expect(regionsOf(' us-east-1, EU-west-1;us-east-1 ')).toEqual({ regions: ['us-east-1', 'eu-west-1'], strange: [] })
  })
  it('name what is none', () => {
    expect(regionsOf('us-gov-west-1 frankfurt')).toEqual({ regions: ['us-gov-west-1'], strange: ['frankfurt'] })
  })
})
