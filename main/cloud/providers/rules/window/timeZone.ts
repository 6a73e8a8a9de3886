/**
 * Codes of three to five letters. UNCONFIRMED which ones AWS takes: these are the short ones of Java, which the rule's
 * regular expressions and cron dialect are of; others that the time zone database itself has (CET, GMT) come after.
 */
const codes: Readonly<Record<string, string | number>> = {
  ACT: 'Australia/Darwin',
  AET: 'Australia/Sydney',
  AST: 'America/Anchorage',
  BST: 'Asia/Dhaka',
  CAT: 'Africa/Harare',
  CST: 'America/Chicago',
  CTT: 'Asia/Shanghai',
  EAT: 'Africa/Addis_Ababa',
  ECT: 'Europe/Paris',
  EST: -300,
  HST: -600,
  IST: 'Asia/Kolkata',
  JST: 'Asia/Tokyo',
  MST: -420,
  NST: 'Pacific/Auckland',
  PST: 'America/Los_Angeles',
  SST: 'Pacific/Guadalcanal',
  VST: 'Asia/Ho_Chi_Minh',
}

type Zone = { timezone: string } | { utcOffset: number }

/** `Region/City`, `UTC±HH:MM` or a code of letters; UTC where none is given. Throws where there is no such zone. Pure. */
export function zoneOf(zone = 'UTC'): Zone {
  const offset = /^UTC([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone)
  if (offset) {
    const [, sign, hours, minutes = '0'] = offset
    const away = Number(hours) * 60 + Number(minutes)
    if (away > 18 * 60 || Number(minutes) > 59) throw new Error(`${zone} is no time zone`)
    return { utcOffset: sign === '-' ? -away : away }
  }
  const code = Object.hasOwn(codes, zone) ? codes[zone] : undefined
  if (typeof code === 'number') return { utcOffset: code }
  const timezone = code ?? zone
  try {
    Intl.DateTimeFormat('en', { timeZone: timezone })
  } catch {
    throw new Error(`${zone} is no time zone`)
  }
  return { timezone }
}
