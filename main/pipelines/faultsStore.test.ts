import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Notice } from '../../preload/contract/notices.ts'
import { type Listener, listen } from '../aws/listener.testing.ts'
import { startDesk, until } from '../desk.testing.ts'
import { openStore, type Store } from '../store/store.ts'
import { manyPipelines } from './manyPipelines.testing.ts'
import { startWatching, type Watched } from './watched.testing.ts'

const coded = (code: string) => (notices: Notice[]) => notices.some(({ failure }) => failure.code === code)

describe('when the desk’s database fails', { timeout: 60_000 }, () => {
  let directory: string
  let file: string
  let server: Listener
  let store: Store | undefined
  let watched: Watched | undefined
  const many = manyPipelines(30)
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'store-faults-'))
    file = join(directory, 'desk.db')
    server = await listen(() => '111111111111')
    server.answer = many.answer
  })
  afterEach(async () => {
    await watched?.stop()
    store?.close()
    watched = undefined
    store = undefined
    await server.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  const watchOn = async (opened: Store) => {
    store = opened
    const profiles = [{ name: 'one', accessKeyId: 'AKIAONE', secretAccessKey: 'secret' }]
    watched = await startWatching({ endpoint: server.endpoint, profiles, store: opened })
    return watched
  }
  const complete = ({ rows }: Watched) => [...rows.values()].filter(({ state }) => state === 'succeeded').length === 30
  const kept = () => {
    const raw = new DatabaseSync(file, { readOnly: true })
    const { n } = raw.prepare("SELECT count(*) AS n FROM rows WHERE json LIKE '%succeeded%'").get() ?? {}
    raw.close()
    return Number(n)
  }

  it('shows everything though the disk is full, says so once, and refuses what must be on record first', async () => {
    // Room for the tables, the account and hardly a row.
    openStore(file, 0).close()
    const raw = new DatabaseSync(file)
    const pages = Number(raw.prepare('PRAGMA page_count').get()?.page_count)
    raw.close()
    const desk = await watchOn(openStore(file, 0, { mostPages: pages + 3 }))
    await desk.fleet(() => complete(desk))
    const notices = await until(desk.notices.watch(undefined), coded('StoreFull'))
    expect(notices).toHaveLength(1)
    expect(notices[0]?.failure.next).toContain('Make room')
    expect(desk.logged.filter(line => line.includes('could not be written'))).toHaveLength(1)
    const key = { account: '111111111111', region: 'us-east-1', name: 'p-1' }
    const record = (id: number) => ({
      id: String(id),
      at: '2026-01-01T00:00:00.000Z',
      as: 'arn:aws:iam::111111111111:user/ann',
      request: { kind: 'closeTransition' as const, key, stage: 'Prod', reason: 'x'.repeat(300) },
      outcome: { state: 'requested' as const },
    })
    expect(() => {
      for (let id = 0; id < 200; id++) store?.journal.put(record(id))
    }).toThrow('The disk has no room for the desk’s database')
  })

  it('goes on while another program holds the file, and writes everything when it lets go', async () => {
    const desk = await watchOn(openStore(file, 0))
    const holder = new DatabaseSync(file)
    holder.exec('BEGIN IMMEDIATE')
    await desk.fleet(() => complete(desk))
    await until(desk.notices.watch(undefined), coded('StoreLocked'))
    expect(kept()).toBeLessThan(30)
    holder.exec('ROLLBACK')
    holder.close()
    await until(desk.notices.watch(undefined), notices => notices.length === 0)
    expect(kept()).toBe(30)
  })

  it('says on screen that a corrupt file was moved aside and a new one begun', async () => {
    writeFileSync(file, 'no database, but long enough to be looked at'.repeat(200))
    const desk = await startDesk({ data: directory, empty: true })
    try {
      const notices = await until(await desk.caller.notices.watch(), coded('StoreRecovered'))
      expect(notices[0]?.failure.message).toContain('desk.db.corrupt-')
      expect(await desk.caller.notices.dismiss({ id: 'recovered' })).toEqual({ dismissed: true })
    } finally {
      await desk.stop()
    }
  })
})
