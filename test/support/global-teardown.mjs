/** Stops the server that the global setup started, if it did. */
export default async function globalTeardown() {
  await globalThis.cairnTestServer?.stop();
}
