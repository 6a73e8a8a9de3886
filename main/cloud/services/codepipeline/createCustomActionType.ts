import { isDeepStrictEqual } from 'node:util'
import type { CreateCustomActionTypeInput, CreateCustomActionTypeOutput } from '@aws-sdk/client-codepipeline'
import { AwsError } from '../../server/awsError.ts'
import type { Operation } from '../../server/operation.ts'
import { checked, list, oneOf, structure, text, truth } from './constraints.ts'
import type { CustomType } from './customTypes.ts'
import { tags as tagList } from './declarationConstraints.ts'
import type { CodePipeline } from './lends.ts'
import { configKeysOf } from './links.ts'
import { checkTags, tagList as tagsOf } from './tags.ts'
import { actionTypeArn, artifactCounts, category, providerName, typeVersion } from './typeConstraints.ts'

const url = () => text(1, 2048).optional()
const property = structure({
  name: text(1, 50),
  required: truth(),
  key: truth(),
  secret: truth(),
  queryable: truth().optional(),
  description: text(1, 160).optional(),
  type: oneOf('String', 'Number', 'Boolean').optional(),
})

const Input = structure({
  category: category(),
  provider: providerName(),
  version: typeVersion(),
  settings: structure({
    thirdPartyConfigurationUrl: url(),
    entityUrlTemplate: url(),
    executionUrlTemplate: url(),
    revisionUrlTemplate: url(),
  }).optional(),
  configurationProperties: list(property, 0, 10).optional(),
  inputArtifactDetails: artifactCounts(5),
  outputArtifactDetails: artifactCounts(5),
  tags: tagList(),
})
type Asked = ReturnType<typeof Input.parse>

/** Custom action types of an account in a region (fact sheet, section 11.1). */
const mostTypes = 50

/** Defines an action type whose work is done by the account's own job workers. */
export const createCustomActionType: Operation<
  CodePipeline,
  CreateCustomActionTypeInput,
  CreateCustomActionTypeOutput
> = {
  resources: (input, call) => [actionTypeArn(call, { ...input, owner: 'Custom' })],
  run({ customTypes }, input, call) {
    const asked = checked(Input, input)
    const tags = checkTags(new Map(), asked.tags ?? [])
    checkDefinition(asked)
    const { account, region } = call
    const actionType = typeOf(asked)
    checkIdentity(customTypes.find(account, region, asked), actionType)
    if (customTypes.list(account, region).length >= mostTypes) {
      throw new AwsError(
        'LimitExceededException',
        `The account has reached the limit of ${mostTypes} custom action types`,
      )
    }
    customTypes.keep(account, region, { actionType, tags })
    return { actionType, ...(asked.tags && { tags: tagsOf(tags) }) }
  },
}

function typeOf(asked: Asked): CustomType['actionType'] {
  const { category: kind, provider, version, settings = {}, configurationProperties = [] } = asked
  return {
    id: { category: kind, owner: 'Custom', provider, version },
    settings,
    actionConfigurationProperties: configurationProperties,
    inputArtifactDetails: asked.inputArtifactDetails,
    outputArtifactDetails: asked.outputArtifactDetails,
  }
}

/** A version is never given twice; what was deleted can be restored as it was. UNCONFIRMED: the error's name. */
function checkIdentity(known: CustomType | undefined, asked: CustomType['actionType']): void {
  if (!known) return
  const { category: kind, provider, version } = asked.id
  const named = `The custom action type ${kind}/${provider}/${version}`
  if (!known.deleted) throw invalid(`${named} already exists`)
  const kept = JSON.parse(JSON.stringify(asked)) as object
  if (isDeepStrictEqual(known.actionType, kept)) return
  throw invalid(`${named} was deleted: use another version, or the definition that it had`)
}

/** What the members of a type must be to one another (fact sheet, section 3.8). UNCONFIRMED wording. */
function checkDefinition({ settings = {}, configurationProperties = [], ...asked }: Asked): void {
  for (const { minimumCount, maximumCount } of [asked.inputArtifactDetails, asked.outputArtifactDetails]) {
    if (minimumCount > maximumCount) throw invalid('minimumCount must not be greater than maximumCount')
  }
  const names = configurationProperties.map(({ name }) => name)
  if (new Set(names).size < names.length) throw invalid('The names of configuration properties must be unique')
  const queryable = configurationProperties.filter(property => property.queryable)
  if (queryable.length > 1) throw invalid('An action type can have no more than one queryable property')
  for (const { name, required, secret } of queryable) {
    if (!required || secret) throw invalid(`The queryable property ${name} must be required and must not be secret`)
  }
  const usable = configurationProperties.filter(({ required, secret }) => required && !secret).map(({ name }) => name)
  for (const template of [settings.entityUrlTemplate, settings.executionUrlTemplate, settings.revisionUrlTemplate]) {
    for (const key of configKeysOf(template ?? '')) {
      if (!usable.includes(key)) {
        throw invalid(`A URL template uses {Config:${key}}, which is no required property without a secret`)
      }
    }
  }
}

const invalid = (sentence: string) => new AwsError('ValidationException', sentence)
