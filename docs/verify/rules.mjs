// Every rule for a token, in JavaScript: npm's jose checks the signatures, the rest is what no library can know.
//
// verify(token, keyset, now, asks) names the first rule that fails, or null for a token that holds. It answers as
// `latchkey verify` does: CI lets both, and rules.py, judge each token of fixtures/tokens/hostile.json.
import { createHash } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';

const SKEW = 120n;
const DAY = 24n * 3600n;
const OPS = ['unbind', 'reset-device', 'reset-account'];
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export class Refused extends Error {}

function require(holds, rule) {
  if (!holds) throw new Refused(rule);
}

/// One spelling for one value: no padding, no other alphabet, no stray bits.
function unbase64(part) {
  require([...part].every((c) => DIGITS.includes(c)) && part.length % 4 !== 1, 'form');
  const data = Buffer.from(part, 'base64url');
  require(data.toString('base64url') === part, 'form');
  return data;
}

/// JSON.parse keeps the last of two equal keys and rounds whole numbers above 2^53; this does neither: whole numbers
/// come out as BigInt, others as they are.
function parseJson(text) {
  let at = 0;
  const blank = () => {
    while (at < text.length && ' \t\n\r'.includes(text[at])) at += 1;
  };
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    require(found, 'form');
    at = pattern.lastIndex;
    return found[0];
  };
  const string = () => {
    const value = JSON.parse(take(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y));
    require(Buffer.from(value).toString() === value, 'form'); // no half of a surrogate pair
    return value;
  };
  const list = (end, item) => {
    at += 1;
    blank();
    while (text[at] !== end) {
      item();
      blank();
      if (text[at] === ',') {
        at += 1;
        blank();
        require(text[at] !== end, 'form');
      } else {
        require(text[at] === end, 'form');
      }
    }
    at += 1;
  };
  const value = (depth) => {
    require(depth < 128, 'form');
    blank();
    if (text[at] === '{') {
      const object = new Map();
      list('}', () => {
        const key = string();
        require(!object.has(key), 'form');
        blank();
        take(/:/y);
        object.set(key, value(depth + 1));
      });
      return object;
    }
    if (text[at] === '[') {
      const items = [];
      list(']', () => items.push(value(depth + 1)));
      return items;
    }
    if (text[at] === '"') return string();
    const word = take(/true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y);
    if (/^(?:-?[1-9][0-9]*|0)$/.test(word)) return BigInt(word);
    const plain = JSON.parse(word);
    require(typeof plain !== 'number' || Number.isFinite(plain), 'form');
    return plain;
  };
  const found = value(0);
  blank();
  require(at === text.length, 'form');
  return found;
}

function object(part) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(unbase64(part));
  } catch {
    throw new Refused('form');
  }
  const value = parseJson(text);
  require(value instanceof Map, 'form');
  return value;
}

function takeApart(text, most) {
  require(Buffer.byteLength(text) <= most, 'form');
  const parts = text.split('.');
  require(parts.length === 3, 'form');
  const header = object(parts[0]);
  require([...header.keys()].every((name) => ['alg', 'typ', 'kid'].includes(name)), 'form');
  unbase64(parts[2]);
  return [header, object(parts[1])];
}

const isText = (value) => typeof value === 'string';
const isTime = (value) => typeof value === 'bigint' && value >= -(2n ** 63n) && value < 2n ** 63n;
const isCount = (value) => typeof value === 'bigint' && value >= 0n && value < 2n ** 64n;
const isTexts = (value) => Array.isArray(value) && value.every(isText);

