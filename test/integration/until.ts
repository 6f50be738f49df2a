/** Waits until something holds that the server does by itself; gives up after twenty seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 20_000; !(await holds());) {
    if (performance.now() > end) throw new Error('it did not come true in 20 s');
    await new Promise((done) => setTimeout(done, 25));
  }
}
