// SPDX-License-Identifier: GPL-3.0-or-later
// PouchDB 9 over HTTP with LevelDB on both sides:  node pouchdb.mjs CASES FOLDER
import {fork} from 'node:child_process';
import fs from 'node:fs';
import {caseOf, diskBytes, editOf, liveEdits, median, now, peakKiB, percentile, report} from './job.mjs';
import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);
const PouchDB = require('pouchdb');
const [cases, folder, role, port] = [Number(process.argv[2]), process.argv[3], process.argv[4], process.argv[5]];

async function serve() {
  const Here = PouchDB.defaults({prefix: folder + '/a/'});
  const db = new Here('cases');
  for (let at = 0; at < cases; at += 1000) {
    const ids = Array.from({length: Math.min(1000, cases - at)}, (_, i) => at + i);
    let docs = ids.map(n => ({_id: String(n).padStart(8, '0'), ...caseOf(n)}));
    for (let round = 0; round < 4; ++round) {
      const done = await db.bulkDocs(docs);
      docs.forEach((doc, i) => { doc._rev = done[i].rev; Object.assign(doc, round < 3 ? editOf(ids[i], round) : {}); });
    }
  }
  const app = require('express-pouchdb')(Here, {mode: 'minimumForPouchDB', logPath: folder + '/a/log.txt', configPath: folder + '/a/config.json'});
  let wire = 0;
  const server = app.listen(0, '127.0.0.1', () => process.send({port: server.address().port}));
  const sockets = new Set();
  server.on('connection', s => { sockets.add(s); s.on('close', () => { sockets.delete(s); wire += s.bytesRead + s.bytesWritten; }); });
  process.on('message', async m => {
    if (m.edit !== undefined) {
      const doc = await db.get(String(m.edit).padStart(8, '0'));
      doc.title = 'edit ' + m.edit;
      const began = now();
      await db.put(doc);
      process.send({began});
    } else if (m.wire) {
      process.send({wire: wire + [...sockets].reduce((sum, s) => sum + s.bytesRead + s.bytesWritten, 0)});
    } else process.exit(0);
  });
}

async function main() {
  fs.mkdirSync(folder + '/a', {recursive: true});
  fs.mkdirSync(folder + '/b', {recursive: true});
  const a = fork(process.argv[1], [String(cases), folder, 'serve']);
  const answer = () => new Promise(done => a.once('message', done));
  const remote = 'http://127.0.0.1:' + (await answer()).port + '/cases';
  const local = new PouchDB(folder + '/b/cases');
  const began = now();
  const result = await PouchDB.replicate(remote, local, {batch_size: 1000, batches_limit: 10});
  const seconds = (now() - began) / 1000;
  if (result.docs_written !== cases) throw new Error(`${result.docs_written} of ${cases} arrived`);
  a.send({wire: true});
  const {wire} = await answer();
  const disk = diskBytes(folder + '/b');
  const seen = new Map();
  const live = PouchDB.replicate(remote, local, {live: true, since: result.last_seq});
  await new Promise(done => live.once('paused', done));
  local.changes({live: true, since: 'now'}).on('change', c => seen.get(c.id)?.(now()));
  const waits = [];
  for (let n = 0; n < liveEdits; ++n) {
    const arrived = new Promise(done => seen.set(String(n).padStart(8, '0'), done));
    a.send({edit: n});
    const {began} = await answer();
    waits.push((await arrived) - began);
  }
  live.cancel();
  report('PouchDB 9, batches of 1,000', cases, {seconds, wire_bytes: wire, disk_bytes: disk, peak_kib: peakKiB(), p50_ms: median(waits), p99_ms: percentile(waits, .99), history: 'last state'});
  a.send({});
  process.exit(0);
}
await (role === 'serve' ? serve() : main());