function checkForm(claims) {
  const texts = ['iss', 'sub', 'aud', 'op', 'jti', 'evd', 'pol'];
  require(texts.every((name) => isText(claims.get(name))), 'form');
  require(['iat', 'nbf', 'exp'].every((name) => isTime(claims.get(name)) && claims.get(name) >= 0n), 'form');
  const log = claims.get('log');
  require(isCount(claims.get('ticket')) && log instanceof Map, 'form');
  require(isText(log.get('origin')) && log.get('origin') !== '' && isCount(log.get('index')), 'form');
  require(isTexts(claims.get('dev')) && isTexts(claims.get('apv')), 'form');
  require(['acc', 'chal'].every((name) => claims.get(name) == null || isText(claims.get(name))), 'form');
  require(['iss', 'sub', 'aud', 'evd', 'pol'].every((name) => claims.get(name) !== ''), 'form');
  require(unbase64(claims.get('jti')).length === 16, 'form');
  require(claims.get('chal') == null || /^[0-9a-fA-F]+$/.test(claims.get('chal')), 'form');
}

/// The key fixes the algorithm; the header may only agree.
function checkHeader(header, typ, keys) {
  require(header.get('alg') === 'EdDSA', 'alg');
  require(header.get('typ') === typ, 'typ');
  const key = keys.get(header.get('kid'));
  require(isText(header.get('kid')) && key, 'kid');
  return key;
}

async function checkSignature(text, jwk) {
  try {
    await compactVerify(text, await importJWK(jwk, 'EdDSA'), { algorithms: ['EdDSA'] });
  } catch {
    throw new Refused('signature');
  }
}

/// The root key that a keyset names, if it is the one whose name (RFC 7638) you were given on paper.
export function rootIn(text, kid) {
  const root = takeApart(text, 256 * 1024)[1].get('root');
  const x = root instanceof Map ? root.get('x') : undefined;
  require(isText(x) && unbase64(x).length === 32, 'keyset');
  const named = `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`;
  require(createHash('sha256').update(named).digest('base64url') === kid, 'keyset');
  return { kty: 'OKP', crv: 'Ed25519', x, kid };
}

/// A keyset as the desk's root signed it; `root` is the JWK that you got by a way you trust.
export async function openKeyset(text, root) {
  const [header] = takeApart(text, 256 * 1024);
  await checkSignature(text, checkHeader(header, 'latchkey-keyset+jwt', new Map([[root.kid, root]])));
  return JSON.parse(Buffer.from(text.split('.')[1], 'base64url'));
}

const imei = (digits) => (/^[0-9]{14,16}$/.test(digits) ? `imei:${digits.slice(0, 14)}` : null);
const serial = (text) => (text.trim() ? `serial:${text.trim().toUpperCase()}` : null);

/// An identifier as a token names it.
function entry(text) {
  const colon = text.indexOf(':');
  const rest = text.slice(colon + 1);
  return { imei, serial }[text.slice(0, Math.max(colon, 0))]?.(rest) ?? null;
}

/// What a person at the counter may mean: grouped digits, a software version, a serial.
function given(asked) {
  const text = asked.trim().replace(/^device:/, '');
  const [main, version, ...more] = text.replace(/^imei:/, '').split('/');
  const spaced = more.length || !/^[0-9]{0,2}$/.test(version ?? '') ? null : imei(main.replace(/[ .-]/g, ''));
  if (text.startsWith('imei:')) return [spaced];
  if (text.startsWith('serial:')) return [entry(text)];
  return [spaced, serial(text)];
}

function checkSubject(claims, asked) {
  const known = claims.get('dev').map(entry);
  const [kind, ...more] = claims.get('sub').split(':');
  const rest = more.join(':');
  if (claims.get('op') === 'reset-account') {
    require(kind === 'account' && rest !== '' && claims.get('acc') === rest, 'sub');
  } else {
    require(kind === 'device' && entry(rest) !== null && known.includes(entry(rest)), 'sub');
  }
  require(!known.includes(null), 'dev');
  require(asked === undefined || given(asked).some((one) => one !== null && known.includes(one)), 'dev');
}

function checkTime(claims, now) {
  const [iat, nbf, exp] = ['iat', 'nbf', 'exp'].map((name) => claims.get(name));
  require(nbf <= now + SKEW && iat <= now + SKEW, 'nbf');
  require(now < exp + SKEW && exp > nbf && exp > iat, 'exp');
  require(exp - iat <= (claims.get('chal') == null ? 7n * DAY : DAY), 'exp');
}

