/** One thing that a letter tells of. */
export type PartItem = {
  /** What it is about. */
  about: string
  text: string
  /** What else there is. */
  more: string
  url: string
}

/** A part of a letter, with a heading. */
export type Part = { title: string; items: PartItem[] }

export const partsAsText = (parts: readonly Part[]): string[] =>
  parts.flatMap(({ title, items }) => [
    `${title}\n${'-'.repeat(Math.min(title.length, 60))}`,
    ...items.map(({ about, text, more, url }) => [about, text, more, url].filter(Boolean).join('\n')),
  ])

/** @param escape makes text safe to stand in HTML */
export const partsAsHtml = (parts: readonly Part[], escape: (text: string) => string): string =>
  parts
    .map(
      ({ title, items }) =>
        `<h2 style="margin:28px 0 12px;font:600 18px Georgia,serif">${escape(title)}</h2>${items
          .map(
            ({ about, text, more, url }) =>
              `<div style="margin:0 0 20px">${
                about
                  ? `<p style="margin:0 0 6px;border-left:3px solid #d4532a;padding-left:10px;color:#57615c;font-style:italic">${escape(about)}</p>`
                  : ''
              }<p style="margin:0">${escape(text)}</p>${
                more ? `<p style="margin:2px 0 0;color:#57615c;font-size:14px">${escape(more)}</p>` : ''
              }<p style="margin:4px 0 0"><a href="${escape(url)}" style="color:#1c5a4c;font-weight:600">Read and answer</a></p></div>`,
          )
          .join('')}`,
    )
    .join('')
