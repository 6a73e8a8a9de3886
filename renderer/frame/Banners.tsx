import { Info, TriangleAlert, Unplug } from 'lucide-react'
import { Button } from '../components/Button.tsx'
import { formatTime } from '../format/instant.ts'
import { MfaPrompts } from '../screens/accounts/MfaPrompts.tsx'
import { useAccounts } from '../stores/accounts.ts'
import { useConnection } from '../stores/connection.ts'
import { useFleet } from '../stores/fleet.ts'
import { dismissNotice, useNotices } from '../stores/notices.ts'
import { go } from '../stores/route.ts'
import { useZone } from '../stores/settings.ts'
import { Banner, Said } from './Banner.tsx'
import css from './Banners.module.css'
import { FirstRun } from './FirstRun.tsx'
import { SessionBanners } from './SessionBanners.tsx'

/** What stands between a person and their data, each with its next step. */
export function Banners() {
  return (
    <div className={css.banners}>
      <Disconnected />
      <LocalCloudBanner />
      <FleetFailure />
      <NoticeBanners />
      <MfaPrompts />
      <SessionBanners />
      <FirstRun />
    </div>
  )
}

function Disconnected() {
  const connection = useConnection()
  const zone = useZone()
  if (connection.state !== 'lost') return null
  const since = formatTime(new Date(connection.since).toISOString(), zone)
  return (
    <Banner look="warning" icon={<Unplug size={16} aria-hidden />}>
      <b>No connection to the desk since {since}.</b> What you see is what it last said. Trying again…
    </Banner>
  )
}

function LocalCloudBanner() {
  const cloud = useAccounts(state => state.localCloud)
  switch (cloud.state) {
    case 'off':
    case 'ready':
      return null
    case 'starting':
      return (
        <Banner look="info" icon={<Info size={16} aria-hidden />}>
          The local cloud is starting; its pipelines appear in a moment.
        </Banner>
      )
    case 'failed':
      return (
        <Banner
          look="warning"
          icon={<TriangleAlert size={16} aria-hidden />}
          action={<Button onClick={() => go({ screen: 'cloud' })}>Open Local cloud</Button>}
        >
          <b>The local cloud {cloud.restarting ? 'stopped and is being restarted' : 'is not running'}.</b>{' '}
          <Said failure={cloud.failure} />
        </Banner>
      )
  }
}

function FleetFailure() {
  const failure = useFleet(state => state.failure)
  if (failure === undefined || failure.code === 'ConnectionLost') return null
  return (
    <Banner look="warning" icon={<TriangleAlert size={16} aria-hidden />}>
      <b>The fleet is not being told.</b> <Said failure={failure} />
    </Banner>
  )
}

/** What belongs to no account: the database was rebuilt or can't be written, a queue can't be read. */
function NoticeBanners() {
  const notices = useNotices(state => state.notices)
  return notices.map(({ id, failure }) => (
    <Banner
      key={id}
      look="warning"
      icon={<TriangleAlert size={16} aria-hidden />}
      action={<Button onClick={() => void dismissNotice(id)}>Dismiss</Button>}
    >
      <Said failure={failure} />
    </Banner>
  ))
}
