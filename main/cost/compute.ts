import { ComputeType } from '../../preload/contract/cost.ts'

/** Virtual cores of each compute type (CodeBuild's documentation; UNCONFIRMED for the larger ones). */
export const cores: Record<ComputeType, number> = {
  'linux.small': 2,
  'linux.medium': 4,
  'linux.large': 8,
  'linux.xlarge': 36,
  'linux.2xlarge': 72,
  'arm.small': 2,
  'arm.large': 8,
  'windows.medium': 4,
  'windows.large': 8,
  'gpu.large': 32,
}

export const priceIdOf = (compute: ComputeType): string => `codebuild.${compute}`

const families: Record<string, string> = {
  LINUX_CONTAINER: 'linux',
  ARM_CONTAINER: 'arm',
  WINDOWS_CONTAINER: 'windows',
  WINDOWS_SERVER_2019_CONTAINER: 'windows',
  WINDOWS_SERVER_2022_CONTAINER: 'windows',
  LINUX_GPU_CONTAINER: 'gpu',
}

/** CodeBuild's two words as one type; undefined for those without a price here (Lambda, fleets). */
export function computeOf(
  environmentType: string | undefined,
  computeType: string | undefined,
): ComputeType | undefined {
  const family = families[environmentType ?? '']
  const size = /^BUILD_GENERAL1_(\w+)$/.exec(computeType ?? '')?.[1]?.toLowerCase()
  return ComputeType.safeParse(`${family}.${size}`).data
}

/** Of a Commands action: CodePipeline's own words, Linux and small where it says nothing (fact sheet, 4). */
export function commandsCompute(configuration: Readonly<Record<string, string>>): ComputeType | undefined {
  const { EnvironmentType = 'LINUX_CONTAINER', ComputeType: size = 'BUILD_GENERAL1_SMALL' } = configuration
  const full = size.startsWith('BUILD_') ? size : `BUILD_GENERAL1_${size.toUpperCase()}`
  return computeOf(EnvironmentType, full)
}
