// Verifies an authorization with npm's jose alone: signature, audience, expiry and type.
//
// usage: node verify_tokens.mjs JWKS_FILE TOKEN_FILE [--audience CENTRE]
//
// Prints the claims as JSON. Then tampers with the token in a dozen ways and fails if any passes.
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';

const [jwksFile, tokenFile, ...rest] = process.argv.slice(2);
const audience = rest[0] === '--audience' ? rest[1] : 'any';
const jwks = JSON.parse(readFileSync(jwksFile, 'utf8'));
const token = readFileSync(tokenFile, 'utf8').trim();
const keys = createLocalJWKSet(jwks);

async function verify(text, aud) {
  const names = Object.keys(decodeProtectedHeader(text)).sort().join();
  if (names !== 'alg,kid,typ') throw new Error('a header that is not ours');
  const { payload } = await jwtVerify(text, keys, {
    algorithms: ['EdDSA'],
    typ: 'latchkey-auth+jwt',
    audience: aud,
    clockTolerance: 120,
    requiredClaims: ['iss', 'sub', 'aud', 'op', 'dev', 'jti', 'iat', 'nbf', 'exp'],
  });
  return payload;
}

function* tampered() {
  const [header, claims, signature] = token.split('.');
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const decode = (text) => JSON.parse(Buffer.from(text, 'base64url'));
  const head = decode(header);
  const body = decode(claims);
  const withHead = (edit) => [encode({ ...head, ...edit }), claims, signature].join('.');
  const withBody = (edit) => [header, encode({ ...body, ...edit }), signature].join('.');
  const key = jwks.keys.find((k) => k.kid === head.kid);
  const other = jwks.keys.find((k) => k.kid !== head.kid);
  const hs = `${encode({ ...head, alg: 'HS256' })}.${claims}`;
  const mac = createHmac('sha256', Buffer.from(key.x, 'base64url')).update(hs).digest('base64url');
  const bits = Buffer.from(signature, 'base64url');
  bits[0] ^= 1;
  yield ['alg none', `${encode({ ...head, alg: 'none' })}.${claims}.`];
  yield ['HS256 with the public key', `${hs}.${mac}`];
  yield ['alg in lower case', withHead({ alg: 'eddsa' })];
  yield ['typ', withHead({ typ: 'JWT' })];
  yield ["another agent's kid", withHead({ kid: other.kid })];
  yield ['unknown kid', withHead({ kid: '../../etc/passwd' })];
  yield ['jwk in the header', withHead({ jwk: other })];
  yield ['jku in the header', withHead({ jku: 'https://evil.example/jwks' })];
  yield ['crit in the header', withHead({ crit: ['x'] })];
  yield ['one bit of the signature', [header, claims, bits.toString('base64url')].join('.')];
  yield ['no signature', `${header}.${claims}.`];
  yield ['four parts', `${token}.x`];
  const edits = {
    iss: 'x', sub: 'device:imei:111111111111119', aud: 'any', op: 'reset-account', dev: [],
    acc: 'A-2', jti: 'AAAAAAAAAAAAAAAAAAAAAA', ticket: 18, evd: 'x', pol: 'x', iat: 1,
    nbf: 1, exp: body.exp + 3600, log: {}, apv: [],
  };
  for (const [claim, value] of Object.entries(edits)) {
    if (JSON.stringify(body[claim]) !== JSON.stringify(value)) {
      yield [`claim ${claim}`, withBody({ [claim]: value })];
    }
  }
}

async function refused(text, aud) {
  try {
    await verify(text, aud);
    return false;
  } catch {
    return true;
  }
}

try {
  console.log(JSON.stringify(await verify(token, audience), null, 2));
} catch (error) {
  console.error(`refused: ${error.message}`);
  process.exit(1);
}
let count = 0;
for (const [name, variant] of tampered()) {
  if (!(await refused(variant, audience))) {
    console.error(`jose took a tampered token: ${name}`);
    process.exit(1);
  }
  count += 1;
}
if (!(await refused(token, 'some-other-centre'))) {
  console.error('jose took a token for another audience');
  process.exit(1);
}
console.error(`jose: valid; ${count + 1} tampered variants refused`);
