/** Captures an order's payment once, however often it is asked: a repeat (409) is the first capture again. */
export async function capture(gateway, order) {
  const answer = await gateway.post({ key: order.id, cents: order.cents })
  if (answer.status === 200 || answer.status === 409) return { status: 'captured', id: answer.capture.id, cents: answer.capture.cents }
  return { status: 'failed', reason: `gateway answered ${answer.status}` }
}
