// SPDX-License-Identifier: GPL-3.0-or-later
// The job every engine does: N cases of 12 fields, then three edits of two fields each, all at A (4 N operations); a fresh B
// gets the result over loopback; then single edits at A until B sees them. job.hpp makes the same data.
import fs from 'node:fs';

export function dice(seed) {  // mulberry32
  let a = seed >>> 0;
  return below => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const words = ('deep hole near the school gate water runs over street lamp dark since monday bin missed again corner tree branch fallen blocks path ' +
  'noise night sign bent car abandoned graffiti wall bridge rail broken glass playground').split(' ');
const phrase = (roll, n) => Array.from({length: n}, () => words[roll(words.length)]).join(' ');

export function caseOf(n) {
  const roll = dice(1000003 + n);
  return {
    number: 'C' + String(n).padStart(8, '0'), status: 'open', service: 'S' + roll(25), priority: 1 + roll(4), department: 'D' + roll(5),
    area: 'A' + roll(9), address: (1 + roll(400)) + ' ' + phrase(roll, 2), lat: 42 + roll(1000000) / 1e6, lon: -71 - roll(1000000) / 1e6,
    requester: phrase(roll, 2), title: phrase(roll, 4), description: phrase(roll, 27),
  };
}
export function editOf(n, round) {
  const roll = dice(7 * n + round + 5);
  return [{status: 'acknowledged', department: 'D' + roll(5)}, {status: 'in_progress', priority: 1 + roll(4)}, {status: 'closed', title: phrase(roll, 4)}][round];
}

export const now = () => performance.timeOrigin + performance.now();
export const liveEdits = 200;
export function median(values) { return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]; }
export function percentile(values, p) { const s = [...values].sort((a, b) => a - b); return s[Math.min(s.length - 1, Math.floor(s.length * p))]; }
export function peakKiB() { return Number(/VmHWM:\s+(\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]); }
export function diskBytes(folder) {
  if (!fs.existsSync(folder)) return 0;
  return fs.readdirSync(folder, {recursive: true}).map(f => fs.statSync(folder + '/' + f)).filter(s => s.isFile()).reduce((sum, s) => sum + s.size, 0);
}
export function report(engine, cases, figures) {
  const ops = 4 * cases;
  console.log(JSON.stringify({engine, cases, ops, ops_per_second: Math.round(ops / figures.seconds), ...figures}));
}
