import { AwsError } from '../../server/awsError.ts'
import { text } from './constraints.ts'

/** Jobs of partners' actions. No partner's worker knows this cloud, so that there never is one. */

export const thirdPartyJobId = () => text(1, 512)
export const clientToken = () => text(1, 256)

/** UNCONFIRMED wording. */
export const noThirdPartyJob = (id: string) => new AwsError('JobNotFoundException', `The job ${id} cannot be found`)
