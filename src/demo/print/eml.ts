/** What a mail program shows of a letter of ours. */
export type Eml = { readonly to: string; readonly subject: string; readonly text: string };

/** Reads a letter as the outbox has it: headers, and the first part that is plain text. */
export function readEml(content: string): Eml {
  const headers = headersOf(content);
  const boundary = /boundary="?([^";\r\n]+)/.exec(headers)?.[1];
  const parts = boundary === undefined ? [content] : content.split(`--${boundary}`);
  const plain = parts.find((part) => /^content-type: text\/plain/im.test(headersOf(part.trimStart()))) ?? '';
  const encoding = /^content-transfer-encoding: (\S+)/im.exec(headersOf(plain.trimStart()))?.[1];
  const body = plain.trimStart().slice(headersOf(plain.trimStart()).length).trim().replaceAll('\r\n', '\n');
  return {
    to: headerIn(headers, 'To'),
    subject: headerIn(headers, 'Subject'),
    text: decoded(body, encoding?.toLowerCase()),
  };
}

function headersOf(part: string): string {
  const end = part.search(/\r?\n\r?\n/);
  return end < 0 ? part : part.slice(0, end);
}

/** A header may go on in lines that begin with a space. */
function headerIn(headers: string, name: string): string {
  const unfolded = headers.replaceAll(/\r?\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
}

function decoded(body: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return body;
  const joined = body.replaceAll(/=\n/g, '');
  const bytes = joined.replaceAll(/=([\dA-F]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
