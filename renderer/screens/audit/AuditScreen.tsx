import type { PipelineKey } from '../../../preload/contract/pipelines.ts'
import { Page } from '../../components/Page.tsx'
import type { AuditPage } from '../../stores/routeHash.ts'

export interface AuditScreenProps {
  page: AuditPage
  of: PipelineKey | undefined
  query: string
}

/** Who changed what, with its evidence. */
export function AuditScreen({ page }: AuditScreenProps) {
  return <Page title="Audit">{page}</Page>
}
