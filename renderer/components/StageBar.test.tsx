import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { StageBar } from './StageBar.tsx'

test('the stages of a pipeline have their states as their name', () => {
  const markup = renderToStaticMarkup(
    <StageBar
      stages={[
        { name: 'Source', state: 'succeeded' },
        { name: 'Build', state: 'failed' },
      ]}
      closed={['Build']}
    />,
  )
  expect(markup).toContain('aria-label="Source succeeded, Build failed; closed before Build"')
})

test('a pipeline whose stages nobody knows yet is no picture without a name', () => {
  const markup = renderToStaticMarkup(<StageBar stages={[]} />)
  expect(markup).not.toContain('role="img"')
  expect(markup).toContain('—')
})