async function openApproval(text, keyset, keys) {
  const [header, claims] = takeApart(text, 4096);
  const agent = checkHeader(header, 'latchkey-approval+jwt', keys);
  require(!agent.disabled, 'kid');
  await checkSignature(text, agent.jwk);
  require(['iss', 'jti', 'op', 'sub', 'evd', 'by', 'decision'].every((n) => isText(claims.get(n))), 'form');
  require(OPS.includes(claims.get('op')) && claims.get('decision') === 'approve', 'form');
  const iat = claims.get('iat');
  require(isTime(iat), 'form');
  require(BigInt(agent.nbf) <= iat && iat < BigInt(agent.exp) && claims.get('by') === agent.name, 'kid');
  require(claims.get('iss') === keyset.iss, 'keyset');
  return [claims, agent];
}

/// Every yes in the token must be a real one, needed or not: a false one shows that somebody tried.
async function checkApprovals(claims, issuer, keyset, keys) {
  const names = [];
  for (const text of claims.get('apv')) {
    const [approval, agent] = await openApproval(text, keyset, keys).catch((error) => {
      throw error instanceof Refused ? new Refused('approvals') : error;
    });
    const same = ['jti', 'op', 'sub', 'evd'].every((name) => approval.get(name) === claims.get(name));
    require(same && agent.name !== issuer.name && !names.includes(agent.name), 'approvals');
    require(agent.roles.includes('approver') && agent.ops.includes(claims.get('op')), 'approvals');
    require(BigInt(agent.approves_from ?? 0) <= approval.get('iat'), 'approvals');
    require(approval.get('iat') <= claims.get('iat') + SKEW, 'approvals');
    names.push(agent.name);
  }
  const alone = claims.get('op') !== 'reset-account' && keyset.solo.includes(claims.get('op'));
  require(names.length > 0 || alone, 'approvals');
}

async function check(token, keyset, now, asks) {
  const [header, claims] = takeApart(token, 4096);
  if (header.get('typ') === 'latchkey-auth+jwt') checkForm(claims);
  const keys = new Map(keyset.agents.map((agent) => [agent.kid, agent]));
  const signer = checkHeader(header, 'latchkey-auth+jwt', keys);
  require(!signer.disabled && signer.roles.some((r) => ['agent', 'approver'].includes(r)), 'kid');
  await checkSignature(token, signer.jwk);
  const [iat, op, jti] = ['iat', 'op', 'jti'].map((name) => claims.get(name));
  require(BigInt(signer.nbf) <= iat && iat < BigInt(signer.exp), 'kid');
  require(['any', asks.audience].includes(claims.get('aud')), 'aud');
  require(OPS.includes(op) && [undefined, op].includes(asks.op) && signer.ops.includes(op), 'op');
  checkSubject(claims, asks.device);
  const signed = claims.get('chal') ?? undefined;
  require(signed?.toLowerCase() === asks.challenge?.toLowerCase(), 'chal');
  checkTime(claims, now);
  await checkApprovals(claims, signer, keyset, keys);
  require(claims.get('iss') === keyset.iss && keyset.version >= (asks.keyset_seen ?? 0), 'keyset');
  require(keyset.rehearsal || BigInt(keyset.iat) <= now + SKEW, 'keyset');
  require(!asks.revoked?.includes(jti), 'revoked');
  require(asks.rehearsal || !keyset.rehearsal, 'rehearsal');
  require(!asks.used?.includes(jti), 'used');
}

/// The first rule that fails, or null. `now` is a BigInt of Unix seconds; `asks` may hold audience, op, device,
/// challenge, keyset_seen, rehearsal, revoked and used.
export async function verify(token, keyset, now, asks = {}) {
  try {
    await check(token, keyset, now, asks);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
