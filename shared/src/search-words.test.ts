import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  asWebsearch,
  configurationOf,
  excerptOf,
  foldWords,
  LONGEST_EXCERPT,
  markWords,
  saysEnough,
  understand,
  unfinishedWord,
  wordsOf,
} from './search-words.ts'

const shown = (parts: { text: string; marked: boolean }[]) =>
  parts.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('')
const plain = (word: string): string | undefined => (word === 'the' ? undefined : word)

describe('words', () => {
  it('are found without case and accents, and with the letters that others write', () => {
    expect(foldWords('Café, ÜBER-Straße: Łódź & smørrebrød!')).toBe('cafe uber strasse lodz smorrebrod')
    expect(foldWords('ﬁnal ½ co\u00ADoperate')).toBe('final 12 cooperate')
  })

  it('keep the marks of scripts in which they are letters', () => {
    expect(foldWords('йод हिन्दी')).toBe('йод हिन्दी')
  })

  it('are single signs where nobody writes spaces', () => {
    expect(foldWords('東京タワーに行く tomorrow')).toBe('東 京 タ ワ ー に 行 く tomorrow')
  })

  it('have nothing in them that is an operator', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(foldWords(text)).toMatch(/^[\p{L}\p{N}\p{M} ]*$/u)
      }),
    )
  })
})

describe('what somebody typed', () => {
  const websearch = (typed: string) => asWebsearch(understand(typed))

  it('is words, phrases, what must not be there, and alternatives', () => {
    expect(websearch('feedback "hard talk" -boss or Chef')).toBe('"feedback" "hard talk" -"boss" or "chef"')
    expect(websearch('e-mail don’t')).toBe('"e mail" "don t"')
    expect(websearch('„harte Worte“ -"no way" «très bien»')).toBe('"harte worte" -"no way" "tres bien"')
    expect(websearch('"never closed')).toBe('"never closed"')
  })

  it('has no alternative that only says what must not be there', () => {
    expect(websearch('-boss')).toBe('')
    expect(websearch('or or boss or -chef or')).toBe('"boss"')
  })

  it('says enough, or does not', () => {
    for (const typed of ['', ' ', '"', '-', '- or "" !?', 'a', '-boss', '\u0000', '😀'])
      expect([typed, saysEnough(understand(typed))]).toEqual([typed, false])
    for (const typed of ['ab', '京', '"a b"', 'x boss'])
      expect([typed, saysEnough(understand(typed))]).toEqual([typed, true])
  })

  it('is understood whatever it is, and not for ever', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const words = asWebsearch(understand(typed))
        expect(words).toMatch(/^(?:-?"[\p{L}\p{N}\p{M} ]+"| or | )*$/u)
      }),
    )
    expect(understand('word '.repeat(5_000)).alternatives[0]).toHaveLength(20)
  })

  it('has a last word that may go on, unless it is finished', () => {
    const last = (typed: string) => unfinishedWord(typed, understand(typed))
    expect(last('give feedb')).toBe('feedb')
    expect(last('give feedback ')).toBeUndefined()
    expect(last('give -feedb')).toBeUndefined()
    expect(last('"give feedb')).toBeUndefined()
    expect(last('ab')).toBeUndefined()
  })
})

describe('marks', () => {
  it('stand on words, and on phrases only where the words follow each other', () => {
    expect(shown(markWords('A hard talk. Talk is hard.', [['hard', 'talk']], plain))).toBe(
      'A [hard talk]. Talk is hard.',
    )
    expect(shown(markWords('Lead, the leader: lead!', [['lead']], plain))).toBe('[Lead], the leader: [lead]!')
    expect(shown(markWords('End of the line', [['of', 'line']], plain))).toBe('End [of the line]')
  })

  it('run together where nobody writes spaces', () => {
    expect(shown(markWords('私は東京タワーに行く、京都', [['東', '京']], plain))).toBe(
      '私は[東京]タワーに行く、京都',
    )
  })

  it('lose nothing of the text, and add nothing', () => {
    const word = fc.constantFrom('hard', 'talk', 'the', 'Ärger', '<mark>', '&amp;', '東', '😀', '\n')
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (words) => {
        const text = words.join(' ')
        const parts = markWords(text, [['hard', 'talk'], ['arger']], plain)
        expect(parts.map((part) => part.text).join('')).toBe(text)
        const cut = excerptOf(parts)
        const short = cut.map((part) => part.text).join('')
        expect(short.length).toBeLessThanOrEqual(LONGEST_EXCERPT)
        expect(short.isWellFormed()).toBe(true)
        if (parts.some(({ marked }) => marked)) expect(cut.some(({ marked }) => marked)).toBe(true)
      }),
    )
  })

  it('are in the piece that is shown of a long text', () => {
    const long = `${'before '.repeat(200)}needle ${'after '.repeat(200)}`
    const cut = shown(excerptOf(markWords(long, [['needle']], plain)))
    expect(cut).toMatch(/^… (before )+\[needle\]( after)+ …$/)
  })
})

it('each language has its configuration, and the others the simple one', () => {
  expect(['en', 'pt-BR', 'DE', 'nb_NO', 'ja', '', null].map(configurationOf)).toEqual([
    'english',
    'portuguese',
    'german',
    'norwegian',
    'simple',
    'simple',
    'simple',
  ])
  expect(wordsOf('')).toEqual([])
})
