/**
 * The largest frame that the renderer may send, in bytes, over either carrier. Requests are small but for one: a file of
 * CloudTrail's, zipped, as base64 (`audit.importFile`: 11 MB at most).
 */
export const maxFrame = 16 * 2 ** 20
