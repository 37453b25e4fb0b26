// Adds up what the test runners wrote and prints the closing line. A failed step without a failed test counts as one failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, failedSteps] = [process.argv[2], Number(process.argv[3])];
const total = { passed: 0, failed: 0, skipped: 0 };

for (const name of readdirSync(folder, { recursive: true })) {
  const read = () => readFileSync(join(folder, name), 'utf8');
  if (name.endsWith('.trx')) {
    const counters = /<Counters ([^/]*)\/>/.exec(read())[1];
    const count = (key) => Number(new RegExp(`\\b${key}="(\\d+)"`).exec(counters)[1]);
    total.passed += count('passed');
    total.failed += count('failed') + count('error') + count('timeout') + count('aborted');
    total.skipped += count('total') - count('executed');
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
