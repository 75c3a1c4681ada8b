// Verifies the hash chains of the log without the product: it shares no code with it. Built-ins only, pg for a database.
//
//   node tools/verify-log.mjs BACKUP            a file that `minsheng backup` wrote
//   node tools/verify-log.mjs postgres://…      the database itself, as its owner
//   … --since OLDER-BACKUP                      also that no stream of the older backup was cut off or rewritten
//   … --json                                    the outcome as JSON
// With MINSHENG_KEY (64 hex digits, several joined by commas) the sealed contents are opened and verified too.
// Ends with 0 where all is whole, 1 where something is not, 2 where it could not be read.
//
// What is verified. An entry is hashed as SHA-256 of eight lines joined by a line feed: "minsheng-log-1", stream,
// sequence, kind, at, actor, payload hash, hash of the entry before (64 zeros for the first). Sequences count from 1
// without gaps. The payload hash is SHA-256 of salt and payload. Sealed bytes are 4 of the SHA-256 of the key, 12 of a
// nonce, 16 of the tag, then the text: AES-256-GCM, with "stream\nsequence" as what is authenticated beside it.
// The payload of an access is the JSON of its columns in a fixed order.
import { createDecipheriv, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

const MOST_FAULTS = 100;
const PAGE = 2000;
const ZEROS = '0'.repeat(64);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

/** @param {string[]} words */
function readArguments(words) {
  const given = { json: false, since: undefined, source: undefined };
  for (let index = 0; index < words.length; index++) {
    if (words[index] === '--json') given.json = true;
    else if (words[index] === '--since') given.since = words[++index];
    else if (given.source === undefined) given.source = words[index];
    else return undefined;
  }
  return given.source === undefined ? undefined : given;
}

function readKeys(text) {
  return (text ?? '').split(',').filter((key) => /^[0-9a-f]{64}$/i.test(key.trim())).map((key) => {
    const bytes = Buffer.from(key.trim(), 'hex');
    return { bytes, mark: createHash('sha256').update(bytes).digest().subarray(0, 4) };
  });
}

/** The text that was sealed; undefined where no key is the one, a thrown error where it was altered. */
function open(keys, body, place) {
  const key = keys.find(({ mark }) => mark.equals(body.subarray(0, 4)));
  if (!key) return undefined;
  const cipher = createDecipheriv('aes-256-gcm', key.bytes, body.subarray(4, 16), { authTagLength: 16 });
  cipher.setAAD(Buffer.from(place)).setAuthTag(body.subarray(16, 32));
  return Buffer.concat([cipher.update(body.subarray(32)), cipher.final()]);
}

/** Takes entries in the order of streams and sequences, and payloads in any order after or before them. */
class Verifier {
  constructor(keys, since = new Map()) {
    this.keys = keys;
    this.since = since;
    this.faults = new Map();
    this.counts = { streams: 0, entries: 0, payloads: 0, opened: 0 };
    this.ends = createHash('sha256');
    this.last = undefined;
    /** Where each stream ends, and what each payload must hash to. */
    this.heads = new Map();
    this.wanted = new Map();
    this.accesses = new Map();
  }

  fault(kind, stream, sequence) {
    if (this.faults.size < MOST_FAULTS && !this.faults.has(stream)) this.faults.set(stream, { kind, stream, sequence });
  }

  entry({ stream, sequence, kind, at, actor, payload_hash: payloadHash, previous, hash }) {
    if (this.last?.stream !== stream) {
      if (this.heads.has(stream)) throw new Error('the entries are not in order');
      this.leave();
      this.counts.streams += 1;
      this.last = { stream, sequence: 0, hash: ZEROS };
    }
    this.counts.entries += 1;
    const expected = this.last.sequence + 1;
    const fields = [stream, String(sequence), kind, at, actor, payloadHash, previous];
    if (sequence !== expected) this.fault('missing', stream, expected);
    // oxlint-disable-next-line no-control-regex -- a control character in a field could forge another line
    else if (fields.some((field) => /[\u0000-\u001f\u007f]/.test(field)) || sha256(['minsheng-log-1', ...fields].join('\n')) !== hash) this.fault('altered', stream, sequence);
    else if (previous !== this.last.hash) this.fault('unlinked', stream, sequence);
    const before = this.since.get(stream);
    if (before?.sequence === sequence && before.hash !== hash) this.fault('rewritten', stream, sequence);
    const place = `${stream}\n${sequence}`;
    const access = this.accesses.get(place);
    if (access !== undefined && access !== payloadHash) this.fault('payload-altered', stream, sequence);
    this.wanted.set(place, payloadHash);
    this.last = { stream, sequence, hash };
  }

  leave() {
    if (!this.last) return;
    const { stream, sequence, hash } = this.last;
    this.ends.update(`${stream}\n${sequence}\n${hash}\n`);
    this.heads.set(stream, { sequence, hash });
  }

  payload({ stream, sequence, salt, body }) {
    this.counts.payloads += 1;
    const place = `${stream}\n${sequence}`;
    const wanted = this.wanted.get(place);
    if (wanted === undefined) return this.fault('missing', stream, sequence);
    try {
      const text = open(this.keys, body, place);
      if (text === undefined) return;
      this.counts.opened += 1;
      if (sha256(salt, text) !== wanted) this.fault('payload-altered', stream, sequence);
    } catch {
      this.fault('payload-altered', stream, sequence);
    }
  }

  access({ stream, sequence, purpose, through, subject_key: subjectKey, household_key: householdKey, batch, columns, department = null, salt }) {
    this.counts.payloads += 1;
    const hash = sha256(salt, JSON.stringify({ purpose, through, subjectKey, householdKey, batch, columns, ...(department === null ? {} : { department }) }));
    const place = `${stream}\n${sequence}`;
    const wanted = this.wanted.get(place);
    if (wanted === undefined) this.accesses.set(place, hash);
    else if (wanted !== hash) this.fault('payload-altered', stream, sequence);
  }

  outcome() {
    this.leave();
    this.last = undefined;
    for (const place of this.accesses.keys()) if (!this.wanted.has(place)) this.fault('missing', place.slice(0, place.lastIndexOf('\n')), Number(place.slice(place.lastIndexOf('\n') + 1)));
    for (const [stream, { sequence }] of this.since) if ((this.heads.get(stream)?.sequence ?? 0) < sequence) this.fault('cut-off', stream, (this.heads.get(stream)?.sequence ?? 0) + 1);
    return { ...this.counts, erased: this.counts.entries - this.counts.payloads, digest: this.ends.digest('hex'), faults: [...this.faults.values()] };
  }
}

/** Bytes stand in an archive as {"bytes": base64}. */
const bytesOf = (value) => Buffer.from(value.bytes, 'base64');
const hexOf = (value) => bytesOf(value).toString('hex');

/** Reads an archive line by line; its last line is the SHA-256 of all before it. */
async function readArchive(file, verifier) {
  const lines = createInterface({ input: createReadStream(file).on('error', fail).pipe(createGunzip()).on('error', fail), crlfDelay: Infinity });
  const whole = createHash('sha256');
  let [held, count] = [undefined, 0];
  const take = (line) => {
    whole.update(count === 0 ? line : `\n${line}`);
    if (count++ === 0) return;
    const { table, row } = JSON.parse(line);
    if (table === 'log_entry') verifier.entry({ ...row, payload_hash: hexOf(row.payload_hash), previous: hexOf(row.previous), hash: hexOf(row.hash) });
    if (table === 'log_payload') verifier.payload({ ...row, salt: bytesOf(row.salt), body: bytesOf(row.body) });
    if (table === 'access_log') verifier.access({ ...row, salt: bytesOf(row.salt) });
  };
  for await (const line of lines) {
    if (held !== undefined) take(held);
    held = line;
  }
  if (held !== whole.digest('hex')) fail(new Error('the archive is damaged: its digest is not the one of its lines'));
}

async function readDatabase(url, verifier) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // Row-level security shows the owner its rows only where it says that it acts as the owner.
    await client.query("set local app.mode = 'owner'");
    const text = `to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, encode(e.payload_hash, 'hex') as payload_hash, encode(e.previous, 'hex') as previous, encode(e.hash, 'hex') as hash`;
    for (let after = ['', 0], rows; ; after = [rows.at(-1).stream, rows.at(-1).sequence]) {
      ({ rows } = await client.query(`select e.stream, e.sequence, e.kind, e.actor, ${text}, p.salt, p.body, a.salt as access_salt, a.purpose, a.through, a.subject_key, a.household_key, a.batch, a.columns, a.department
        from log_entry e left join log_payload p using (stream, sequence) left join access_log a using (stream, sequence)
        where (e.stream, e.sequence) > ($1, $2) order by e.stream, e.sequence limit ${PAGE}`, after));
      if (rows.length === 0) break;
      for (const row of rows) {
        verifier.entry(row);
        if (row.body) verifier.payload(row);
        if (row.access_salt) verifier.access({ ...row, salt: row.access_salt });
      }
    }
    const { rows: lost } = await client.query('select stream, sequence from log_payload p where not exists (select 1 from log_entry e where e.stream = p.stream and e.sequence = p.sequence) union all select stream, sequence from access_log a where not exists (select 1 from log_entry e where e.stream = a.stream and e.sequence = a.sequence)');
    for (const { stream, sequence } of lost) verifier.fault('missing', stream, sequence);
  } finally {
    await client.end();
  }
}

