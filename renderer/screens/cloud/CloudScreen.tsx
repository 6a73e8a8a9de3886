import type { LocalCloud } from '../../../preload/contract/accounts.ts'
import type { State } from '../../../preload/contract/base.ts'
import { EmptyState } from '../../components/EmptyState.tsx'
import { FailureNotice } from '../../components/FailureNotice.tsx'
import { Page, Section } from '../../components/Page.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useAccounts } from '../../stores/accounts.ts'
import css from './CloudScreen.module.css'
import { CopyLines } from './CopyLines.tsx'
import { cloneLine, exportLines } from './shellLines.ts'

/** The embedded AWS endpoint: its state, how to use it from a terminal, what it is and what it is not. */
export function CloudScreen() {
  const cloud = useAccounts(state => state.localCloud)
  return (
    <Page
      title="Local cloud"
      lead="An AWS endpoint on this machine that really runs pipelines: the desk, the AWS CLI, SDKs and Terraform talk to it as they talk to AWS."
    >
      <Section title="State">
        <StateOf cloud={cloud} />
      </Section>
      {cloud.state === 'ready' && <FromATerminal cloud={cloud} />}
      <Section title="What it is">
        <ul className={css.points}>
          <li>
            CodePipeline, CodeBuild, CodeCommit, S3, CloudWatch Logs, IAM and STS over AWS’s own protocols, with signed
            requests.
          </li>
          <li>Commits, builds, tests, approvals and deployments happen: builds run your commands on this machine.</li>
          <li>Several accounts that are kept apart, with roles between them.</li>
          <li>It listens on the loopback address alone, and what happens in it survives a restart.</li>
        </ul>
      </Section>
      <Section title="What it is not">
        <ul className={css.points}>
          <li>Not AWS: its limits, prices and every service beyond these are AWS’s alone.</li>
          <li>Not a sandbox for strangers’ code: each build’s log says in its first line how far it is shut in.</li>
          <li>What an action can’t do here fails and says so; nothing is shown green that did not run.</li>
        </ul>
      </Section>
    </Page>
  )
}

function StateOf({ cloud }: { cloud: LocalCloud }) {
  switch (cloud.state) {
    case 'off':
      return <EmptyState title="The local cloud is not part of this desk’s start." />
    case 'starting':
      return <Stated state="running">Starting…</Stated>
    case 'ready':
      return (
        <Stated state="succeeded">
          Ready at <span className="mono">{cloud.endpoint}</span>, region {cloud.region} by default
        </Stated>
      )
    case 'failed':
      return (
        <>
          <Stated state="failed">{cloud.restarting ? 'It stopped and is being restarted' : 'Not running'}</Stated>
          <FailureNotice failure={cloud.failure} />
        </>
      )
  }
}

function Stated({ state, children }: { state: State; children: React.ReactNode }) {
  return (
    <output className={css.state} data-state={state}>
      <StateGlyph state={state} decorative size={16} /> <span>{children}</span>
    </output>
  )
}

type Ready = Extract<LocalCloud, { state: 'ready' }>

function FromATerminal({ cloud }: { cloud: Ready }) {
  const accounts = useAccounts(state => state.accounts)
  const nameOf = (id: string) => accounts.find(account => account.id === id)?.name ?? id
  return (
    <>
      <Section title="From a terminal">
        <p className="dim">
          These two lines make the AWS CLI and SDKs use it; the files hold a profile for each account and role.
        </p>
        <CopyLines what="the export lines" lines={exportLines(cloud)} />
      </Section>
      <Section title="Its repositories">
        <p className="dim">
          Push to a pipeline’s branch and it starts. The credentials are in the file that the line names, not in the
          line.
        </p>
        {cloud.repositories.length === 0 ? (
          <p>No repository yet.</p>
        ) : (
          <ul className={css.repositories}>
            {cloud.repositories.map(repository => (
              <li key={`${repository.account}/${repository.region}/${repository.name}`}>
                <h3>
                  {repository.name}{' '}
                  <span className="dim">
                    {nameOf(repository.account)}, {repository.region}
                  </span>
                </h3>
                <CopyLines
                  what={`the clone line of ${repository.name}`}
                  lines={[cloneLine(cloud.gitCredentialsFile, repository.cloneUrl)]}
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}
