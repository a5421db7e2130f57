import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and a certificate that vouches for itself, for 127.0.0.1 and localhost. */
export type Certificate = {
  readonly key: string;
  readonly cert: string;
  /** Where the certificate lies, for clients that take a path to the authority they trust. */
  readonly file: string;
  remove(): void;
};

const DAY_MS = 86_400_000;

/** Makes a certificate that is valid for a month around now. */
export function createCertificate(): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    NAME,
    sequence(time(Date.now() - DAY_MS), time(Date.now() + 30 * DAY_MS)),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(MAY_SIGN, ADDRESSES)),
  );
  const signature = sign('sha256', content, privateKey);
  const cert = pem('CERTIFICATE', sequence(content, ECDSA_WITH_SHA256, bits(signature)));
  const directory = mkdtempSync(join(tmpdir(), 'cairn-certificate-'));
  const file = join(directory, 'ca.crt');
  writeFileSync(file, cert);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    file,
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** DER: a tag, a length and the content. */
function tagged(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function sequence(...content: Buffer[]): Buffer {
  return tagged(0x30, ...content);
}

function integer(value: Buffer): Buffer {
  return tagged(0x02, value);
}

function bits(value: Buffer): Buffer {
  return tagged(0x03, Buffer.from([0]), value);
}

function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function identifier(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function extension(oid: string, critical: boolean, value: Buffer): Buffer {
  const flag = critical ? [tagged(0x01, Buffer.from([0xff]))] : [];
  return sequence(identifier(oid), ...flag, tagged(0x04, value));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(identifier('2a8648ce3d040302'));
/** CN (2.5.4.3) */
const NAME = sequence(tagged(0x31, sequence(identifier('550403'), tagged(0x0c, Buffer.from('Cairn test server')))));
/** basicConstraints (2.5.29.19): an authority. */
const MAY_SIGN = extension('551d13', true, sequence(tagged(0x01, Buffer.from([0xff]))));
/** subjectAltName (2.5.29.17) */
const ADDRESSES = extension(
  '551d11',
  false,
  sequence(tagged(0x82, Buffer.from('localhost')), tagged(0x87, Buffer.from([127, 0, 0, 1]))),
);
