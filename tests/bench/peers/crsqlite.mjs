// SPDX-License-Identifier: GPL-3.0-or-later
// cr-sqlite's wasm build, in memory, changes as JSON lines over TCP:  node crsqlite.mjs CASES FOLDER
import {fork} from 'node:child_process';
import {createRequire} from 'node:module';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import readline from 'node:readline';
import {caseOf, editOf, liveEdits, median, now, peakKiB, percentile, report} from './job.mjs';

const [cases, folder, role] = [Number(process.argv[2]), process.argv[3], process.argv[4]];
const require = createRequire(import.meta.url);
const home = path.dirname(require.resolve('@vlcn.io/wa-sqlite/package.json'));
const fields = Object.keys(caseOf(0));
const rowsPerBatch = 20000;

async function open() {
  const {default: factory} = await import(pathToFileURL(home + '/dist/crsqlite-sync.mjs'));
  const {Factory} = await import(pathToFileURL(home + '/src/sqlite-api.js'));
  const sqlite3 = Factory(await factory({wasmBinary: fs.readFileSync(home + '/dist/crsqlite-sync.wasm')}));
  const db = await sqlite3.open_v2(':memory:');
  await sqlite3.exec(db, `CREATE TABLE cases(id INTEGER PRIMARY KEY NOT NULL, ${fields.join(',')})`);
  await sqlite3.exec(db, "SELECT crsql_as_crr('cases')");
  const statement = async sql => {
    const text = sqlite3.str_new(db, sql);
    return (await sqlite3.prepare_v2(db, sqlite3.str_value(text))).stmt;
  };
  const run = async (stmt, values) => { sqlite3.bind_collection(stmt, values); await sqlite3.step(stmt); await sqlite3.reset(stmt); };
  const rows = async (stmt, values) => {
    const out = [];
    sqlite3.bind_collection(stmt, values);
    while (await sqlite3.step(stmt) === 100) out.push(sqlite3.row(stmt));
    await sqlite3.reset(stmt);
    return out;
  };
  return {exec: sql => sqlite3.exec(db, sql), statement, run, rows};
}

const columns = '"table", pk, cid, val, col_version, db_version, site_id, cl, seq';
const pack = row => row.map(v => v instanceof Uint8Array ? {b: Buffer.from(v).toString('base64')} : v);
const unpack = row => row.map(v => v && typeof v === 'object' ? new Uint8Array(Buffer.from(v.b, 'base64')) : v);

async function serve() {
  const db = await open();
  const insert = await db.statement(`INSERT INTO cases(id, ${fields.join(',')}) VALUES(${['?', ...fields.map(() => '?')].join(',')})`);
  const updates = await Promise.all([0, 1, 2].map(r => db.statement(`UPDATE cases SET ${Object.keys(editOf(0, r)).map(k => k + '=?').join(',')} WHERE id=?`)));
  for (let at = 0; at < cases; at += 1000) {
    await db.exec('BEGIN');
    for (let n = at; n < Math.min(cases, at + 1000); ++n) {
      await db.run(insert, [n, ...Object.values(caseOf(n))]);
      for (let r = 0; r < 3; ++r) await db.run(updates[r], [...Object.values(editOf(n, r)), n]);
    }
    await db.exec('COMMIT');
  }
  const select = await db.statement(`SELECT ${columns} FROM crsql_changes WHERE db_version > ? AND db_version <= ?`);
  const last = await db.statement('SELECT crsql_db_version()');
  let socket, sent = 0;
  const push = async () => {
    const head = (await db.rows(last, []))[0][0];
    while (sent < head) {
      const upto = Math.min(head, sent + 1);
      const rows = await db.rows(select, [sent, upto]);
      sent = upto;
      for (let i = 0; i < rows.length; i += rowsPerBatch) socket.write(JSON.stringify({rows: rows.slice(i, i + rowsPerBatch).map(pack)}) + '\n');
    }
  };
  const server = net.createServer(async s => { socket = s; s.setNoDelay(true); await push(); s.write(JSON.stringify({end: true}) + '\n'); });
  server.listen(0, '127.0.0.1', () => process.send({port: server.address().port}));
  process.on('message', async m => {
    if (m.edit === undefined) process.exit(0);
    const began = now();
    await db.run(updates[2], ['closed', 'edit ' + m.edit, m.edit]);
    await push();
    process.send({began});
  });
}

async function main() {
  fs.mkdirSync(folder, {recursive: true});
  const a = fork(process.argv[1], [String(cases), folder, 'serve']);
  const answer = () => new Promise(done => a.once('message', done));
  const {port} = await answer();
  const db = await open();
  const apply = await db.statement(`INSERT INTO crsql_changes(${columns}) VALUES(?,?,?,?,?,?,?,?,?)`);
  let ended, arrived;
  const end = new Promise(done => { ended = done; });
  const began = now();
  const socket = net.connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let work = Promise.resolve();
  readline.createInterface({input: socket}).on('line', line => {
    work = work.then(async () => {
      const message = JSON.parse(line);
      if (message.end) return ended();
      await db.exec('BEGIN');
      for (const row of message.rows) await db.run(apply, unpack(row));
      await db.exec('COMMIT');
      arrived?.(now());
    });
  });
  await end;
  const seconds = (now() - began) / 1000;
  const wire = socket.bytesRead;
  const count = await db.statement("SELECT count(*) FROM cases WHERE status='closed'");
  if (Number((await db.rows(count, []))[0][0]) !== cases) throw new Error('not all cases arrived');
  const waits = [];
  for (let n = 0; n < liveEdits; ++n) {
    const seen = new Promise(done => { arrived = done; });
    a.send({edit: n});
    const [{began}, at] = await Promise.all([answer(), seen]);
    waits.push(at - began);
  }
  report('cr-sqlite wasm (in memory)', cases, {seconds, wire_bytes: wire, disk_bytes: null, peak_kib: peakKiB(), p50_ms: median(waits), p99_ms: percentile(waits, .99), history: 'last state'});
  a.send({});
  process.exit(0);
}
await (role === 'serve' ? serve() : main());
