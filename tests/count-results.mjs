// Adds up what the test runners wrote, says what failed and why, and prints the closing line. A failed step without a failed test counts as one failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedSteps] = [process.argv[2], Number(process.argv[3])];
const LONGEST = 3000;
const total = { passed: 0, failed: 0, skipped: 0 };

function tellFailures(trx) {
  const results = trx.matchAll(/<UnitTestResult [^>]*testName="([^"]*)"[^>]*outcome="Failed"[\s\S]*?<\/UnitTestResult>/g);
  for (const [result, test] of results) {
    const [message, stack, output] = ['Message', 'StackTrace', 'StdOut'].map((part) => text(result, part));
    console.log(`!! ${unescaped(test)}\n${message}\n${stack}\n${output}`);
  }
}

function text(result, part) {
  const found = new RegExp(`<${part}>([\\s\\S]*?)</${part}>`).exec(result)?.[1] ?? '';
  return unescaped(found).slice(0, LONGEST);
}

function unescaped(xml) {
  const characters = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', '#xD': '' };
  return xml.replace(/&(lt|gt|quot|apos|amp|#xD);/g, (_, name) => characters[name]);
}

for (const name of readdirSync(folder, { recursive: true })) {
  const read = () => readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.trx')) {
    const trx = read();
    const counters = /<Counters ([^/]*)\/>/.exec(trx)[1];
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(counters)[1]);
    total.passed += count('passed');
    total.failed += count('failed') + count('error') + count('timeout') + count('aborted');
    total.skipped += count('total') - count('executed');
    tellFailures(trx);
  } else if (name.endsWith('web.json')) {
    const web = JSON.parse(read());
    total.passed += web.numPassedTests;
    total.failed += web.numFailedTests;
    total.skipped += web.numPendingTests;
  }
}

if (failedSteps > 0 && total.failed === 0) {
  total.failed = failedSteps;
}

if (total.skipped > 0 && process.env.CI === 'true') {
  console.log('!! CI may skip nothing');
  total.failed += 1;
}

console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
