// SPDX-License-Identifier: GPL-3.0-or-later
// npm supercluster on COUNT points: node supercluster.mjs COUNT FOLDER. Writes the points to FOLDER/points-COUNT.bin
// (doubles x, y on the Web-Mercator unit square) for map_bench, and prints one JSON line of what it took.
import { writeFileSync } from 'node:fs';
import Supercluster from 'supercluster';

const count = Number(process.argv[2]);
const folder = process.argv[3];

let state = 12345;
function next() { // mulberry32
	state = (state + 0x6d2b79f5) | 0;
	let t = Math.imul(state ^ (state >>> 15), 1 | state);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

// A city of 16 × 10 km near Boston: half of the points about 200 centres, half anywhere.
const left = 0.30235, top = 0.36998, width = 0.00054, height = 0.00034;
const centres = Array.from({ length: 200 }, () => [next(), next()]);
const xy = new Float64Array(count * 2);
for (let i = 0; i < count; ++i) {
	let x = next(), y = next();
	if (i % 2) {
		const c = centres[Math.floor(next() * centres.length)];
		x = c[0] + (x - 0.5) * 0.06;
		y = c[1] + (y - 0.5) * 0.06;
	}
	xy[2 * i] = left + width * Math.min(Math.max(x, 0), 1);
	xy[2 * i + 1] = top + height * Math.min(Math.max(y, 0), 1);
}
writeFileSync(`${folder}/points-${count}.bin`, new Uint8Array(xy.buffer));

const lng = (x) => (x - 0.5) * 360;
const lat = (y) => 360 * Math.atan(Math.exp((180 - y * 360) * Math.PI / 180)) / Math.PI - 90;
const features = new Array(count);
for (let i = 0; i < count; ++i)
	features[i] = { type: 'Feature', properties: null, geometry: { type: 'Point', coordinates: [lng(xy[2 * i]), lat(xy[2 * i + 1])] } };

const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const builds = [];
let index;
for (let i = 0; i < 3; ++i) {
	index = null;
	if (global.gc) global.gc();
	const began = performance.now();
	index = new Supercluster({ radius: 60, extent: 256, maxZoom: 18, minPoints: 2 }).load(features);
	builds.push(performance.now() - began);
}

// Views of 1920 × 1080 px about every so many-th point.
const queries = {}, counts = [];
for (const zoom of [12, 14, 16, 18]) {
	const half = [960 / (256 * 2 ** zoom), 540 / (256 * 2 ** zoom)];
	const took = [];
	for (let pass = 0; pass < 2; ++pass) // the first warms up
		for (let i = 0; i < 300; ++i) {
			const at = 2 * Math.floor(i * count / 300);
			const box = [lng(xy[at] - half[0]), lat(xy[at + 1] + half[1]), lng(xy[at] + half[0]), lat(xy[at + 1] - half[1])];
			const began = performance.now();
			index.getClusters(box, zoom);
			if (pass) took.push((performance.now() - began) * 1000);
		}
	queries[zoom] = median(took);
}
for (let zoom = 0; zoom <= 18; ++zoom) counts.push(index.getClusters([-180, -85, 180, 85], zoom).length);
console.log(JSON.stringify({ engine: 'supercluster', count, build_ms: median(builds), query_us: queries, counts,
	rss_mb: Math.round(process.memoryUsage().rss / 1048576) }));
