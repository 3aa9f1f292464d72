const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** Whether what was typed is in a name, however both are spelled: "ozt" finds "Öztürk", and nothing typed finds everybody. */
export const isCalled = (name: string, typed: string): boolean => plain(name).includes(plain(typed.trim()))
