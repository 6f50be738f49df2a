/** The body of an answer that has to be a good one. @throws with the problem */
export function must<T>(answer: { readonly status: number; readonly body: T }): T {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
