import { measureDetection } from './fleetDetection.ts'

await measureDetection('asking')
process.exit(0)
