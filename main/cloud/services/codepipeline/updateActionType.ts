import type { UpdateActionTypeInput } from '@aws-sdk/client-codepipeline'
import type { Operation } from '../../server/operation.ts'
import { checked, list, oneOf, structure, text, truth, whole } from './constraints.ts'
import { actionTypeNotFound } from './getActionType.ts'
import type { CodePipeline } from './lends.ts'
import {
  actionTypeArn,
  artifactCounts,
  category,
  integrationOwner,
  providerName,
  typeVersion,
} from './typeConstraints.ts'

const url = () => text(1, 2048).optional()
const Input = structure({
  actionType: structure({
    description: text(1, 1024).optional(),
    executor: structure({
      configuration: structure({
        lambdaExecutorConfiguration: structure({
          lambdaFunctionArn: text(1, 140, 'arn:aws(-[\\w]+)*:lambda:.+:[0-9]{12}:function:.+'),
        }).optional(),
        jobWorkerExecutorConfiguration: structure({
          pollingAccounts: list(text(0, 12, '[0-9]{12}'), 1, 1000).optional(),
          pollingServicePrincipals: list(text(1, 128), 1, 10).optional(),
        }).optional(),
      }),
      type: oneOf('JobWorker', 'Lambda'),
      policyStatementsTemplate: text(1, 2048).optional(),
      jobTimeout: whole(60, 43_200).optional(),
    }),
    id: structure({
      category: category(),
      owner: integrationOwner(),
      provider: providerName(),
      version: typeVersion(),
    }),
    inputArtifactDetails: artifactCounts(10),
    outputArtifactDetails: artifactCounts(10),
    permissions: structure({ allowedAccounts: list(text(0, 12, '[0-9]{12}|\\*'), 1, 1000) }).optional(),
    properties: list(
      structure({
        name: text(1, 50),
        optional: truth(),
        key: truth(),
        noEcho: truth(),
        queryable: truth().optional(),
        description: text(1, 250).optional(),
      }),
      0,
      10,
    ).optional(),
    urls: structure({
      configurationUrl: url(),
      entityUrlTemplate: url(),
      executionUrlTemplate: url(),
      revisionUrlTemplate: url(),
    }).optional(),
  }),
})

/** Changes the integration model of a partner's action type: no partner has one here. */
export const updateActionType: Operation<CodePipeline, UpdateActionTypeInput, object> = {
  resources: ({ actionType }, call) => [actionTypeArn(call, actionType?.id ?? {})],
  run(_service, input) {
    throw actionTypeNotFound(checked(Input, input).actionType.id)
  },
}
