import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manualClock } from '../../../base/clock.ts'
import { openDatabase } from '../../state/database.ts'
import { createSealedTokens } from '../../state/sealedTokens.ts'
import { systemSecrets } from '../iam/names.ts'
import { createIamStore } from '../iam/store.ts'
import { createIdentityCenter, type IdentityCenterRoom } from './identityCenter.ts'
import { createDirectory } from './store/directory.ts'

type Account = { id: string; name: string; environment: string }
const accounts: [Account, ...Account[]] = [
  { id: '111122223333', name: 'tooling', environment: 'development' },
  { id: '777788889999', name: 'production', environment: 'production' },
]

describe('a cloud with samples', () => {
  const directory = mkdtempSync(join(tmpdir(), 'identity-'))
  const database = openDatabase(':memory:')
  const store = createIamStore(database)
  let room: IdentityCenterRoom
  beforeAll(() => {
    room = createIdentityCenter({
      database,
      clock: manualClock(),
      store,
      secrets: systemSecrets,
      tokens: createSealedTokens(database),
      accounts,
      endpoint: () => 'http://127.0.0.1:1',
      record: async () => {},
    })
  })
  afterAll(() => {
    database.close()
    rmSync(directory, { recursive: true, force: true })
  })

  it('knows one person for each way of working, and makes nothing twice', async () => {
    const open = () => room.open({ directory, region: 'us-east-1', accounts, samples: true })
    const first = await open()
    const roles = store.roles('777788889999').map(({ name }) => name)
    expect(roles.map(name => name.replace(/_[0-9a-f]{16}$/, ''))).toEqual(
      ['Admin', 'Auditor', 'Operator', 'ReleaseManager'].map(name => `AWSReservedSSO_${name}`),
    )
    expect(await open()).toEqual(first)
    expect(store.roles('777788889999').map(({ name }) => name)).toEqual(roles)
    const has = (user: string) =>
      createDirectory(database)
        .assignments(user)
        .map(({ account, permissionSet }) => `${account} ${permissionSet}`)
    expect(Object.fromEntries(first.users.map(({ userName }) => [userName, has(userName)]))).toEqual({
      'maria.lindt': ['111122223333 ReleaseManager', '777788889999 Auditor', '777788889999 ReleaseManager'],
      'lena.fischer': ['111122223333 Operator', '777788889999 Operator'],
      'noor.visser': ['111122223333 Auditor', '777788889999 Auditor'],
      'ada.okafor': ['111122223333 Admin', '111122223333 Auditor', '777788889999 Admin', '777788889999 Auditor'],
    })
  })
})
