/** Splits a text into what is a web address and what is not, in order. */
export function withLinks(text: string): { text: string; link: boolean }[] {
  return text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/)
    .map((part, index) => ({ text: part, link: index % 2 === 1 }))
    .filter(({ text: part }) => part !== '')
}
