import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import type { Column } from '../../components/DataTable.tsx'
import { hashOf } from '../../stores/routeHash.ts'

interface OfAction {
  key: PipelineKey
  stage: string
  action: string
  /** Where it showed. */
  executionId: string
  sampleData: boolean
}

/** Which action a row is about, with the way to the execution that shows it. */
export const actionColumn: Column<OfAction> = {
  id: 'action',
  title: 'Action',
  by: ({ key, stage, action }) => `${key.name} ${stage} ${action}`,
  cell: ({ key, stage, action, executionId, sampleData }) => (
    <>
      <a href={hashOf({ screen: 'pipeline', key, of: executionId })}>
        {key.name} › {stage} › {action}
      </a>
      {sampleData && <span className="faint"> sample data</span>}
    </>
  ),
}
