// jose judges fixtures/tokens/hostile.json by docs/verify/rules.mjs: each token by the same rule as Latchkey.
//
// usage: node hostile.mjs FILE
//
// Says too how many of them jose refuses without those rules, asked as its documentation says one should.
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { judge } from './check_token.mjs'; // hostile.sh lays these beside each other
import { openKeyset, verify } from './rules.mjs';

/// The algorithm fixed, the type, the audience, the times, the claims that must be there.
async function libraryAlone(token, keyset, now, asks) {
  const keys = keyset.agents.filter((agent) => !agent.disabled).map((agent) => agent.jwk);
  try {
    await jwtVerify(token, createLocalJWKSet({ keys }), {
      algorithms: ['EdDSA'],
      typ: 'latchkey-auth+jwt',
      audience: ['any', asks.audience ?? 'any'],
      clockTolerance: 120,
      currentDate: new Date(Math.min(Math.max(now, 0), 2 ** 35) * 1000),
      requiredClaims: ['iss', 'sub', 'aud', 'op', 'dev', 'jti', 'iat', 'nbf', 'exp'],
    });
    return true;
  } catch {
    return false;
  }
}

// Times beyond 2^53 are wanted whole.
const text = readFileSync(process.argv[2], 'utf8').replace(/"now":\s*(-?\d+)/g, '"now":"$1"');
const file = JSON.parse(text);
const keysets = {};
for (const [name, jws] of Object.entries(file.keysets)) keysets[name] = await openKeyset(jws, file.root);
const count = { good: 0, hostile: 0, alone: 0 };
for (const family of file.families) {
  for (const row of family.tokens) {
    const { now = file.now, keyset: name = 'usual', ...asks } = row.ask;
    const keyset = keysets[name];
    const rule = await verify(row.token, keyset, BigInt(now), asks);
    const alone = await libraryAlone(row.token, keyset, Number(now), asks);
    const fail = (why) => {
      console.error(`${family.family}: ${row.name}: ${why}`);
      process.exit(1);
    };
    const program = await judge(file.keysets[name], file.root.kid, row.token, BigInt(now), asks);
    if (program !== rule) fail(`check_token.mjs says ${program}, rules.mjs ${rule}`);
    if (rule !== row.rule) fail(`jose says ${rule}, Latchkey ${row.rule}`);
    if (rule === null && !alone) fail('jose alone refuses a good token');
    count[rule === null ? 'good' : 'hostile'] += 1;
    count.alone += rule !== null && !alone ? 1 : 0;
  }
}
console.log(
  `jose: ${count.hostile} hostile tokens refused, each by Latchkey's rule, ${count.good} good ones taken` +
    ` (without docs/verify/rules.mjs it refuses ${count.alone})`,
);