function fail(error) {
  console.error(`读不了 Cannot be read: ${error.message}`);
  process.exit(2);
}

const given = readArguments(process.argv.slice(2));
if (!given) {
  console.error('用法 Usage: node tools/verify-log.mjs BACKUP|postgres://… [--since OLDER-BACKUP] [--json]');
  process.exit(2);
}
const keys = readKeys(process.env.MINSHENG_KEY);
const before = new Verifier([]);
if (given.since !== undefined) await readArchive(given.since, before);
before.outcome();
const verifier = new Verifier(keys, before.heads);
try {
  await (/^postgres(?:ql)?:\/\//.test(given.source) ? readDatabase : readArchive)(given.source, verifier);
} catch (error) {
  fail(error instanceof Error ? error : new Error('unknown'));
}
const outcome = verifier.outcome();
if (given.json) console.log(JSON.stringify(outcome));
else {
  console.log(`${outcome.streams} 条链 chains, ${outcome.entries} 条记录 entries, ${outcome.payloads} 条有内容 with contents (打开 opened ${outcome.opened}), ${outcome.erased} 条已删除 erased`);
  console.log(`摘要 digest ${outcome.digest}`);
  for (const { kind, stream, sequence } of outcome.faults) console.log(`坏 bad: ${kind} ${stream} ${sequence}`);
  console.log(outcome.faults.length === 0 ? '完整 whole' : '不完整 damaged');
}
process.exitCode = outcome.faults.length === 0 ? 0 : 1;
