/** Sends a creating call; that it exists already is as good, since loading may begin again after an interruption. */
export async function ensure(create: Promise<unknown>): Promise<void> {
  try {
    await create
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (!/AlreadyExists|AlreadyOwnedByYou|NameInUse|NameExists/.test(name)) throw error
  }
}
