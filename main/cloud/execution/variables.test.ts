import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referencesIn, resolveRecord, resolveText, scopeOf } from './variables.ts'

const scope = scopeOf({
  id: '0b7e',
  variables: { stage: 'prod' },
  outputs: { Build: { 'IMAGE.TAG': 'v1', empty: '' } },
})

describe('references', () => {
  it('are found where they stand', () => {
    expect(referencesIn('a #{x.y} b #{ns.key.more}')).toEqual([
      { text: '#{x.y}', namespace: 'x', key: 'y' },
      { text: '#{ns.key.more}', namespace: 'ns', key: 'key.more' },
    ])
    expect(referencesIn('#{no period} ${shell} #{open')).toEqual([
      { text: '#{no period}', namespace: '', key: 'no period' },
    ])
  })

  it('stand for the execution, the pipeline’s variables and what actions have put out', () => {
    expect(
      resolveText('#{codepipeline.PipelineExecutionId}/#{variables.stage}/#{Build.IMAGE.TAG}#{Build.empty}', scope),
    ).toEqual({
      ok: true,
      value: '0b7e/prod/v1',
    })
  })

  it('without a value fail with their own text', () => {
    for (const text of [
      '#{Build.none}',
      '#{None.x}',
      '#{codepipeline.other}',
      '#{Build.constructor}',
      '#{__proto__.x}',
    ]) {
      const resolved = resolveText(text, scope)
      expect(resolved.ok ? '' : resolved.error.message).toContain(text)
    }
  })

  it('are replaced once: a value that looks like a reference stays as it is', () => {
    const odd = scopeOf({ id: '', variables: { a: '#{variables.b}', b: '$&' }, outputs: {} })
    expect(resolveText('#{variables.a} #{variables.b}', odd)).toEqual({ ok: true, value: '#{variables.b} $&' })
  })

  it('leave any text without them alone', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        fc.pre(!text.includes('#{'))
        expect(resolveText(text, scope)).toEqual({ ok: true, value: text })
      }),
    )
  })

  it('may not make a configuration larger than 100 KB', () => {
    const large = scopeOf({ id: '', variables: { x: 'x'.repeat(60_000) }, outputs: {} })
    expect(resolveRecord({ a: '#{variables.x}' }, large).ok).toBe(true)
    expect(resolveRecord({ a: '#{variables.x}', b: '#{variables.x}' }, large).ok).toBe(false)
  })
})
