import { Refusal } from '#shared/refusals.ts'

/** What went wrong at a provider, as a sentence that says what to do. Nothing was changed by then. */
export function providerProblem(problem: unknown, issuer: string, wait: number): Refusal {
  if (problem instanceof Refusal) return problem
  const chain = causesOf(problem)
  const refused = chain.find((one) => one instanceof Refusal)
  if (refused instanceof Refusal) return refused
  return new Refusal('invalid', sentenceFor(chain, issuer, wait), 'issuer')
}

type Trouble = {
  name?: string
  code?: string
  error?: string
  error_description?: string
  status?: number
  claim?: string
  attribute?: string
  expected?: unknown
  body?: { issuer?: unknown }
  parameters?: unknown
  message?: string
}

function sentenceFor(chain: Trouble[], issuer: string, wait: number): string {
  const host = new URL(issuer).host
  const find = (test: (one: Trouble) => boolean) => chain.find(test)
  const code = (name: string) => find((one) => one.code === `OAUTH_${name}`) !== undefined

  if (find(({ name, code: known }) => /Timeout/u.test(`${name ?? ''}${known ?? ''}`)))
    return `${host} took longer than ${wait / 1000} seconds. Try again in a moment.`
  const claim = find((one) => one.claim !== undefined)?.claim
  if (code('JSON_ATTRIBUTE_COMPARISON_FAILED')) {
    const said = find((one) => one.attribute === 'issuer')?.body?.issuer
    return `This address says that it belongs to the issuer “${typeof said === 'string' ? said.slice(0, 200) : 'nobody'}”, not to “${issuer}”. Enter the issuer exactly as the provider names it.`
  }
  if (code('JWT_TIMESTAMP_CHECK_FAILED'))
    return `What ${host} vouched for has expired, or is not valid yet. Compare the clocks of both sides, then begin again.`
  if (code('JWT_CLAIM_COMPARISON_FAILED') || claim) return claimSentence(claim, host)
  if (code('AUTHORIZATION_RESPONSE_ERROR')) {
    const error = find((one) => one.error !== undefined)?.error
    return error === 'access_denied'
      ? `You did not go on at ${host}, or may not use Shortside there. Begin again, or ask whoever runs your company's sign-in.`
      : `${host} did not let you in (“${(error ?? 'unknown').slice(0, 80)}”). Begin again; if it stays, tell whoever runs your company's sign-in.`
  }
  if (code('RESPONSE_BODY_ERROR') || code('WWW_AUTHENTICATE_CHALLENGE')) {
    const error = find((one) => one.error !== undefined)?.error
    if (error === 'invalid_grant')
      return `${host} did not take the code any more: it was used before, or is too old. Begin again.`
    return error === 'invalid_client' || error === 'unauthorized_client' || !error
      ? `${host} does not know this client, or its secret is wrong. An admin of the organization can enter it anew.`
      : `${host} refused to say who you are (“${error.slice(0, 80)}”). Begin again; if it stays, tell an admin of the organization.`
  }
  if (code('RESPONSE_IS_NOT_CONFORM')) {
    const status = find((one) => one.status !== undefined)?.status
    return `${host} did not answer as an OpenID Connect provider does${status ? ` (it answered ${status})` : ''}. Check the issuer's address.`
  }
  if (code('RESPONSE_IS_NOT_JSON') || code('PARSE_ERROR'))
    return `What ${host} sends is not what an OpenID Connect provider says. Check the issuer's address.`
  if (code('MISSING_SERVER_METADATA') || code('INVALID_SERVER_METADATA'))
    return `${host} does not say all that is needed to sign in through it. Check the issuer's address.`
  if (code('INVALID_RESPONSE') && find(({ message }) => /\biss\b/u.test(message ?? '')))
    return `The answer did not come from ${host}, where this sign-in was begun. Nobody was signed in; begin again.`
  if (chain.some(({ code: known }) => known?.startsWith('OAUTH_')))
    return `The answer of ${host} does not prove who you are, so nobody was signed in. Begin again; if it stays, tell whoever runs your company's sign-in.`
  return `We could not reach ${host}. Check the address, or try again in a moment.`
}

function claimSentence(claim: string | undefined, host: string): string {
  switch (claim) {
    case 'iss':
      return `What came from ${host} was issued by somebody else, so nobody was signed in. Tell whoever runs your company's sign-in.`
    case 'aud':
    case 'azp':
      return `What ${host} vouched for is meant for another application, so nobody was signed in. Check the client id.`
    case 'nonce':
      return `What ${host} vouched for belongs to another sign-in, so nobody was signed in. Begin again.`
    case 'exp':
    case 'iat':
    case 'nbf':
      return `What ${host} vouched for has expired, or is not valid yet. Compare the clocks of both sides, then begin again.`
    default:
      return `The answer of ${host} does not prove who you are, so nobody was signed in. Begin again.`
  }
}

/** A problem, what caused it, and what caused that; also the plain values that the library leaves there. */
function causesOf(problem: unknown): Trouble[] {
  const chain: Trouble[] = []
  const look = (one: unknown) => {
    if (typeof one !== 'object' || one === null || chain.includes(one) || chain.length > 20) return
    chain.push(one)
    look((one as { cause?: unknown }).cause)
    for (const error of (one as { errors?: unknown[] }).errors ?? []) look(error)
  }
  look(problem)
  return chain
}
