/** Redeems a launch address as a browser would, for the session's cookie. */
export async function cookieOf(launchUrl: string) {
  const answer = await fetch(launchUrl, { redirect: 'manual' })
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}
