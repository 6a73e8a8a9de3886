import { describe, expect, it } from 'vitest'
import { migrations } from '../../execution/schema.ts'
import { openDatabase } from '../../state/database.ts'
import { createConnectionInbox, type Moved } from './connectionInbox.ts'
import { createDefinitions } from './definitions.ts'

function setUp() {
  const database = openDatabase(':memory:')
  database.migrate('codepipeline', migrations)
  const definitions = createDefinitions(database)
  const pipeline = definitions.create('111122223333', 'us-east-1', { name: 'shop', roleArn: '', stages: [] }, 'ann', 0)
  return { inbox: createConnectionInbox(database), definitions, pipeline }
}
const move = (oldCommitId: string, commitId: string, referenceFullName = 'refs/heads/main'): Moved => ({
  event: 'referenceUpdated',
  repositoryId: 'r',
  repositoryName: 'shop',
  referenceFullName,
  oldCommitId,
  commitId,
})

describe('what was heard of a repository', () => {
  it('waits in its order until it is judged', () => {
    const { inbox, pipeline } = setUp()
    const moves = [move('a', 'b'), move('b', 'c'), move('a', 'b', 'refs/tags/v1')]
    for (const each of moves) expect(inbox.keep(pipeline, 'Checkout', each)).toBe(true)
    expect(inbox.waiting().map(({ moved }) => moved)).toEqual(moves)
    const [first] = inbox.waiting()
    inbox.judged(first?.number ?? 0)
    expect(inbox.waiting().map(({ moved }) => moved)).toEqual(moves.slice(1))
  })

  it('is kept once when it is told twice, judged meanwhile or not, and again when it happens again', () => {
    const { inbox, pipeline } = setUp()
    expect(inbox.keep(pipeline, 'Checkout', move('a', 'b'))).toBe(true)
    expect(inbox.keep(pipeline, 'Checkout', move('a', 'b'))).toBe(false)
    for (const { number } of inbox.waiting()) inbox.judged(number)
    expect(inbox.keep(pipeline, 'Checkout', move('a', 'b'))).toBe(false)
    expect(inbox.keep(pipeline, 'Mirror', move('a', 'b'))).toBe(true)
    expect(inbox.keep(pipeline, 'Checkout', move('b', 'a'))).toBe(true)
    expect(inbox.keep(pipeline, 'Checkout', move('a', 'b'))).toBe(true)
  })

  it('goes with its pipeline', () => {
    const { inbox, definitions, pipeline } = setUp()
    inbox.keep(pipeline, 'Checkout', move('a', 'b'))
    definitions.remove(pipeline)
    expect(inbox.waiting()).toEqual([])
  })
})
