// Typesets formulas.json into NAME.svg beside it; README.md says how to run it.
// Usage: node make.mjs FOLDER, where FOLDER/node_modules holds mathjax-full.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
if (!process.argv[2]) {
  console.error('Usage: node make.mjs FOLDER, where FOLDER/node_modules holds mathjax-full (see README.md)');
  process.exit(2);
}
const require = createRequire(join(resolve(process.argv[2]), 'node_modules', 'x.js'));
const { mathjax } = require('mathjax-full/js/mathjax.js');
const { TeX } = require('mathjax-full/js/input/tex.js');
const { SVG } = require('mathjax-full/js/output/svg.js');
const { liteAdaptor } = require('mathjax-full/js/adaptors/liteAdaptor.js');
const { RegisterHTMLHandler } = require('mathjax-full/js/handlers/html.js');
require('mathjax-full/js/input/tex/html/HtmlConfiguration.js');
require('mathjax-full/js/input/tex/ams/AmsConfiguration.js');

// Nearly black, told apart by the program, which puts a theme's colours in their place.
const placeholders = {
  neutral: '#000000', query: '#000001', key: '#000002', value: '#000003', score: '#000004', weight: '#000005',
};

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const typesetter = mathjax.document('', {
  InputJax: new TeX({ packages: ['base', 'ams', 'html'], formatError: (jax, error) => { throw error; } }),
  OutputJax: new SVG({ fontCache: 'none' }),
});

const number = (value) => String(Math.round(value * 1000) / 1000);

// Transforms are [a, d, e, f]: x' = a x + e, y' = d y + f. MathJax moves and scales, nothing else.
function inner(outer, text) {
  let [a, d, e, f] = outer;
  for (const [, kind, args] of (text ?? '').matchAll(/(\w+)\(([^)]*)\)/g)) {
    const values = args.split(/[ ,]+/).map(Number);
    if (kind === 'translate') {
      e += a * values[0];
      f += d * (values[1] ?? 0);
    } else if (kind === 'scale') {
      a *= values[0];
      d *= values[1] ?? values[0];
    } else {
      throw new Error(`a transform of an unknown kind: ${text}`);
    }
  }
  return [a, d, e, f];
}

function typeset(formula) {
  const symbols = new Map(formula.symbols.map((symbol) => [symbol.id, symbol]));
  if (symbols.size !== formula.symbols.length) throw new Error('two symbols share an id');
  const seen = new Set();
  const lines = [];

  function write(node, transform, depth) {
    const kind = adaptor.kind(node);
    if (kind === '#text') return;
    const here = inner(transform, adaptor.getAttribute(node, 'transform'));
    const [a, d, e, f] = here;
    const indent = '  '.repeat(depth);
    if (kind === 'path') {
      const matrix = [a, 0, 0, d, e, f].map(number).join(' ');
      lines.push(`${indent}<path transform="matrix(${matrix})" d="${adaptor.getAttribute(node, 'd')}"/>`);
      return;
    }
    if (kind === 'rect') {
      const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => Number(adaptor.getAttribute(node, name) ?? 0));
      const top = Math.min(d * y, d * (y + height)) + f;
      lines.push(`${indent}<rect x="${number(a * x + e)}" y="${number(top)}" width="${number(a * width)}" ` +
        `height="${number(Math.abs(d) * height)}"/>`);
      return;
    }
    if (kind === 'text' && adaptor.getAttribute(node, 'data-id-align')) return; // an empty mark
    if (kind !== 'g') throw new Error(`MathJax wrote a <${kind}>, which is not a path`);
    const id = adaptor.getAttribute(node, 'id');
    if (id) {
      const symbol = symbols.get(id);
      if (!symbol) throw new Error(`\\cssId{${id}} is not among the symbols`);
      if (seen.has(id)) throw new Error(`\\cssId{${id}} stands twice`);
      seen.add(id);
      // The parts of a span have their own colours.
      const colour = symbol.span ? placeholders.neutral : placeholders[symbol.role];
      if (!colour) throw new Error(`${symbol.role} is not a role`);
      lines.push(`${indent}<g id="${id}" fill="${colour}">`);
      for (const child of adaptor.childNodes(node)) write(child, here, depth + 1);
      lines.push(`${indent}</g>`);
      return;
    }
    for (const child of adaptor.childNodes(node)) write(child, here, depth);
  }

  const svg = adaptor.firstChild(typesetter.convert(formula.tex, { display: true }));
  const viewBox = adaptor.getAttribute(svg, 'viewBox');
  const [, , width, height] = viewBox.split(' ').map(Number);
  for (const child of adaptor.childNodes(svg)) write(child, [1, 1, 0, 0], 2);
  for (const id of symbols.keys()) if (!seen.has(id)) throw new Error(`no \\cssId{${id}} in the TeX`);
  return `<svg xmlns="http://www.w3.org/2000/svg" version="1.2" baseProfile="tiny" ` +
    `width="${number(width / 50)}" height="${number(height / 50)}" viewBox="${viewBox}">\n` +
    `  <g fill="${placeholders.neutral}">\n${lines.join('\n')}\n  </g>\n</svg>\n`;
}

const { formulas } = JSON.parse(readFileSync(join(here, 'formulas.json'), 'utf8'));
for (const formula of formulas) {
  try {
    writeFileSync(join(here, `${formula.name}.svg`), typeset(formula));
  } catch (error) {
    console.error(`${formula.name}: ${error.message}`);
    process.exitCode = 1;
  }
}
console.log(`${formulas.length} formulas, MathJax ${require('mathjax-full/package.json').version}`);
