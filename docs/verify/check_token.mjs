// Checks a token by the rules of rules.mjs: node check_token.mjs KEYSET ROOT TOKEN_FILE AUDIENCE OPERATION DEVICE
//
// KEYSET is the file of `latchkey keyset export`, ROOT the name of the desk's root key, which you compared on paper once.
// What it knows and what it cannot: see check_token.py. Options: --challenge HEX, --seen VERSION, --rehearsal, --at SECONDS.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { openKeyset, Refused, rootIn, verify } from './rules.mjs';

/// The first rule that fails, or null, for the texts of a keyset and a token.
export async function judge(keyset, root, token, now, asks) {
  let opened;
  try {
    opened = await openKeyset(keyset, rootIn(keyset, root));
  } catch (error) {
    if (error instanceof Refused) return 'keyset';
    throw error;
  }
  return verify(token, opened, now, asks);
}

async function main() {
  const text = { type: 'string' };
  const options = { challenge: text, seen: text, at: text, rehearsal: { type: 'boolean', default: false } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  if (positionals.length !== 6) {
    console.error('usage: check_token.mjs KEYSET ROOT TOKEN_FILE AUDIENCE OPERATION DEVICE');
    return 2;
  }
  const [keysetFile, root, tokenFile, audience, op, device] = positionals;
  const [keyset, token] = [keysetFile, tokenFile].map((name) => readFileSync(name, 'utf8').trim());
  const now = BigInt(values.at ?? Math.floor(Date.now() / 1000));
  const { challenge, rehearsal, seen = 0 } = values;
  const asks = { audience, op, device, challenge, rehearsal, keyset_seen: Number(seen) };
  const rule = await judge(keyset, root, token, now, asks);
  if (rule !== null) {
    console.error(`refused: ${rule}`);
    return 4;
  }
  console.log(Buffer.from(token.split('.')[1], 'base64url').toString());
  return 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await main();
