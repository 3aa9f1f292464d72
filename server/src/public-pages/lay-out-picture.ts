import { PICTURE_HEIGHT, PICTURE_WIDTH } from '#shared/public-pages.ts'
import type { Picture } from './draw-picture.ts'
import { PARTS } from './legible.ts'

/** An element as satori takes it. */
export type Drawing = { type: string; props: { style: object; children?: Drawing[] | string } }

const box = (style: object, ...children: Drawing[]): Drawing => ({
  type: 'div',
  props: { style: { display: 'flex', ...style }, children },
})
const text = (style: object, words: string): Drawing => ({
  type: 'div',
  props: { style: { display: 'block', ...style }, children: words },
})

const families = (...names: (keyof typeof PARTS)[]) =>
  names.flatMap((name) => PARTS[name].map((part) => `${name} ${part}`)).join(', ')
/** A letter that the first does not have is taken from the second. */
const SERIF = { fontFamily: families('fraunces', 'inter'), fontWeight: 600 }
const SANS = { fontFamily: families('inter'), fontWeight: 400 }
const BOLD = { ...SANS, fontWeight: 600 }

// The light colours of web/src/app.css.
const [PAPER, CARD, INK, SOFT, SHORT] = ['#faf7f1', '#fffdf9', '#1d2522', '#57615c', '#d4532a']

/** The rectangle whose short side is drawn thick, with the words in it. */
export function layOut({ over, title, next, where, host }: Picture): Drawing {
  return box(
    { width: PICTURE_WIDTH, height: PICTURE_HEIGHT, background: PAPER, color: INK, position: 'relative' },
    box(
      {
        position: 'absolute',
        left: 76,
        top: 64,
        width: 1060,
        height: 502,
        boxSizing: 'border-box',
        border: `5px solid ${INK}`,
        borderRadius: 30,
        background: CARD,
        padding: '50px 64px 44px 76px',
        flexDirection: 'column',
        justifyContent: 'space-between',
      },
      box(
        { flexDirection: 'column' },
        text({ ...BOLD, fontSize: 28, color: SOFT, lineClamp: 1 }, over),
        text(
          {
            ...SERIF,
            fontSize: sizeOf(title),
            lineHeight: 1.12,
            marginTop: 18,
            lineClamp: title.length > LONG ? 4 : 3,
            wordBreak: 'break-word',
            textWrap: 'balance',
          },
          title,
        ),
      ),
      box(
        { justifyContent: 'space-between', alignItems: 'flex-end' },
        box(
          { flexDirection: 'column', width: 660 },
          ...(next ? [text({ ...BOLD, fontSize: 31, lineHeight: 1.3, lineClamp: 2 }, next)] : []),
          ...(where
            ? [text({ ...SANS, fontSize: 28, lineHeight: 1.35, color: SOFT, lineClamp: next ? 1 : 3 }, where)]
            : []),
        ),
        brand(host),
      ),
    ),
    box({
      position: 'absolute',
      left: 60,
      top: 46,
      width: 34,
      height: 538,
      borderRadius: 17,
      background: SHORT,
    }),
  )
}

const LONG = 56

function sizeOf(title: string): number {
  if (title.length <= 22) return 88
  if (title.length <= 40) return 74
  return title.length <= LONG ? 64 : 54
}

function brand(host: string): Drawing {
  return box(
    { flexDirection: 'column', alignItems: 'flex-end' },
    text({ ...SERIF, fontSize: 34 }, 'Shortside'),
    text({ ...SANS, fontSize: 22, color: SOFT, lineClamp: 1 }, host),
  )
}
