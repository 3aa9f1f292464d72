import { Refusal } from './refusals.ts'

/** Languages that can be chosen, as ISO 639-1 names them. */
const CODES =
  'af sq am ar hy as az bn eu be bs bg my ca zh hr cs da nl en et fo fi fr gl ka de el gu ha he hi hu is ig id ga it ja kn kk km rw ko ku ky lo lv lt lb mk mg ms ml mt mi mr mn ne no or ps fa pl pt pa ro rm ru sm sr si sk sl so es sw sv tl tg ta te th ti tr tk uk ur uz vi cy xh yi yo zu'

const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** "German", "Brazilian Portuguese"; the tag itself when it has no name. */
export const languageInWords = (tag: string): string => nameOf(tag) ?? tag

/** To choose from: in English, and as it calls itself, in the order of the alphabet. */
export const languageChoices = (chosen = ''): { value: string; label: string }[] =>
  [...new Set([...CODES.split(' '), ...(chosen ? [chosen] : [])])]
    .map((value) => ({ value, label: bothNames(value) }))
    .sort((one, other) => one.label.localeCompare(other.label, 'en'))

function bothNames(tag: string): string {
  const name = languageInWords(tag)
  const own = new Intl.DisplayNames(tag, { type: 'language', fallback: 'none' }).of(tag)
  return own && own.toLowerCase() !== name.toLowerCase() ? `${name} (${own})` : name
}

/**
 * The tag as BCP 47 writes it.
 * @throws Refusal when there is no such language.
 */
export function languageOf(text: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(text.trim())
    if (tag && nameOf(tag)) return tag
  } catch {
    // No tag at all.
  }
  throw new Refusal(
    'invalid',
    `“${text}” is no language that we know. Choose one of the list, such as English, or write its tag, such as pt-BR.`,
    'language',
  )
}

function nameOf(tag: string): string | undefined {
  try {
    return english.of(tag)
  } catch {
    return undefined
  }
}
