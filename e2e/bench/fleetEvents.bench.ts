import { measureDetection } from './fleetDetection.ts'

await measureDetection('events')
process.exit(0)
