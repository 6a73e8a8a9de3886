import { describe, expect, it } from 'vitest'
import { deepLinkIn, routeOfDeepLink } from './deepLinks.ts'

describe('a deep link', () => {
  it('opens a pipeline, or one of its executions', () => {
    expect(routeOfDeepLink('cloudpipelines://pipeline/111122223333/us-east-1/web-shop')).toBe(
      '#/pipeline/111122223333/us-east-1/web-shop',
    )
    expect(
      routeOfDeepLink('cloudpipelines://pipeline/111122223333/us-east-1/a@b?of=0b7ec1c0-0000-4000-8000-000000000001'),
    ).toBe('#/pipeline/111122223333/us-east-1/a%40b?of=0b7ec1c0-0000-4000-8000-000000000001')
    expect(routeOfDeepLink('cloudpipelines://fleet')).toBe('#/fleet')
  })

  it.each([
    'https://pipeline/111122223333/us-east-1/web-shop',
    'cloudpipelines://approve/111122223333/us-east-1/web-shop',
    'cloudpipelines://pipeline/1111/us-east-1/web-shop',
    'cloudpipelines://pipeline/111122223333/nowhere/web-shop',
    'cloudpipelines://pipeline/111122223333/us-east-1/web%20shop',
    'cloudpipelines://pipeline/111122223333/us-east-1/web-shop/approve',
    'cloudpipelines://pipeline/111122223333/us-east-1/web-shop?of=javascript:x',
    'nonsense',
    '',
  ])('that is not ours opens nothing: %s', link => {
    expect(routeOfDeepLink(link)).toBeUndefined()
  })

  it('is found among arguments', () => {
    expect(deepLinkIn(['desk', '--flag', 'cloudpipelines://fleet'])).toBe('cloudpipelines://fleet')
    expect(deepLinkIn(['desk'])).toBeUndefined()
  })
})
