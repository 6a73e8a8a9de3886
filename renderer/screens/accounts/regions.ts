/** As the contract has it. */
const regionName = /^[a-z]{2}(-[a-z]+)+-\d$/

/** Reads what was typed into the regions that it names, each once, and what is none. */
export function regionsOf(text: string): { regions: string[]; strange: string[] } {
  const words = [
    ...new Set(
      text
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ]
  return {
    regions: words.filter(word => regionName.test(word)),
    strange: words.filter(word => !regionName.test(word)),
  }
}
