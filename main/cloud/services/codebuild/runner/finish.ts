import type { Caller } from '../../../server/operation.ts'
import type { Buildspec } from '../buildspec/model.ts'
import type { Progress } from '../progress.ts'
import type { BuildLog } from './buildLog.ts'
import { collectReports } from './collectReports.ts'
import type { RunContext } from './context.ts'
import { PhaseFailure } from './phaseFailure.ts'
import { phase } from './phases.ts'
import { expandSelection, type ShellValues } from './shellValues.ts'
import { uploadArtifacts } from './uploadArtifacts.ts'
import type { Workspace } from './workspace.ts'

/** Keeps reports and puts artifacts; tried whatever happened before. False where it failed. */
export async function finish(
  progress: Progress,
  { reports, objects, clock }: RunContext,
  made: { workspace: Workspace; role: Caller; log: BuildLog; buildspec: Buildspec; values: ShellValues },
): Promise<boolean> {
  const { workspace, log, values } = made
  const say = (text: string) => log.say(text)
  const buildspec: Buildspec = {
    ...made.buildspec,
    ...(made.buildspec.artifacts ? { artifacts: expandSelection(made.buildspec.artifacts, values) } : {}),
    secondaryArtifacts: Object.fromEntries(
      Object.entries(made.buildspec.secondaryArtifacts).map(([id, spec]) => [id, expandSelection(spec, values)]),
    ),
  }
  try {
    await phase('UPLOAD_ARTIFACTS', progress, log, async () => {
      const { record } = progress
      const specs = buildspec.reports.map(spec => expandSelection(spec, values))
      const arns = collectReports({ record, reports, specs, workspace, now: clock.now(), say })
      if (arns.length > 0) progress.change({ reportArns: arns })
      const nameOf = ({ name }: { name?: string }) =>
        name === undefined ? undefined : (values.names.get(name) ?? name)
      const outputs = await uploadArtifacts({ record, buildspec, workspace, role: made.role, objects, nameOf, say })
      if (outputs.length > 0) progress.change({ outputs })
    })
    return true
  } catch (error) {
    if (error instanceof PhaseFailure) return false
    throw error
  }
}
