/** The list of common and breached passwords; some 49,000 words, read when the first password is set. */
let list: Promise<ReadonlySet<string>> | undefined;

/** Whether a word (lower case) is on the list. */
export async function commonPasswords(): Promise<(word: string) => boolean> {
  list ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  );
  const words = await list;
  return (word) => words.has(word);
}
