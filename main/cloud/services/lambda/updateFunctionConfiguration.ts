import type { FunctionConfiguration, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import type { Operation } from '../../server/operation.ts'
import { checkSettings } from './checkSettings.ts'
import { configurationOf } from './configuration.ts'
import { checkRevision, functionOf, type Lambda } from './lends.ts'
import { checkRole } from './role.ts'

export const updateFunctionConfiguration: Operation<Lambda, UpdateFunctionConfigurationRequest, FunctionConfiguration> =
  {
    authorized: false,
    run(lends, input, call) {
      const before = functionOf(lends, call, input, 'UpdateFunctionConfiguration')
      checkRevision(input.RevisionId, before.revision)
      const settings = checkSettings(input, before.settings)
      if (settings.Role !== before.settings.Role) checkRole(lends, call, settings.Role)
      lends.functions.setSettings(before, settings, call.at)
      return configurationOf(lends.functions.find(before) ?? before)
    },
  }
