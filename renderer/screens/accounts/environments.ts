import type { Environment } from '../../../preload/contract/accounts.ts'
import type { Option } from '../../components/Select.tsx'

/** What an account can be for. */
export const environmentOptions: readonly Option<Environment>[] = [
  { value: 'development', label: 'Development' },
  { value: 'staging', label: 'Staging' },
  { value: 'production', label: 'Production' },
  { value: 'unknown', label: 'Unknown' },
]
