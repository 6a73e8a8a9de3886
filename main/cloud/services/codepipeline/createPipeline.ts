import type { CreatePipelineInput, CreatePipelineOutput } from '@aws-sdk/client-codepipeline'
import { checkDeclaration } from '../../execution/declaration.ts'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checkConnections } from './connectionPassing.ts'
import { checked, structure } from './constraints.ts'
import { customRules } from './customTypes.ts'
import { declaration, tags as tagList } from './declarationConstraints.ts'
import { type CodePipeline, resource } from './lends.ts'
import { checkPolling } from './pollingLimit.ts'
import { checkRole } from './roles.ts'
import { secretKeysIn, withoutSecrets } from './secrets.ts'
import { checkTags } from './tags.ts'

const Input = structure({ pipeline: declaration, tags: tagList() })
/** Per account and region (fact sheet, section 11.1). */
const mostPipelines = 1_000

/** Keeps version 1 of a definition and starts its first execution. */
export const createPipeline: Operation<CodePipeline, CreatePipelineInput, CreatePipelineOutput> = {
  resources: ({ pipeline }, call) => resource(call, pipeline?.name),
  run(service, input, call) {
    const { pipeline: asked, tags } = checked(Input, input)
    const wanted = checkTags(new Map(), tags ?? [])
    const { customTypes, definitions, engine } = service
    checkDeclaration(asked, { region: call.region, customTypes: customRules(customTypes, call.account, call.region) })
    if (definitions.find(call.account, call.region, asked.name)) {
      // UNCONFIRMED wording.
      throw new AwsError('PipelineNameInUseException', `A pipeline with the name '${asked.name}' already exists`)
    }
    if (definitions.count(call.account, call.region) >= mostPipelines) {
      throw new AwsError('LimitExceededException', `The account has reached the limit of ${mostPipelines} pipelines`)
    }
    checkRole(service, call, asked.roleArn)
    checkConnections(service, call, asked)
    checkPolling(service, call, asked)
    const made = engine.create(call.account, call.region, asked, wanted, call.caller.arn)
    return {
      pipeline: withoutSecrets(definitions.current(made).declaration, secretKeysIn(customTypes, call)),
      ...(tags && { tags: [...wanted].map(([key, value]) => ({ key, value })) }),
    }
  },
}
